"""The maps of what a layer wrote, one by one: a plane is one map (height, width); of a row of units one number, (1, 1)."""

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array
from models.network.place_values import Pair


def plane(values: NDArray[np.float32], number: int) -> Array:
    """One map of what a layer wrote for one picture.

    (height, width, maps) -> (height, width); (units,) -> (1, 1); two axes without maps are one map as they stand.
    """
    if values.ndim == 1:
        return np.reshape(values[number], (1, 1))
    if values.ndim == 2:
        return values
    return values[..., number].reshape(values.shape[0], -1)


def planes(shape: tuple[int, ...]) -> int:
    """How many maps, or units, there are in `shape`."""
    return 1 if len(shape) == 2 else shape[-1]


def within(at: int, size: int) -> int:
    """A place on a side of `size`; the middle when it is negative, the last when it is beyond."""
    return size // 2 if at < 0 else min(at, size - 1)


def place_in(shape: tuple[int, ...], row: int, col: int) -> Pair:
    """(row, col) within a map of what a layer writes in `shape`; a unit of a row has one place."""
    height, width = (1, 1) if len(shape) == 1 else shape[:2]
    return within(row, height), within(col, width)
