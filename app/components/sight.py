"""What one unit of a layer sees of the picture: point at the unit, and its box stands on the picture."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.components import compact, component, pack
from app.components.answers import news
from app.figures import theme
from models.arrays import ImageArray

_sight = component("sight.js")

Reach = NDArray[np.int32]


def sight(
    key: str,
    image: ImageArray,
    down: Reach,
    right: Reach,
    unit: tuple[int, int],
    *,
    words: Mapping[str, str],
    on_unit: Callable[[Any, Any], None],
) -> None:
    """Show `image` and the units of a map.

    `down` (units down, 2) and `right` (units to the right, 2) are the first and the last pixel that each row and each column
    of units sees, beyond the picture where it sees padding. `on_unit` gets the row and the column that somebody chose.
    """
    pixels, step = compact(image)
    header = {"step": step, "unit": unit, "words": dict(words), "colours": theme.for_browser()}

    def chosen() -> None:
        answer = news(key, "unit")
        if isinstance(answer, Mapping):
            on_unit(answer.get("row"), answer.get("col"))

    arrays = {"image": pixels, "down": down.astype(np.int32), "right": right.astype(np.int32)}
    _sight(data=pack(header, arrays), key=key, on_unit_change=chosen)
