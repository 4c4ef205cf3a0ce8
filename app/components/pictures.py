"""Colour pictures side by side, of which one may be chosen."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.components import component, pack
from app.components.answers import news, nothing
from models.network.firing_values import Box

SMALL = 40
"""Pictures up to this many pixels are drawn as squares that one can count, not smoothed."""

_pictures = component("pictures.js")


def pictures(
    key: str,
    shown: NDArray[np.uint8],
    titles: Sequence[str],
    *,
    label: str,
    chosen: int | None = None,
    on_choose: Callable[[int], None] | None = None,
    columns: int = 4,
    least: str = "",
    alternatives: Sequence[str] = (),
    boxes: Sequence[Box] = (),
) -> None:
    """Show `shown` (pictures, height, width, channels), 0 to 255, with their titles; `on_choose` gets the one that is picked.

    Args:
        key: Streamlit's key.
        shown: 1 or 3 channels.
        titles: the words under the pictures.
        label: what the group is called.
        chosen: the picture that is marked.
        on_choose: called before the run that a choice starts; without it the pictures are only looked at.
        columns: how many stand in a row.
        least: how narrow one may become (CSS); then fewer stand in a row. Without it there are always as many.
        alternatives: the pictures in words; their titles when there are none.
        boxes: of each picture the part that matters; the rest is dimmed.
    """
    header: dict[str, Any] = {
        "titles": list(titles),
        "alternatives": list(alternatives or titles),
        "label": label,
        "chosen": -1 if chosen is None else chosen,
        "choosable": on_choose is not None,
        "coarse": max(shown.shape[1:3]) <= SMALL,
        "columns": columns,
        "least": least,
        "boxes": [_edges(box, shown.shape[1:3]) for box in boxes],
    }

    def clicked() -> None:
        picked = news(key, "chosen")
        if on_choose and isinstance(picked, int) and 0 <= picked < len(shown):
            on_choose(picked)

    data = pack(header, {"pictures": shown})
    _pictures(key=key, data=data, on_chosen_change=clicked if on_choose else nothing)


def _edges(box: Box, size: Sequence[int]) -> list[float]:
    """(top, left, height, width) of a box, as shares of the picture."""
    (top, bottom), (left, right) = box
    height, width = size
    return [top / height, left / width, (bottom + 1 - top) / height, (right + 1 - left) / width]
