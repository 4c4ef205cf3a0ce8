"""What people did in a component, as its script reports it with `answer` in payload.js."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app import session

Value = TypeVar("Value")


def answer(key: str, name: str) -> Any:
    """The last answer `name` of the component `key`, or None. It comes from a browser: check it before use."""
    state = session.value(key)
    entry = state.get(name) if isinstance(state, Mapping) else None
    return entry.get("value") if isinstance(entry, Mapping) else None


def telling(read: Callable[[], Value | None], on_change: Callable[[Value], None] | None) -> Callable[[], None]:
    """A Streamlit callback that hands what `read` finds to `on_change`, unless that is None."""

    def changed() -> None:
        value = read()
        if value is not None and on_change is not None:
            on_change(value)

    return changed
