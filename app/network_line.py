"""The network as one line of text, to be typed, pasted and copied."""

import streamlit as st

from app import i18n, network_input, problems, session
from app.network_edits import take
from app.network_look import selected
from models.errors import LearnerError
from models.network.moves import is_path
from models.network.notation import parse

AROUND = 34


def take_link() -> None:
    """Take over the network that a link names; a text that names none is put into the field, to be mended there."""
    draft = network_input.take_link()
    if draft:
        session.visit().draft = draft


def show() -> None:
    """Draw the field; a text that is no network is explained, and the network stays as it was."""
    visit = session.visit()
    line = network_input.written(network_input.current())
    session.put("line", visit.draft[0] if visit.draft else line.layers)
    st.text_area(i18n.text("network.line"), key="line", height=100, help=i18n.text("network.line_help"), on_change=_typed)
    if visit.draft:
        text, error = visit.draft
        problems.show(error, {i18n.raw("network.keep"): _keep}, key="line_problem")
        _mark(text, error)


def _typed() -> None:
    text = str(session.value("line"))
    try:
        spec = parse(text, network_input.current().input_shape)
    except LearnerError as error:
        session.visit().draft = (text, error)
        return
    take((spec, selected() if is_path(spec, selected()) else ()))


def _keep() -> None:
    session.visit().draft = None


def _mark(text: str, error: LearnerError) -> None:
    """The text around the place where it cannot be read on, and that place."""
    position = error.values.get("position")
    if not isinstance(position, int):
        return
    start = max(position - 1 - AROUND, 0)
    before, after = text[start : position - 1], text[position - 1 : position - 1 + AROUND]
    before, after = (" ".join(part.split("\n")) for part in (before, after))
    word = str(error.values.get("word", error.values.get("bracket", " "))).removesuffix("…")
    st.code(f"{before}{after}\n{' ' * len(before)}{'^' * max(len(word), 1)}", language=None)
