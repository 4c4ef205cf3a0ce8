"""What one visitor has chosen: the only file that names session-state keys, and the only one that reads the address.

The address is the state. It is read once, when a person arrives or follows a link; from then on the session leads and the
address follows (`components.address` writes it). Widgets lose their state when another page is shown, so each page's
settings are kept here, those of the picture once for all pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, cast

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.network.history import History
from models.arrays import ImageArray
from models.errors import LearnerError
from models.network.network_map import Ranking
from models.specs.network import NetworkSpec

LANGUAGE = "language"
OWNER = "convscope_owner"


@dataclass
class Visit:
    """One visitor's session."""

    page: str = ""
    language: str = ""
    settings: dict[tuple[str, str], Any] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    problems: list[LearnerError] = field(default_factory=list)
    pictures: dict[str, ImageArray] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()
    pages: dict[str, StreamlitPage] = field(default_factory=dict)
    unshared: frozenset[str] = frozenset()
    guesses: dict[str, str] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    networks: History[NetworkSpec] | None = None
    owner: str = ""
    draft: tuple[str, LearnerError] | None = None
    refused: LearnerError | None = None
    panel: int = 0
    ranking: Ranking | None = None
    stride_sliders: int = 0


def visit() -> Visit:
    """The session of the visitor who is being served."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = Visit()
    return cast(Visit, st.session_state["visit"])


def owner() -> str:
    """Who this browser is, to itself only: from its cookie, or new. `components.owner` keeps it there."""
    if not visit().owner:
        given = str(st.context.cookies.get(OWNER, ""))
        visit().owner = given if re.fullmatch(r"[0-9a-f]{32}", given) else token_hex(16)
    return visit().owner


def language() -> str:
    """The chosen language; at first the browser's, when the app speaks it."""
    browser = str(st.context.locale or "").lower()
    return chosen_language() or ("ko" if browser.startswith("ko") else "en")


def chosen_language() -> str:
    """The language that the visitor, or the link that was followed, chose; empty while it follows the browser."""
    return visit().language


def switch_language() -> None:
    """Take over what the language switch shows."""
    visit().language = str(st.session_state["language_switch"])


def pages() -> dict[str, StreamlitPage]:
    """Every page but the home page, as a link needs it, by path."""
    return {path: page for path, page in visit().pages.items() if path}


def value(name: str) -> Any:
    """What the widget `name` holds now, or None."""
    return st.session_state.get(name)


def put(name: str, new: Any) -> None:
    """Set the widget `name` before it is drawn, as a callback or a link does."""
    st.session_state[name] = new


def keep(scope: str, name: str, default: Any) -> None:
    """Give the widget `name` its last value, or `default`, where Streamlit has dropped it: out of sight, or on another page."""
    here = visit()
    if name not in st.session_state or here.drawn.get(name) != here.page:
        st.session_state[name] = here.settings.get((scope, name), default)
    here.drawn[name] = here.page


def remember(scope: str, name: str) -> Any:
    """Note what the widget `name` holds, for when it is drawn again; returns it."""
    visit().settings[scope, name] = st.session_state[name]
    return st.session_state[name]


def address() -> dict[str, list[str]]:
    """The query of the address, name -> all values given for it."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def is_followed_link() -> bool:
    """Whether the address asks for something that this session did not write there itself."""
    return bool(address()) and _spelled(address()) not in visit().addresses


def note_link() -> None:
    """Note that what the address asks for has been done."""
    visit().addresses.add(_spelled(address()))


def note_address(query: Mapping[str, str]) -> None:
    """Note that the session itself writes `query`."""
    visit().addresses.add(_spelled({name: [value] for name, value in query.items()}))


def _spelled(query: Mapping[str, list[str]]) -> str:
    return str(sorted(query.items()))
