"""Writes the page's settings into the address bar."""

from collections.abc import Mapping

from app import session
from app.components import component

_address = component("address.js")


def write(path: str, query: Mapping[str, str]) -> None:
    """Make the address say `/path?query`; no step is added to the browser's history."""
    session.note_address(query)
    _address(data={"path": path, "query": dict(query)}, key="address", height=1)
