"""Keeps in a cookie who this browser is."""

from app import session
from app.components import component

DAYS = 30

_owner = component("owner.js")


def keep() -> None:
    """Write the cookie, where it is not there yet."""
    _owner(data={"name": session.OWNER, "value": session.owner(), "days": DAYS}, key="owner", height=1)
