"""The learner's picture as the network sees it, small, beside the choice of the network."""

from base64 import b64encode
from html import escape

import streamlit as st

from app import i18n
from models.arrays import ImageArray
from models.images.png import to_png

SMALL = 64
"""Pictures up to this many pixels are shown as squares that one can count."""


def show(image: ImageArray) -> None:
    """Draw `image` with its size."""
    height, width, channels = image.shape
    shown = image if channels in (1, 3) else image[..., :1]
    size = f"{height} × {width}"
    colour = i18n.raw("inside.in_colour" if channels == 3 else "inside.in_grey")
    text = i18n.raw("inside.seen", size=size, colour=colour)
    data = b64encode(to_png(shown)).decode()
    kind = "coarse" if max(height, width) <= SMALL else "fine"
    st.html(
        f'<figure class="seen {kind}"><img src="data:image/png;base64,{data}" alt="{escape(text)}">'
        f"<figcaption>{escape(i18n.raw('inside.seen_caption'))}<br>{escape(size)} · {escape(colour)}</figcaption></figure>"
    )
