"""Maps small enough to be drawn: numbers of 8 or 16 bits between each map's own lowest and highest value. Needs no Keras."""

from collections.abc import Sequence

import cv2
import numpy as np

from models.arrays import Array
from models.network.maps_compared import Tiles

SIDE = 96
SMALL_SIDE = 48
"""The longest side of a drawn map, and of one among many."""


def tiles(array: Array, maps: Sequence[int], side: int, levels: int) -> Tiles:
    """The drawn `maps` of an array (height, width, maps) or (units,), made smaller where they are longer than `side`."""
    flat = array.reshape(-1, array.shape[-1])
    size = array.shape[:2] if array.ndim == 3 else (1, 1)
    picked = np.ascontiguousarray(flat[:, list(maps)].T)
    ranges = np.stack([picked.min(axis=1), picked.max(axis=1)], axis=1)
    zeros = (picked == 0).mean(axis=1, dtype=np.float32)
    drawn = picked.reshape(-1, *size)
    factor = side / max(size)
    if factor < 1:
        smaller = (max(1, round(size[1] * factor)), max(1, round(size[0] * factor)))
        drawn = np.stack([cv2.resize(part, smaller, interpolation=cv2.INTER_AREA) for part in drawn])
    low, high = ranges[:, 0, None, None], ranges[:, 1, None, None]
    reach = np.where(high > low, high - low, 1)
    found = np.rint((drawn - low) / reach * levels).clip(0, levels).astype(np.uint16 if levels > 255 else np.uint8)
    limits = (float(array.min()), float(array.max()))
    return Tiles(found, ranges, zeros, limits, int((~flat.any(axis=0)).sum()))
