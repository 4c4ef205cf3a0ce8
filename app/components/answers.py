"""What people did in a component, as its script reports it with `answer` in payload.js."""

from collections.abc import Mapping
from typing import Any

from app import session


def news(key: str, name: str) -> Any:
    """What the component `key` answered under `name` since this was last asked, or None.

    Streamlit keeps an answer for ever, also where the page has since taken something else (from a link, from a button).
    Each is handed out once, then the page's own memory holds. It comes from a browser: check it before use.
    """
    state = session.value(key)
    entry = state.get(name) if isinstance(state, Mapping) else None
    if not isinstance(entry, Mapping) or entry.get("moment") == session.value(f"{key}.{name}.heard"):
        return None
    session.put(f"{key}.{name}.heard", entry.get("moment"))
    return entry.get("value")


def nothing() -> None:
    """The callback of those who need none: without one Streamlit does not take the answer."""
