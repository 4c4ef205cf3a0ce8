"""How the sum of one filter, or of one dense unit, comes about: its strongest terms apart, the others together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, Kernel
from models.network.place_values import Pair
from models.network.sums import TERMS, first_channel
from models.network.unit_seen import Seen
from models.network.unit_values import Behind, Source, Summed, UnitSum, Walk
from models.ops.window import padding_amounts

STRONGEST_INPUTS = 12


def walk(layer: Any, inside: Sequence[int]) -> Walk:
    """How the kernel of a convolution walks over maps (height, width, ...)."""
    if type(layer).__name__ == "Dense":
        return Walk((1, 1))
    sizes, strides, dilations = layer.kernel_size, layer.strides, layer.dilation_rate
    spans = [(size - 1) * dilation + 1 for size, dilation in zip(sizes, dilations, strict=True)]
    if type(layer).__name__ == "Conv2DTranspose":
        cuts = [max(span - step, 0) // 2 * (layer.padding == "same") for span, step in zip(spans, strides, strict=True)]
        return Walk(pair(sizes), pair(strides), pair(dilations), pair(cuts), True)
    return Walk(pair(sizes), pair(strides), pair(dilations), padded(inside, spans, strides, layer.padding))


def padded(inside: Sequence[int], spans: Sequence[int], strides: Sequence[int], padding: str) -> Pair:
    """The padding in front, (above, left)."""
    return pair([padding_amounts(*side, padding)[0] for side in zip(inside, spans, strides, strict=False)])


def pair(sides: Sequence[int]) -> Pair:
    """(down, right) as plain numbers."""
    return int(sides[0]), int(sides[1])


def slices(layer: Any, number: int) -> Kernel:
    """What each input map is multiplied with for the map `number`: (kernel_height, kernel_width, input maps).

    Only the input maps that the filter looks at; of a separable layer the one kernel that its two steps amount to.
    """
    match type(layer).__name__:
        case "Dense":
            return np.asarray(layer.kernel)[None, None, :, number]
        case "DepthwiseConv2D":
            channel, times = divmod(number, layer.depth_multiplier)
            return np.asarray(layer.kernel)[:, :, channel : channel + 1, times]
        case "SeparableConv2D":
            depthwise = np.asarray(layer.depthwise_kernel)
            mixed = np.asarray(layer.pointwise_kernel)[0, 0, :, number].reshape(depthwise.shape[2:])
            return np.asarray((depthwise * mixed).sum(axis=-1))
        case "Conv2DTranspose":
            return np.asarray(layer.kernel)[:, :, number, :]
    return np.asarray(layer.kernel)[..., number]


def bias_of(layer: Any, number: int) -> float:
    """The bias of one filter or unit; 0 without one."""
    return float(layer.bias[number]) if layer.use_bias else 0.0


def summed(look: Seen, number: int, shown: int) -> Summed:
    """The map `number` of a convolution: what the `shown` strongest of its input maps add, the others together, the bias."""
    assert look.before is not None
    layer, given, total = look.layer, look.given, look.before[..., number]
    terms = np.asarray(TERMS[look.kind](layer, given[None], number))[0]
    strength = np.abs(terms).sum(axis=(0, 1), dtype=np.float64)
    order = np.argsort(-strength, kind="stable")
    apart, together = order[:shown], order[shown:]
    first, bias = first_channel(layer, number), bias_of(layer, number)
    rest = terms[..., together].sum(axis=-1, dtype=np.float64)
    off = np.abs(terms[..., apart].sum(axis=-1, dtype=np.float64) + rest + bias - total).max()
    shares = strength / (strength.sum() or 1.0)
    return Summed(
        sources=tuple(look.source(int(channel) + first) for channel in apart),
        inputs=given[..., apart + first],
        kernels=slices(layer, number)[..., apart],
        parts=terms[..., apart],
        rest=rest.astype(np.float32),
        others=len(together),
        bias=bias,
        total=total,
        walk=walk(layer, given.shape),
        off=float(off),
        strengths=(*(float(shares[channel]) for channel in apart), float(shares[together].sum())),
    )


def unit_sum(look: Seen, number: int, shown: int) -> UnitSum:
    """The unit `number` of a dense layer on a row of numbers; `shown` maps stand apart where the row was maps before."""
    given, weights = look.given, np.asarray(look.layer.kernel)[:, number]
    products = given.astype(np.float64) * weights
    strongest = np.argsort(-np.abs(products), kind="stable")[:STRONGEST_INPUTS]
    bias = bias_of(look.layer, number)
    return UnitSum(
        sources=tuple(look.source(int(place)) for place in strongest),
        values=tuple(float(given[place]) for place in strongest),
        weights=tuple(float(weights[place]) for place in strongest),
        rest=float(products.sum() - products[strongest].sum()),
        others=len(products) - len(strongest),
        bias=bias,
        total=float(products.sum() + bias),
        behind=_behind(look, weights, strongest, shown),
    )


def _behind(look: Seen, weights: Array, strongest: NDArray[np.intp], shown: int) -> Behind | None:
    """The row that comes in, and its weights, as the maps that the row was before."""
    found = look.maps_behind()
    if found is None or look.values[found].ndim not in (2, 3):
        return None
    shape = look.values[found].shape
    shape = shape if len(shape) == 3 else (*shape, 1)
    inputs, weighed = look.given.reshape(shape), weights.reshape(shape)
    sums = (inputs.astype(np.float64) * weighed).sum(axis=(0, 1))
    order = np.argsort(-np.abs(sums), kind="stable")
    apart, together = order[:shown], order[shown:]
    places = zip(*np.unravel_index(strongest, shape), strict=True)
    return Behind(
        sources=tuple(Source(look.name(found), int(number)) for number in apart),
        inputs=inputs[..., apart],
        weights=weighed[..., apart],
        sums=tuple(float(sums[number]) for number in apart),
        rest=float(sums[together].sum()),
        others=len(together),
        places=tuple((int(row), int(col), int(number)) for row, col, number in places),
    )
