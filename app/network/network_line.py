"""The network as one line of text, to be typed, pasted and copied."""

import re
from collections.abc import Callable

import streamlit as st

from app import i18n, problems, session
from app.components.line import line, typed
from app.network import network_input
from app.network.network_edits import take
from app.network.network_look import selected
from models.errors import LearnerError
from models.network.moves import is_path
from models.network.notation import parse
from models.network.vocabulary import shortened

AROUND = 34
KEY = "line"


def take_over() -> None:
    """Take over the network that a link names or that was typed; a text that names none stays in the field, to be mended."""
    draft = network_input.take_link()
    if draft:
        session.visit().draft = draft
    text = typed(KEY)
    if text is not None:
        _take(text)


def show() -> None:
    """Draw the field; a text that is no network is explained, and the network stays as it was."""
    visit = session.visit()
    written = network_input.written(network_input.current())
    words = {"label": i18n.raw("network.line"), "help": i18n.raw("network.line_help"), "take": i18n.raw("network.take")}
    line(KEY, visit.draft[0] if visit.draft else written.layers, words)
    if visit.draft:
        text, error = visit.draft
        problems.show(error, _mends(text, error), key="line_problem")
        _mark(text, error)


def _take(text: str) -> None:
    try:
        spec = parse(text, network_input.current().input_shape)
    except LearnerError as error:
        session.visit().draft = (text, error)
        return
    take((spec, selected() if is_path(spec, selected()) else ()))


def _mends(text: str, error: LearnerError) -> dict[str, Callable[[], None]]:
    """The nearest word instead of the one that means nothing; and the network as it is instead of the text."""
    mends: dict[str, Callable[[], None]] = {}
    word = _word(text, error)
    if word and "nearest" in error.values:
        start, nearest = error.values["position"] - 1, error.values["nearest"]
        better = text[:start] + nearest + text[start + len(word) :]
        label = i18n.raw("network.replace", word=shortened(word), nearest=nearest)
        mends[label] = lambda: _take(better)
    mends[i18n.raw("network.keep")] = _keep
    return mends


def _word(text: str, error: LearnerError) -> str:
    """What stands at the place of `error`."""
    position = error.values.get("position")
    found = re.match(r"[^\s|()]+", text[position - 1 :]) if isinstance(position, int) else None
    return found[0] if found else ""


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
    marked = min(len(_word(text, error)) or 1, max(len(after), 1))
    st.code(f"{before}{after}\n{' ' * len(before)}{'^' * marked}", language=None)
