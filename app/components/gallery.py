"""The gallery: small pictures of which one is chosen."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app.components import component, pack
from app.components.answers import news, nothing
from models.arrays import ImageArray, check_axes

LONGEST_SIDE = 72
"""Pixels of a small picture: no tile is larger."""

COARSE = 32
"""Pictures up to this many pixels are drawn as squares that one can count, not smoothed."""

QUALITY = 80
LOSSLESS = 101
MOST = 64

_gallery = component("gallery.js")


def gallery(
    key: str,
    pictures: Mapping[str, ImageArray],
    titles: Mapping[str, str],
    chosen: str,
    words: Mapping[str, str],
    on_change: Callable[[], None] = nothing,
) -> str:
    """Show `pictures`, name -> picture, with their titles; one of them is chosen.

    Args:
        key: Streamlit's key.
        pictures: in the order of the tiles. Numbers outside 0 to 1 are shown from the picture's least to its largest.
        titles: the words under each picture.
        chosen: the picture that is marked; a name that is not in `pictures` marks none.
        words: `label`, what the group is called.
        on_change: called before the run that a choice starts.

    Returns:
        What was picked just now, also when it had been picked before; otherwise `chosen`.
    """
    picked = news(key, "chosen")
    chosen = picked if isinstance(picked, str) and picked in pictures else chosen
    coarse = [max(picture.shape[:2]) <= COARSE for picture in pictures.values()]
    small = [thumbnail(picture) for picture in pictures.values()]
    header = {
        "words": dict(words),
        "names": list(pictures),
        "titles": [titles[name] for name in pictures],
        "shapes": [picture.shape[:2] for picture in small],
        "coarse": coarse,
        "chosen": chosen,
    }
    # The arrays are numbered: a picture's name could be that of a key of the header.
    encoded = (_webp(picture.tobytes(), picture.shape, exact) for picture, exact in zip(small, coarse, strict=True))
    data = pack(header, {str(index): picture for index, picture in enumerate(encoded)})
    _gallery(key=key, data=data, on_chosen_change=on_change)
    return chosen


def thumbnail(picture: ImageArray) -> NDArray[np.uint8]:
    """`picture` as (height, width, channels) bytes, at most 72 pixels on the long side, its shape kept."""
    values = check_axes("picture", picture, ("height", "width", "channels"))
    factor = LONGEST_SIDE / max(values.shape[:2])
    if factor < 1:
        height, width = (max(1, round(side * factor)) for side in values.shape[:2])
        smaller = cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA)
        values = smaller.reshape(height, width, -1).astype(np.float32, copy=False)
    low, high = float(values.min()), float(values.max())
    if low < 0 or high > 1:
        values = (values - low) / ((high - low) or 1.0)
    return np.rint(values * 255).astype(np.uint8)


@lru_cache(maxsize=MOST)
def _webp(pixels: bytes, shape: tuple[int, ...], exact: bool) -> NDArray[np.uint8]:
    """A picture as a file that browsers read: all of them together are sent at every step of every slider."""
    picture = np.frombuffer(pixels, np.uint8).reshape(shape)[..., ::-1]
    return cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, LOSSLESS if exact else QUALITY])[1].ravel()
