"""What one layer does to one picture, by formulas of our own: its output's shape, its weights, its multiplications.

Shapes here have no batch axis: (height, width, channels) for maps, (units,) for a row of numbers.

What is counted as a multiplication: number times weight in convolutions and dense layers (positions that meet padding
included), and one per number in batch normalisation, which at prediction time is one factor and one summand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from models.errors import LearnerError
from models.network.receptive_field import OWN_PIXEL, Window, Windows
from models.ops.window import output_size, padding_amounts
from models.specs.network import (
    ActivationLayer,
    BatchNormLayer,
    ConvLayer,
    DenseLayer,
    DepthwiseLayer,
    DropoutLayer,
    FlattenLayer,
    GlobalPoolLayer,
    Layer,
    PoolLayer,
    SeparableLayer,
    TransposedLayer,
    ZeroPaddingLayer,
)

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Weight:
    """One array of a layer's parameters, in Keras' order of axes. The shape's numbers are the factors of its count."""

    name: str
    shape: Shape
    trainable: bool = True

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


@dataclass(frozen=True)
class Effect:
    """What one layer does. `windows` None: every unit sees all that comes in."""

    output: Shape
    weights: tuple[Weight, ...] = ()
    multiplications: int = 0
    windows: Windows | None = OWN_PIXEL


def map_sizes(shape: Shape) -> tuple[int, int, int]:
    """(height, width, channels).

    Raises:
        LearnerError: `layer_needs_maps` (units), for a row of numbers.
    """
    if len(shape) != 3:
        raise LearnerError("layer_needs_maps", units=shape[0])
    return shape[0], shape[1], shape[2]


def slide(
    layer: ConvLayer | DepthwiseLayer | SeparableLayer | PoolLayer, spans: tuple[int, int], shape: Shape
) -> tuple[Shape, Windows]:
    """How many windows fit (down, right), and how they move.

    Raises:
        LearnerError: `layer_window_too_large` (window_height, window_width, height, width), `layer_needs_maps`.
    """
    sizes = map_sizes(shape)[:2]
    try:
        counts = tuple(output_size(size, span, layer.stride, layer.padding) for size, span in zip(sizes, spans, strict=True))
    except LearnerError as error:
        numbers = {"window_height": spans[0], "window_width": spans[1], "height": sizes[0], "width": sizes[1]}
        raise LearnerError("layer_window_too_large", **numbers) from error
    before = [padding_amounts(size, span, layer.stride, layer.padding)[0] for size, span in zip(sizes, spans, strict=True)]
    return counts, (Window(spans[0], layer.stride, before[0]), Window(spans[1], layer.stride, before[1]))


def check_dilation(layer: ConvLayer | DepthwiseLayer | SeparableLayer | TransposedLayer) -> None:
    """Stride and dilation do not go together, as in Keras.

    Raises:
        LearnerError: `layer_stride_with_dilation` (stride, dilation).
    """
    if layer.stride > 1 and layer.dilation > 1:
        raise LearnerError("layer_stride_with_dilation", stride=layer.stride, dilation=layer.dilation)


def bias(layer: ConvLayer | DepthwiseLayer | SeparableLayer | TransposedLayer | DenseLayer, outputs: int) -> tuple[Weight, ...]:
    """One number per output, or nothing."""
    return (Weight("bias", (outputs,)),) if layer.bias else ()


def conv(layer: ConvLayer, shape: Shape) -> Effect:
    """One kernel through all channels per filter."""
    check_dilation(layer)
    counts, windows = slide(layer, layer.spans, shape)
    kernel = Weight("kernel", (*layer.kernel_shape, shape[2], layer.filters))
    return Effect((*counts, layer.filters), (kernel, *bias(layer, layer.filters)), prod(counts) * kernel.count, windows)


def depthwise(layer: DepthwiseLayer, shape: Shape) -> Effect:
    """`multiplier` kernels per channel, each through that channel alone."""
    check_dilation(layer)
    counts, windows = slide(layer, layer.spans, shape)
    maps = shape[2] * layer.multiplier
    kernel = Weight("kernel", (*layer.kernel_shape, shape[2], layer.multiplier))
    return Effect((*counts, maps), (kernel, *bias(layer, maps)), prod(counts) * kernel.count, windows)


