"""Pooling: one number for each window of each map.

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning" (2016), 9.3; padding as TensorFlow: padded cells never win and
are not counted in a mean.
"""

from collections.abc import Callable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, FeatureMaps, check_axes
from models.ops.window import output_size, padding_amounts
from models.specs.operations import PoolSpec

AXES = ("height", "width", "filters")

Places = NDArray[np.int32]

COMBINE: dict[str, tuple[Callable[[Array, Array], Array], float]] = {
    "max": (np.maximum, -np.inf),
    "min": (np.minimum, np.inf),
    "average": (np.add, 0.0),
}
"""Kind -> how two values of a window become one, and the padding that changes nothing."""


def pool(maps: FeatureMaps, spec: PoolSpec) -> FeatureMaps:
    """Each window's largest, smallest or mean value, map by map.

    Equal to Keras' `MaxPooling2D`, `AveragePooling2D`, `-MaxPooling2D()(-x)` for "min", and the global layers with
    `keepdims=True`.

    Args:
        maps: (height, width, filters), any finite numbers; a picture will do.
        spec: kind, size, stride and padding of the window.

    Returns:
        (windows down, windows across, filters), float32; (1, 1, filters) for the global kinds.

    Raises:
        LearnerError: `window_does_not_fit`.
        ValueError: when `maps` has other axes.
    """
    values = check_axes("maps", maps, AXES)
    if spec.kind == "global_max":
        return np.asarray(values.max(axis=(0, 1), keepdims=True))
    if spec.kind == "global_average":
        # In double precision: a quarter of a million terms lose digits in single.
        return np.asarray(values.mean(axis=(0, 1), keepdims=True, dtype=np.float64), dtype=np.float32)
    pooled = _combine(values, spec, *COMBINE[spec.kind])
    if spec.kind == "average":
        height, width, _ = values.shape
        pooled = pooled / window_counts(height, width, spec)[:, :, np.newaxis]
    return np.ascontiguousarray(pooled)


def window_counts(height: int, width: int, spec: PoolSpec) -> Array:
    """How many pixels of the map lie in each window, padding left out: the divisor of each mean.

    Returns:
        (windows down, windows across), float32, whole numbers from 1 to size x size; the whole map for the global kinds.

    Raises:
        LearnerError: `window_does_not_fit`.
    """
    if spec.kind.startswith("global_"):
        return np.full((1, 1), height * width, dtype=np.float32)
    ones = np.ones((height, width, 1), dtype=np.float32)
    return _combine(ones, spec, *COMBINE["average"])[:, :, 0]


def winners(maps: FeatureMaps, spec: PoolSpec) -> Places:
    """Where each window's largest (kind "min": smallest) value stands; of equal ones the first in reading order.

    Returns:
        (windows down, windows across, filters, 2), int32: row and column on `maps`, padding not counted.

    Raises:
        LearnerError: `window_does_not_fit`.
        ValueError: for the averages, which have no winner, and when `maps` has other axes.
    """
    values = check_axes("maps", maps, AXES)
    if "average" in spec.kind:
        raise ValueError(f"kind: expected 'max', 'min' or 'global_max'; received {spec.kind!r}")
    if spec.kind == "global_max":
        height, width, filters = values.shape
        place = values.reshape(height * width, filters).argmax(axis=0)
        return np.stack(np.divmod(place, width), axis=-1, dtype=np.int32).reshape(1, 1, filters, 2)
    padded = _pad(-values if spec.kind == "min" else values, spec, -np.inf)
    # Along each row first, then down the rows: ties go to the upper row, in a row to the left.
    best, places = _first_best(padded.swapaxes(0, 1), spec)
    _, rows = _first_best(best.swapaxes(0, 1), spec)
    columns = np.take_along_axis(places.swapaxes(0, 1), rows, axis=0)
    (top, _), (left, _) = (padding_amounts(side, spec.size, spec.stride, spec.padding) for side in values.shape[:2])
    return np.stack((rows - top, columns - left), axis=-1)


def shift(maps: FeatureMaps, rows: int, cols: int) -> FeatureMaps:
    """`maps` moved `rows` pixels down and `cols` to the right (negative: up, left), in the same frame.

    What moves out is lost; the gap is filled with the edge pixel beside it, so that no new edge appears.
    """
    values = check_axes("maps", maps, AXES)
    height, width, _ = values.shape
    from_rows = np.clip(np.arange(height) - rows, 0, height - 1)
    from_cols = np.clip(np.arange(width) - cols, 0, width - 1)
    return values[from_rows[:, np.newaxis], from_cols]


def change(before: FeatureMaps, after: FeatureMaps) -> float:
    """How much changed, 0 (nothing) to 1: the mean absolute difference as a share of the range of both together.

    Raises:
        ValueError: when the shapes differ.
    """
    if before.shape != after.shape:
        raise ValueError(f"after: expected shape {before.shape}; received {after.shape}")
    lowest, highest = min(before.min(), after.min()), max(before.max(), after.max())
    if lowest == highest:
        return 0.0
    return float(np.abs(after - before).mean(dtype=np.float64) / (float(highest) - float(lowest)))


def _pad(values: Array, spec: PoolSpec, filler: float) -> Array:
    """`values` with the padding of `spec` around it; checks that a window fits into both sides."""
    sides = values.shape[:2]
    for side, name in zip(sides, ("height", "width"), strict=True):
        output_size(side, spec.size, spec.stride, spec.padding, name)
    down, across = (padding_amounts(side, spec.size, spec.stride, spec.padding) for side in sides)
    return np.pad(values, (down, across, (0, 0)), constant_values=filler)


def _steps(values: Array, spec: PoolSpec) -> list[Array]:
    """The first row of every window, the second row of every window, ...: views along the first axis."""
    reach = (len(values) - spec.size) // spec.stride * spec.stride + 1
    return [values[step : step + reach : spec.stride] for step in range(spec.size)]


def _combine(values: Array, spec: PoolSpec, pair: Callable[[Array, Array], Array], filler: float) -> Array:
    """All values of each window made one: first down each column, then along each row, which saves most of the work."""
    down = reduce(pair, _steps(_pad(values, spec, filler), spec))
    return reduce(pair, _steps(down.swapaxes(0, 1), spec)).swapaxes(0, 1)


def _first_best(values: Array, spec: PoolSpec) -> tuple[Array, Places]:
    """Each window along the first axis: its largest value, and the index along that axis where it first stands."""
    best, *others = _steps(values, spec)
    places = np.zeros(best.shape, dtype=np.int32)
    for step, candidate in enumerate(others, start=1):
        np.copyto(places, step, where=candidate > best)
        best = np.maximum(best, candidate)
    starts = np.arange(len(best), dtype=np.int32) * spec.stride
    return best, places + starts[:, np.newaxis, np.newaxis]
