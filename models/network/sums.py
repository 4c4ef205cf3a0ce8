"""Weighted sums: what convolutions and dense layers write before their activation function, and what each input adds to it.

All of it is computed from the layer's own weights; nothing is copied, nothing is changed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import keras

Tensor = Any
"""A TensorFlow tensor (images, height, width, channels) or, for dense layers, (images, numbers)."""


def walk(layer: Any) -> dict[str, Any]:
    """How the layer's kernel walks."""
    return {"strides": layer.strides, "padding": layer.padding, "dilation_rate": layer.dilation_rate}


def separable(layer: Any, x: Tensor) -> Tensor:
    """Each map by itself, then the maps mixed."""
    return keras.ops.separable_conv(x, layer.depthwise_kernel, layer.pointwise_kernel, **walk(layer))


def transposed(layer: Any, x: Tensor, kernel: Tensor = None) -> Tensor:
    """Each number writes a window."""
    kernel = layer.kernel if kernel is None else kernel
    return keras.ops.conv_transpose(x, kernel, output_padding=layer.output_padding, **walk(layer))


SUMS: Mapping[str, Callable[[Any, Tensor], Tensor]] = {
    "Conv2D": lambda layer, x: layer.convolution_op(x, layer.kernel),
    "DepthwiseConv2D": lambda layer, x: keras.ops.depthwise_conv(x, layer.kernel, **walk(layer)),
    "SeparableConv2D": separable,
    "Conv2DTranspose": transposed,
    "Dense": lambda layer, x: keras.ops.matmul(x, layer.kernel),
}
"""Class in `keras.layers` -> its weighted sums without the bias."""


def is_weighted(layer: Any) -> bool:
    """Whether `layer` writes weighted sums of what comes in."""
    return type(layer).__name__ in SUMS


def weighted_sum(layer: Any, x: Tensor) -> Tensor:
    """What `layer` writes before its activation function, the bias added."""
    total = SUMS[type(layer).__name__](layer, x)
    return total + layer.bias if layer.use_bias else total


def activated(layer: Any, total: Tensor) -> Tensor:
    """What the activation function of `layer` makes of its weighted sums."""
    return total if layer.activation is None else layer.activation(total)


def conv_terms(layer: Any, x: Tensor, filter_index: int) -> Tensor:
    """Each channel through its own slice of the filter; the channels of other groups add nothing and are left out."""
    size = layer.kernel.shape[2]
    first = filter_index // (layer.filters // layer.groups) * size
    kernel = layer.kernel[..., filter_index : filter_index + 1]
    return keras.ops.depthwise_conv(x[..., first : first + size], kernel, **walk(layer))


def depthwise_terms(layer: Any, x: Tensor, filter_index: int) -> Tensor:
    """The one channel that the filter looks at."""
    channel, number = divmod(filter_index, layer.depth_multiplier)
    kernel = layer.kernel[:, :, channel : channel + 1, number : number + 1]
    return keras.ops.depthwise_conv(x[..., channel : channel + 1], kernel, **walk(layer))


def separable_terms(layer: Any, x: Tensor, filter_index: int) -> Tensor:
    """Each channel through all its depthwise kernels, mixed as the filter mixes them: one kernel per channel."""
    channels, multiplier = layer.depthwise_kernel.shape[2:]
    mixed = keras.ops.reshape(layer.pointwise_kernel[0, 0, :, filter_index], (channels, multiplier))
    kernel = keras.ops.sum(layer.depthwise_kernel * mixed, axis=-1, keepdims=True)
    return keras.ops.depthwise_conv(x, kernel, **walk(layer))


def transposed_terms(layer: Any, x: Tensor, filter_index: int) -> Tensor:
    """Each channel writes its own map: a kernel that is zero between different channels."""
    kernel = layer.kernel[:, :, filter_index, :]
    return transposed(layer, x, kernel[:, :, None, :] * keras.ops.eye(kernel.shape[-1]))


TERMS: Mapping[str, Callable[[Any, Tensor, int], Tensor]] = {
    "Conv2D": conv_terms,
    "DepthwiseConv2D": depthwise_terms,
    "SeparableConv2D": separable_terms,
    "Conv2DTranspose": transposed_terms,
    "Dense": lambda layer, x, unit: x * layer.kernel[:, unit],
}
"""Class in `keras.layers` -> what each input channel adds to one filter's sums, the channels last."""


def first_channel(layer: Any, filter_index: int) -> int:
    """The number of the input channel that the first of `TERMS` belongs to."""
    match type(layer).__name__:
        case "Conv2D":
            return int(filter_index // (layer.filters // layer.groups) * layer.kernel.shape[2])
        case "DepthwiseConv2D":
            return int(filter_index // layer.depth_multiplier)
    return 0
