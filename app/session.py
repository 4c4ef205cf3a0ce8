"""What one visitor has chosen: the only file that names session-state keys, and the only one that reads the address.

The address is the state. It is read once, when a person arrives or follows a link; from then on the session leads and the
address follows (`components.address` writes it). Widgets lose their state when another page is shown, so each page's
settings are kept here, those of the picture once for all pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import streamlit as st

from models.errors import LearnerError

LANGUAGE = "language"


@dataclass
class Visit:
    """One visitor's session."""

    page: str = ""
    settings: dict[tuple[str, str], Any] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    problems: list[LearnerError] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)


def visit() -> Visit:
    """This visitor's session."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = Visit()
    return cast(Visit, st.session_state["visit"])


def language() -> str:
    """The chosen language; at first the browser's, when the app speaks it."""
    chosen = st.session_state.get(LANGUAGE)
    if chosen:
        return str(chosen)
    return "ko" if str(st.context.locale or "").lower().startswith("ko") else "en"


def value(name: str) -> Any:
    """What the widget `name` holds now, or None."""
    return st.session_state.get(name)


def put(name: str, new: Any) -> None:
    """Set the widget `name` before it is drawn, as a callback or a link does."""
    st.session_state[name] = new


def keep(scope: str, name: str, default: Any) -> None:
    """Give the widget `name` its last value on this page, or `default`, where Streamlit has dropped it."""
    if name not in st.session_state:
        st.session_state[name] = visit().settings.get((scope, name), default)


def remember(scope: str, name: str) -> Any:
    """Note what the widget `name` holds, for when it is drawn again; returns it."""
    visit().settings[scope, name] = st.session_state[name]
    return st.session_state[name]


def address() -> dict[str, list[str]]:
    """The query of the address, name -> all values given for it."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def is_followed_link(page: str) -> bool:
    """Whether the address asks for something that this session did not write there itself."""
    return str(sorted(address().items())) not in visit().addresses and bool(address() or page != visit().page)


def note_address(query: Mapping[str, str]) -> None:
    """Note that the session itself writes `query`."""
    visit().addresses.add(str(sorted((name, [value]) for name, value in query.items())))
