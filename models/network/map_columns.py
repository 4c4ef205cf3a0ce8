"""What the map of a network draws of what a layer wrote: small maps, ranges, shares of zeros."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, FeatureMaps
from models.network.map_plan import Planned
from models.network.network_map import FEW, Column

SIDE = 96
SMALL_SIDE = 48
"""The longest side of a drawn map, and of one among many."""

MOST_CELLS = 30_000
"""Of a longer row of numbers, as of a large flattened map, neighbours are drawn together."""


def column_of(column: Planned, array: Array, maps: tuple[int, ...]) -> Column:
    """The column for what its layer wrote, (height, width, maps) or (units,), of which `maps` are drawn."""
    made = Column(column.layer, column.sort, array.shape, column.links, maps, block=column.block)
    if column.sort == "passed":
        return made
    limits = (float(array.min()), float(array.max()))
    if array.ndim == 1:
        each = -(-array.size // MOST_CELLS)
        share = np.array([(array == 0).mean()], np.float32)
        ranges = np.array([limits], np.float32)
        return replace(made, numbers=gathered(array, each), ranges=ranges, zeros=share, limits=limits, each=each)
    flat = array.reshape(-1, array.shape[2])
    dead = int((~flat.any(axis=0)).sum())
    drawn = np.ascontiguousarray(flat[:, list(maps)].T)
    ranges = np.stack([drawn.min(axis=1), drawn.max(axis=1)], axis=1)
    zeros = (drawn == 0).mean(axis=1, dtype=np.float32)
    pixels = small(drawn.reshape(-1, *array.shape[:2]), ranges)
    return replace(made, numbers=pixels, ranges=ranges, zeros=zeros, limits=limits, dead=dead)


def gathered(row: Array, each: int) -> Array:
    """The means of every `each` neighbours in a row of numbers; the last may be of fewer."""
    starts = np.arange(0, row.size, each)
    counts = np.diff(np.append(starts, row.size))
    return np.asarray(np.add.reduceat(row, starts, dtype=np.float32) / counts, dtype=np.float32)


def small(maps: FeatureMaps, ranges: Array) -> NDArray[np.uint8]:
    """`maps` (maps, height, width) as bytes between their own lowest and highest value, large ones made smaller."""
    side = SIDE if len(maps) <= 2 * FEW else SMALL_SIDE
    height, width = maps.shape[1:]
    factor = side / max(height, width)
    if factor < 1:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        maps = np.stack([cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in maps])
    low, high = ranges[:, 0, None, None], ranges[:, 1, None, None]
    reach = np.where(high > low, high - low, 1)
    return np.asarray(np.rint((maps - low) / reach * 255).clip(0, 255), dtype=np.uint8)
