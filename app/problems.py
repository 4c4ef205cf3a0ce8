"""Shows a LearnerError: what happened, why, what to do, and the changes that mend it as buttons."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from app import i18n
from models.errors import LearnerError

Mends = Mapping[str, Callable[[], None]]


def _label(name: str, value: Any) -> Any:
    """Values that are names in the code are shown in the learner's words."""
    key = {"field": f"fields.{value}.label", "side": f"sides.{value}", "kind": f"layers.{value}.title"}.get(name, "")
    return i18n.raw(key) if key and i18n.has(key) else value


def sentence(error: LearnerError) -> str:
    """What happened, why and what to do, as Markdown."""
    values = {name: _label(name, value) for name, value in error.values.items()}
    parts = [i18n.text(f"errors.{error.code}.{part}", **values) for part in ("what", "why", "fix")]
    return f"**{parts[0]}** {parts[1]} {parts[2]}"


def show(error: LearnerError, mends: Mends | None = None, key: str = "problem") -> None:
    """Explain `error`; each of `mends` (label -> what to do) is a button."""
    with st.container(key=key, border=True):
        st.markdown(f":material/info: {sentence(error)}")
        if mends:
            with st.container(horizontal=True):
                for number, (label, mend) in enumerate(mends.items()):
                    st.button(label, on_click=mend, key=f"{key}_mend_{number}")


def show_all(errors: list[LearnerError]) -> None:
    """Name what a link asked for in vain; it stays until it is dismissed."""
    if not errors:
        return
    with st.container(key="link_problems", border=True):
        st.markdown("\n".join(f"- {sentence(error)}" for error in errors))
        st.button(i18n.raw("problems.dismiss"), on_click=errors.clear, key="dismiss_link_problems")
