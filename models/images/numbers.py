"""Numbers that a learner types, as arrays, and back: `1 2 3; 4 5 6` is two rows, `|` starts the next channel."""

import re
from collections.abc import Sequence

import numpy as np

from models.arrays import Array, ImageArray, check_axes
from models.errors import LearnerError

GRID_SIDE = 32
"""Rows, and columns, that a typed picture may have."""

LARGEST = 1000.0
"""How far from zero a typed number may be."""

_LONGEST_WORD = 40
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")

# Full-width forms stand 0xFEE0 above the plain ones; keyboards and word processors write the minus in several ways.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans("−–‒、。", "---,.")

Words = list[list[str]]


def typed_grid(text: str) -> ImageArray:
    """The picture that `text` spells: 1 to 32 rows and columns, 1 or 3 channels, each number from -1000 to 1000.

    Returns:
        (height, width, channels), float32, the numbers as they were typed: not scaled to 0 to 1.

    Raises:
        LearnerError: see `parse_numbers`.
    """
    return parse_numbers(text, GRID_SIDE, (1, 3))


def parse_numbers(text: str, max_side: int, channels_allowed: Sequence[int]) -> Array:
    """Read rows of numbers.

    Args:
        text: numbers or fractions (`1/9`) between spaces, tabs or commas; rows end at `;` or at a line's end; channels are
            separated by `|`. Full-width characters and typographic minus signs are read too. Empty rows are skipped.
        max_side: rows, and columns, that are allowed.
        channels_allowed: how many channels there may be.

    Returns:
        (rows, columns, channels), float32.

    Raises:
        LearnerError: `numbers_empty`, `numbers_channels`, `numbers_too_many`, `numbers_ragged_rows`,
            `numbers_channels_differ`, `number_unreadable` or `number_too_large`; channel, row and column count from 1.
    """
    channels = [_words(part) for part in text.translate(_PLAIN).split("|")]
    if len(channels) not in channels_allowed and any(channels):
        raise LearnerError("numbers_channels", received=len(channels), allowed=tuple(channels_allowed))
    for channel, rows in enumerate(channels, 1):
        _check_shape(rows, channel, max_side)
        if _shape(rows) != _shape(channels[0]):
            raise LearnerError("numbers_channels_differ", channel=channel, **_sides(rows), **_sides(channels[0], "first_"))
    planes = [_plane(rows, channel) for channel, rows in enumerate(channels, 1)]
    return np.stack(planes, axis=-1)


def write_grid(array: Array) -> str:
    """The text that `parse_numbers` reads back as `array` (rows, columns, channels), each number as short as it can be."""
    array = check_axes("array", array, ("rows", "columns", "channels"))
    channels = np.moveaxis(array, -1, 0)
    return " | ".join("; ".join(" ".join(_short(value) for value in row) for row in plane) for plane in channels)


def _words(text: str) -> Words:
    rows = ([word for word in re.split(r"[\s,]+", row) if word] for row in re.split(r"[;\n]", text))
    return [row for row in rows if row]


def _shape(rows: Words) -> tuple[int, int]:
    return len(rows), max(len(row) for row in rows)


def _sides(rows: Words, prefix: str = "") -> dict[str, int]:
    height, width = _shape(rows)
    return {f"{prefix}rows": height, f"{prefix}columns": width}


def _check_shape(rows: Words, channel: int, max_side: int) -> None:
    if not rows:
        raise LearnerError("numbers_empty", channel=channel)
    if max(_shape(rows)) > max_side:
        raise LearnerError("numbers_too_many", channel=channel, **_sides(rows), limit=max_side)
    expected = len(rows[0])
    for row, words in enumerate(rows, 1):
        if len(words) != expected:
            raise LearnerError("numbers_ragged_rows", channel=channel, row=row, received=len(words), expected=expected)


def _plane(rows: Words, channel: int) -> Array:
    plane = np.empty(_shape(rows), dtype=np.float32)
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            place = {"channel": channel, "row": row + 1, "column": column + 1, "received": word[:_LONGEST_WORD]}
            value = _number(word)
            if value is None:
                raise LearnerError("number_unreadable", **place)
            if abs(value) > LARGEST:
                raise LearnerError("number_too_large", **place, limit=LARGEST, nearest=LARGEST if value > 0 else -LARGEST)
            plane[row, column] = value
    return plane


def _number(word: str) -> float | None:
    parts = word.split("/")
    if len(word) > _LONGEST_WORD or len(parts) > 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    numerator, denominator = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    return numerator / denominator if denominator and np.isfinite(denominator) else None


def _short(value: np.float32) -> str:
    return str(value + np.float32(0)).removesuffix(".0")  # adding 0 turns -0 into 0
