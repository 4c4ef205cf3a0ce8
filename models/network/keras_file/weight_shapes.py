"""How large the arrays of a layer have to be, known before Keras allocates them."""

from collections.abc import Callable, Mapping
from typing import Any

Sizes = tuple[int, ...]
Shape = tuple[int | None, ...]


def weight_shapes(layer: Any, shape: Shape) -> list[Sizes]:
    """The shapes of the arrays that `layer`, not yet built, will have for inputs of `shape` (batch axis first).

    They stand in the order in which a file has them.

    Raises:
        ValueError: when a size that they need is unknown or does not fit.
    """
    formula = FORMULAS.get(type(layer).__name__)
    found = formula(layer, shape) if formula else []
    if any(type(size) is not int or size < 1 for sizes in found for size in sizes):
        raise ValueError(shape)
    return found


def conv(layer: Any, shape: Shape) -> list[Sizes]:
    """Each filter looks at the channels of its group."""
    channels = shape[-1] or 0
    if channels % layer.groups or layer.filters % layer.groups:
        raise ValueError(shape)
    return [(*layer.kernel_size, channels // layer.groups, layer.filters), *bias(layer, layer.filters)]


def transposed(layer: Any, shape: Shape) -> list[Sizes]:
    """As a convolution, with its last two axes exchanged."""
    return [(*layer.kernel_size, layer.filters, shape[-1] or 0), *bias(layer, layer.filters)]


def depthwise(layer: Any, shape: Shape) -> list[Sizes]:
    """Each filter looks at one channel."""
    channels = shape[-1] or 0
    return [(*layer.kernel_size, channels, layer.depth_multiplier), *bias(layer, channels * layer.depth_multiplier)]


def separable(layer: Any, shape: Shape) -> list[Sizes]:
    """A depthwise kernel and a pointwise one."""
    channels = shape[-1] or 0
    kernels = [(*layer.kernel_size, channels, layer.depth_multiplier), (1, 1, channels * layer.depth_multiplier, layer.filters)]
    return [*kernels, *bias(layer, layer.filters)]


def dense(layer: Any, shape: Shape) -> list[Sizes]:
    """Each unit looks at every number."""
    return [(shape[-1] or 0, layer.units), *bias(layer, layer.units)]


def bias(layer: Any, outputs: int) -> list[Sizes]:
    """One number per output, or nothing."""
    return [(outputs,)] if layer.use_bias else []


def batch_norm(layer: Any, shape: Shape) -> list[Sizes]:
    """Factor, summand, mean and variance per channel."""
    channels = (shape[one_axis(layer.axis)] or 0,)
    return [channels] * (layer.scale + layer.center + 2)


def layer_norm(layer: Any, shape: Shape) -> list[Sizes]:
    """Factor and summand per number of the axes that are normalised."""
    axes = sorted(layer.axis) if isinstance(layer.axis, list | tuple) else [layer.axis]
    return [tuple(shape[axis] or 0 for axis in axes)] * (layer.scale + layer.center)


def group_norm(layer: Any, shape: Shape) -> list[Sizes]:
    """Factor and summand per channel."""
    return [(shape[layer.axis] or 0,)] * (layer.scale + layer.center)


def normalization(layer: Any, shape: Shape) -> list[Sizes]:
    """Mean, variance and a count, unless the numbers stand in the description."""
    kept = sorted(axis % len(shape) for axis in layer.axis)
    sizes = tuple(shape[axis] or 0 for axis in kept)
    return [sizes, sizes, ()] if layer.input_mean is None else []


def prelu(layer: Any, shape: Shape) -> list[Sizes]:
    """One slope per number of a map; one along the axes that share it."""
    shared = layer.shared_axes or ()
    return [tuple(1 if axis in shared else size or 0 for axis, size in enumerate(shape) if axis)]


def one_axis(axis: Any) -> int:
    """An axis, also when it stands alone in a list."""
    (only,) = axis if isinstance(axis, list | tuple) else (axis,)
    return int(only)


FORMULAS: Mapping[str, Callable[[Any, Shape], list[Sizes]]] = {
    "Conv2D": conv,
    "Conv2DTranspose": transposed,
    "DepthwiseConv2D": depthwise,
    "SeparableConv2D": separable,
    "Dense": dense,
    "BatchNormalization": batch_norm,
    "LayerNormalization": layer_norm,
    "GroupNormalization": group_norm,
    "Normalization": normalization,
    "PReLU": prelu,
}
"""Class in `keras.layers` -> shapes of its arrays. The others have none."""
