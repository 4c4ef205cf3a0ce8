"""The learner's picture as the network sees it, small, beside the choice of the network."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

import streamlit as st

from app import i18n
from models.arrays import ImageArray
from models.images.png import to_png
from models.images.transform import resize

SMALL = 64
"""Pictures up to this many pixels are shown as squares that one can count."""

LONGEST_SIDE = 128
"""Larger ones travel smaller: they are drawn with 56 pixels, on some screens with twice as many."""


def show(image: ImageArray, steps: Sequence[str]) -> None:
    """Draw `image` with its size, and what was done to it (`steps`: names in the words)."""
    height, width, channels = image.shape
    shown = image if channels in (1, 3) else image[..., :1]
    shown = resize(shown, LONGEST_SIDE) if max(height, width) > LONGEST_SIDE else shown
    size = f"{height} × {width}"
    colour = i18n.raw("inside.in_colour" if channels == 3 else "inside.in_grey")
    done = ", ".join(i18n.raw(f"inside.steps.{step}") for step in steps)
    text = i18n.raw("inside.seen", size=size, colour=f"{colour}, {done}" if done else colour)
    data = b64encode(to_png(shown)).decode()
    kind = "coarse" if max(height, width) <= SMALL else "fine"
    lines = [i18n.raw("inside.seen_caption"), f"{size} · {colour}", *([done] if done else [])]
    st.html(
        f'<figure class="seen {kind}"><img src="data:image/png;base64,{data}" alt="{escape(text)}">'
        f"<figcaption>{'<br>'.join(map(escape, lines))}</figcaption></figure>"
    )
