"""The grid of numbers that one can type: kernels and small pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.components import component, pack
from app.components.answers import news, nothing
from app.figures import theme
from models.arrays import Array, check_axes
from models.errors import LearnerError
from models.images.numbers import LARGEST, parse_numbers

LONGEST_TEXT = 100_000

_numbers = component("numbers.js")


def numbers(
    key: str, array: Array, words: Mapping[str, str], limit: int, scale: str = "weights", slices: Sequence[int] = (1,)
) -> str | None:
    """Show `array` (rows, columns, slices) as cells that can be changed.

    Args:
        key: Streamlit's key.
        array: another array than before replaces the cells; what the cells themselves have sent does not disturb them.
        words: `label`, `cell`, `rows`, `columns`, `fewer_rows`, `more_rows`, `fewer_columns`, `more_columns`, `rotate`,
            `flip_sign`, `same_for_all`, `red`, `green`, `blue`, `unreadable`, `missing`, `too_large`, `too_many`.
        limit: rows, and columns, that are allowed.
        scale: the colours of `app.figures.theme.SCALES`; "positive" becomes "maps" while there are negative numbers.
        slices: how many slices are allowed: (1,), or (1, 3) where there may be one for each channel.

    Returns:
        What was typed just now, as `models.images.numbers` reads it; None when nothing was, or while a cell cannot be read.
    """
    text = news(key, "text")
    typed = parsed(text, limit, slices)
    grid = check_axes("array", array, ("rows", "columns", "slices")) if typed is None else typed
    header = {
        "words": dict(words),
        "limit": limit,
        "largest": int(LARGEST),
        "scale": scale,
        "slices": sorted(set(slices)),
        "colours": theme.for_browser(),
    }
    _numbers(key=key, data=pack(header, {"grid": grid}), on_text_change=nothing)
    return None if typed is None else str(text)


def parsed(text: Any, limit: int, slices: Sequence[int]) -> Array | None:
    """The numbers in what a browser sent, or None where it is not what our script sends."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return None
    try:
        return parse_numbers(text, limit, slices)
    except LearnerError:
        return None