def separable(layer: SeparableLayer, shape: Shape) -> Effect:
    """A depthwise kernel, then a 1x1 kernel that mixes its maps."""
    check_dilation(layer)
    counts, windows = slide(layer, layer.spans, shape)
    depthwise_kernel = Weight("depthwise_kernel", (*layer.kernel_shape, shape[2], layer.multiplier))
    pointwise_kernel = Weight("pointwise_kernel", (1, 1, shape[2] * layer.multiplier, layer.filters))
    weights = (depthwise_kernel, pointwise_kernel, *bias(layer, layer.filters))
    products = prod(counts) * (depthwise_kernel.count + pointwise_kernel.count)
    return Effect((*counts, layer.filters), weights, products, windows)


def transposed(layer: TransposedLayer, shape: Shape) -> Effect:
    """Each number writes a window: size x stride, and with "valid" what the last window reaches beyond that."""
    check_dilation(layer)
    *sizes, channels = map_sizes(shape)
    overhang = [max(span - layer.stride, 0) for span in layer.spans]
    cut = [rest if layer.padding == "same" else 0 for rest in overhang]
    counts = [size * layer.stride + rest - away for size, rest, away in zip(sizes, overhang, cut, strict=True)]
    height, width = (Window(span, layer.stride, away // 2, True) for span, away in zip(layer.spans, cut, strict=True))
    kernel = Weight("kernel", (*layer.kernel_shape, layer.filters, channels))
    weights = (kernel, *bias(layer, layer.filters))
    return Effect((*counts, layer.filters), weights, prod(sizes) * kernel.count, (height, width))


def pool(layer: PoolLayer, shape: Shape) -> Effect:
    """One number per window and map."""
    counts, windows = slide(layer, (layer.size, layer.size), shape)
    return Effect((*counts, shape[2]), windows=windows)


def global_pool(layer: GlobalPoolLayer, shape: Shape) -> Effect:  # noqa: ARG001
    """One number per map."""
    return Effect((map_sizes(shape)[2],), windows=None)


def batch_norm(layer: BatchNormLayer, shape: Shape) -> Effect:  # noqa: ARG001
    """A trained factor and summand per channel, and the running mean and variance, which are not trained."""
    channels = (shape[-1],)
    trained = (Weight("gamma", channels), Weight("beta", channels))
    running = (Weight("moving_mean", channels, trainable=False), Weight("moving_variance", channels, trainable=False))
    return Effect(shape, (*trained, *running), prod(shape))


def unchanged(layer: ActivationLayer | DropoutLayer, shape: Shape) -> Effect:  # noqa: ARG001
    """Every number by itself."""
    return Effect(shape)


def flatten(layer: FlattenLayer, shape: Shape) -> Effect:  # noqa: ARG001
    """All numbers in one row."""
    return Effect((prod(shape),), windows=None)


def dense(layer: DenseLayer, shape: Shape) -> Effect:
    """Every unit with every number; on maps, as in Keras, at every position by itself, like a 1x1 convolution."""
    kernel = Weight("kernel", (shape[-1], layer.units))
    positions = shape[:-1]
    return Effect(
        (*positions, layer.units),
        (kernel, *bias(layer, layer.units)),
        prod(positions) * kernel.count,
        OWN_PIXEL if positions else None,
    )


def zero_padding(layer: ZeroPaddingLayer, shape: Shape) -> Effect:
    """`amount` rows or columns more on every side."""
    height, width, channels = map_sizes(shape)
    window = Window(before=layer.amount)
    return Effect((height + 2 * layer.amount, width + 2 * layer.amount, channels), windows=(window, window))


EFFECTS: Mapping[type[Layer], Callable[[Any, Shape], Effect]] = {
    ConvLayer: conv,
    DepthwiseLayer: depthwise,
    SeparableLayer: separable,
    TransposedLayer: transposed,
    PoolLayer: pool,
    GlobalPoolLayer: global_pool,
    BatchNormLayer: batch_norm,
    ActivationLayer: unchanged,
    DropoutLayer: unchanged,
    FlattenLayer: flatten,
    DenseLayer: dense,
    ZeroPaddingLayer: zero_padding,
}
"""Kind of layer -> what it does. A residual block is what its layers do: see `models.network.shapes`."""
