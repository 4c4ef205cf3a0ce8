"""How a camera was held, and the picture turned upright."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from models.images.pillow import UNREADABLE

# EXIF 2.32, tag 274 says where the first stored row and column belong. This is how the stored array becomes upright.
_TURNS: dict[int, Callable[[NDArray[Any]], NDArray[Any]]] = {
    1: lambda stored: stored,
    2: np.fliplr,
    3: lambda stored: np.rot90(stored, 2),
    4: np.flipud,
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: np.rot90(stored, 2).swapaxes(0, 1),
    8: lambda stored: np.rot90(stored, 1),
}


def orientation(image: Image.Image) -> int:
    """1 to 8 as EXIF counts; 1 is upright. `image` is loaded: Pillow has then turned a TIFF by itself and says 1.

    Metadata that cannot be read do not spoil a picture: they say 1.
    """
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except UNREADABLE:
        return 1
    return value if isinstance(value, int) and value in _TURNS else 1


def upright(pixels: NDArray[Any], turn: int) -> NDArray[Any]:
    """Stored `pixels` (height, width, channels) turned by what `orientation` said."""
    return np.ascontiguousarray(_TURNS[turn](pixels))
