"""How much of a map an activation function lets through: zeros, dead and saturated places, the derivative that is left."""

from dataclasses import dataclass

import numpy as np

from models.arrays import Array
from models.ops.activation import ACTIVATIONS, DERIVATIVES

NEARLY_FLAT = 0.01
"""Where the derivative is smaller, a place learns a hundred times slower, or not at all."""

MOST_VALUES = 512


@dataclass(frozen=True)
class Passage:
    """Shares of all values, 0 to 1: those that became exactly 0, those where the function is flat; and the mean derivative."""

    zeros: float
    flat: float
    derivative: float


def passage(values: Array, activation: str) -> Passage:
    """What `activation` does to `values`, of any shape."""
    slopes = DERIVATIVES[activation](values)
    return Passage(
        zeros=float((ACTIVATIONS[activation](values) == 0).mean()),
        flat=float((np.abs(slopes) < NEARLY_FLAT).mean()),
        derivative=float(slopes.mean(dtype=np.float64)),
    )


def sweep(values: Array, activation: str, biases: Array) -> tuple[Array, Array]:
    """Share of flat places and mean derivative for each of `biases` added to `values`, on a sample of at most 512 of them.

    Returns:
        two arrays (biases,), float32.
    """
    ordered = np.sort(values, axis=None)
    sample = ordered[np.linspace(0, ordered.size - 1, min(ordered.size, MOST_VALUES)).astype(np.intp)]
    slopes = DERIVATIVES[activation](sample + np.asarray(biases, dtype=np.float32)[:, np.newaxis])
    flat = (np.abs(slopes) < NEARLY_FLAT).mean(axis=1, dtype=np.float32)
    return flat, slopes.mean(axis=1, dtype=np.float32)


def histogram(values: Array, low: float, high: float, bars: int) -> Array:
    """Share of all values in each of `bars` equally wide bars from `low` to `high`; what lies outside is not in them."""
    counts, _ = np.histogram(values, bins=bars, range=(low, high))
    return np.asarray(counts / values.size, dtype=np.float32)
