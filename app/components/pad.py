"""The drawing pad."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.components import component
from app.components.answers import news, nothing
from models.arrays import ImageArray, check_axes

SIDE = 28
"""Rows and columns of the handwritten digits that networks learn from."""

_pad = component("pad.js")


def pad(key: str, words: Mapping[str, str], side: int = SIDE, drawing: ImageArray | None = None) -> ImageArray | None:
    """Let the learner draw.

    Args:
        key: Streamlit's key.
        words: `label`, `hint`, `pen`, `thin`, `medium`, `thick`, `eraser`, `undo`, `clear`, `place`.
        side: rows, and columns, of the picture.
        drawing: (side, side, 1); another one than before is put on the pad, None leaves the pad as it is.

    Returns:
        (side, side, 1), ink 1 on 0, in whole 255ths: what was drawn just now, during a stroke too; otherwise `drawing`.

    Raises:
        ValueError: for a `drawing` of another size.
    """
    drawn = decoded(news(key, "drawing"), side)
    drawing = drawing if drawn is None else drawn
    text = None if drawing is None else encoded(drawing, side)
    _pad(key=key, data={"words": dict(words), "side": side, "drawing": text}, on_drawing_change=nothing)
    return drawing


def encoded(drawing: ImageArray, side: int) -> str:
    """One byte of ink for each pixel, row by row, as base64."""
    values = check_axes("drawing", drawing, ("height", "width", "channels"))
    if values.shape != (side, side, 1):
        raise ValueError(f"drawing: expected shape ({side}, {side}, 1); received {values.shape}")
    return b64encode(np.rint(values.clip(0, 1) * 255).astype(np.uint8).tobytes()).decode()


def decoded(text: Any, side: int) -> ImageArray | None:
    """The picture in what a browser sent, or None where it is not what our script sends."""
    if not isinstance(text, str) or len(text) > 2 * side**2 + 4:
        return None
    try:
        ink = np.frombuffer(b64decode(text, validate=True), dtype=np.uint8)
    except (binascii.Error, ValueError):
        return None
    if ink.size != side**2:
        return None
    return ink.reshape(side, side, 1).astype(np.float32) / np.float32(255)
