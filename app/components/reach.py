"""What one number sees of the picture: the box of its receptive field, and how strongly each pixel of it counts."""

import numpy as np

from app import i18n
from app.components import compact, component, pack
from app.figures import theme
from models.arrays import Array, ImageArray

_reach = component("reach.js")

Box = tuple[tuple[int, int], tuple[int, int]]


def reach(key: str, picture: ImageArray, footprint: Array, box: Box, *, sees: str, uses: str) -> None:
    """Show `picture` with `box` ((top, bottom), (left, right)) and `footprint`, 0 to 1; the box may reach into the padding.

    `sees` and `uses` say in words what the two pictures show.
    """
    pixels, step = compact(picture)
    row, col = np.unravel_index(int(footprint.argmax()), footprint.shape)
    header = {
        "box": box,
        "step": step,
        "strongest": (int(row), int(col)),
        "sees": sees,
        "uses": uses,
        "words": i18n.section("reach"),
        "colours": theme.for_browser(),
    }
    _reach(data=pack(header, {"picture": pixels, "footprint": footprint}), key=key)
