"""How much each input of a layer adds to what it writes: how strong the lines of a network's map are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, FeatureMaps
from models.ops.window import padding_amounts

MOST_PLACES = 400
"""Of a large map so many output pixels, spread evenly, stand for all."""

MOST_PRODUCTS = 4_000_000
STRONGEST = 6


def conv_strengths(layer: Any, given: FeatureMaps, inputs: Sequence[int], outputs: Sequence[int]) -> Array | None:
    """(inputs, outputs): the mean absolute value of what each input map adds to each output map of a convolution.

    Args:
        layer: a `Conv2D`; for any other layer there is no answer.
        given: (height, width, channels) that come into it.
        inputs: numbers of the channels that are asked for.
        outputs: numbers of the filters that are asked for.
    """
    if type(layer).__name__ != "Conv2D" or not inputs or not outputs:
        return None
    kernel = np.asarray(layer.kernel)
    each = layer.filters // layer.groups
    size = kernel.shape[2]
    taps = kernel.shape[0] * kernel.shape[1]
    places = min(MOST_PLACES, max(1, MOST_PRODUCTS // (taps * len(inputs) * len(outputs))))
    seen = _windows(layer, given[..., list(inputs)], places)
    found = np.zeros((len(inputs), len(outputs)), np.float32)
    for row, channel in enumerate(inputs):
        own = [place for place, output in enumerate(outputs) if output // each == channel // size]
        weights = kernel[:, :, channel % size, [outputs[place] for place in own]].reshape(taps, -1)
        found[row, own] = np.abs(seen[row] @ weights).mean(axis=0)
    return found


def _windows(layer: Any, given: FeatureMaps, places: int) -> Array:
    """(channels, windows, pixels of a window): what the kernel meets at up to `places` of its stops."""
    at = []
    for axis, size in enumerate(given.shape[:2]):
        span = (layer.kernel_size[axis] - 1) * layer.dilation_rate[axis] + 1
        before, after = padding_amounts(size, span, layer.strides[axis], layer.padding)
        stops = np.arange(0, size + before + after - span + 1, layer.strides[axis])
        wanted = max(1, min(len(stops), int(places**0.5)))
        chosen = stops[np.linspace(0, len(stops) - 1, wanted).astype(int)] - before
        at.append(chosen[:, None] + np.arange(layer.kernel_size[axis]) * layer.dilation_rate[axis])
    rows, cols = at[0][:, None, :, None], at[1][None, :, None, :]
    inside = (rows >= 0) & (rows < given.shape[0]) & (cols >= 0) & (cols < given.shape[1])
    found = given[rows.clip(0, given.shape[0] - 1), cols.clip(0, given.shape[1] - 1)] * inside[..., None]
    return np.ascontiguousarray(found.reshape(-1, rows.shape[2] * cols.shape[3], given.shape[2]).transpose(2, 0, 1))


def dense_strengths(layer: Any, given: Array) -> tuple[NDArray[np.int32], Array] | None:
    """The strongest inputs of every unit of a dense layer, and what they add: each (inputs, units), the strongest first.

    None for a layer with so many weights that this takes long.
    """
    kernel = layer.kernel
    if kernel.shape[0] * kernel.shape[1] > MOST_PRODUCTS:
        return None
    products = given[:, None] * np.asarray(kernel)
    count = min(STRONGEST, len(products))
    top = np.argpartition(-np.abs(products), count - 1, axis=0)[:count]
    adds = np.take_along_axis(products, top, axis=0)
    order = np.argsort(-np.abs(adds), axis=0, kind="stable")
    return np.take_along_axis(top, order, axis=0).astype(np.int32), np.take_along_axis(adds, order, axis=0)
