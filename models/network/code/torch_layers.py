"""Which PyTorch modules each layer is. PyTorch pads by numbers, so "same" is written out for the size that comes in."""

from collections.abc import Callable, Mapping
from typing import Any

from models.network.receptive_field import Window
from models.network.rows import LayerRow, unbatched
from models.specs.layers import Trained
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

FUNCTIONS = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.2)",
    "elu": "nn.ELU()",
    "gelu": "nn.GELU()",
    "silu": "nn.SiLU()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "softmax": "nn.Softmax(dim=1)",
}
"""Activation function -> its module; the slope 0.2 is Keras' (PyTorch's own default is 0.01)."""

INITIALIZERS = {
    "glorot_uniform": "nn.init.xavier_uniform_",
    "glorot_normal": "nn.init.xavier_normal_",
    "he_uniform": "nn.init.kaiming_uniform_",
    "he_normal": "nn.init.kaiming_normal_",
    "lecun_normal": 'partial(nn.init.kaiming_normal_, nonlinearity="linear")',
    "random_normal": "partial(nn.init.normal_, std=0.05)",
    "zeros": "nn.init.zeros_",
}


def modules(row: LayerRow) -> list[str]:
    """The code of the modules that together are one layer, in order."""
    found = MODULES[type(row.layer)](row.layer, row)
    function = row.layer.activation if isinstance(row.layer, Trained | ActivationLayer) else "none"
    return (found + ([FUNCTIONS[function]] if function != "none" else [])) or ["nn.Identity()"]


def paddings(row: LayerRow) -> tuple[tuple[int, int], tuple[int, int]]:
    """((top, bottom), (left, right)): the cells that "same" puts around a map; negative: cuts off what a layer wrote."""
    height, width = row.windows or (Window(), Window())
    sizes = zip((height, width), unbatched(row.input_shape)[:2], unbatched(row.output_shape)[:2], strict=True)
    (top, bottom), (left, right) = (around(window, size, count) for window, size, count in sizes)
    return (top, bottom), (left, right)


def around(window: Window, size: int, count: int) -> tuple[int, int]:
    """The cells before and after one side of `size` that is turned into `count`."""
    if window.transposed:
        written = (size - 1) * window.stride + max(window.span, window.stride)
        return -window.before, -(written - count - window.before)
    reached = (count - 1) * window.stride + window.span
    return window.before, max(reached - size - window.before, 0)


def spread(row: LayerRow, value: str = "") -> tuple[list[str], str]:
    """(a module that pads unevenly, nothing) or (no module, the argument `padding` of the layer itself)."""
    (top, bottom), (left, right) = paddings(row)
    if top == bottom and left == right:
        return [], f", padding={one_or_pair(abs(top), abs(left))}" if top or left else ""
    edges = f"({left}, {right}, {top}, {bottom})"
    return [f"nn.ConstantPad2d({edges}, {value})" if value else f"nn.ZeroPad2d({edges})"], ""


def one_or_pair(height: int, width: int) -> str:
    """A number for a square, a pair for a rectangle."""
    return str(height) if height == width else f"({height}, {width})"


def kernel(layer: Any) -> str:
    """The size, stride and dilation of a kernel as arguments."""
    words = [one_or_pair(*layer.kernel_shape)]
    words += [f"{name}={value}" for name, value in (("stride", layer.stride), ("dilation", layer.dilation)) if value > 1]
    return ", ".join(words)


def no_bias(layer: Trained) -> str:
    """The argument of a layer without a bias."""
    return "" if layer.bias else ", bias=False"


def conv(layer: ConvLayer, row: LayerRow) -> list[str]:
    """Every filter through all channels."""
    pad, padding = spread(row)
    return [*pad, f"nn.Conv2d({row.input_shape[-1]}, {layer.filters}, {kernel(layer)}{padding}{no_bias(layer)})"]


def depthwise(layer: DepthwiseLayer, row: LayerRow) -> list[str]:
    """As many groups as channels."""
    pad, padding = spread(row)
    channels, maps = row.input_shape[-1], row.output_shape[-1]
    return [*pad, f"nn.Conv2d({channels}, {maps}, {kernel(layer)}{padding}, groups={channels}{no_bias(layer)})"]


def separable(layer: SeparableLayer, row: LayerRow) -> list[str]:
    """A depthwise convolution without a bias, then a 1x1 convolution."""
    pad, padding = spread(row)
    channels = row.input_shape[-1] or 0
    maps = channels * layer.multiplier
    first = f"nn.Conv2d({channels}, {maps}, {kernel(layer)}{padding}, groups={channels}, bias=False)"
    return [*pad, first, f"nn.Conv2d({maps}, {layer.filters}, 1{no_bias(layer)})"]


def transposed(layer: TransposedLayer, row: LayerRow) -> list[str]:
    """PyTorch cuts equally off both ends; what "same" cuts unequally is cut afterwards, by negative padding."""
    cut, padding = spread(row)
    missing = [max(layer.stride - span, 0) for span in layer.spans]
    end = f", output_padding={one_or_pair(*missing)}" if any(missing) else ""
    made = f"nn.ConvTranspose2d({row.input_shape[-1]}, {layer.filters}, {kernel(layer)}{padding}{end}{no_bias(layer)})"
    return [made, *cut]


def pool(layer: PoolLayer, row: LayerRow) -> list[str]:
    """Padding never wins a maximum and never counts in a mean."""
    stride = f", stride={layer.stride}" if layer.stride != layer.size else ""
    if layer.kind == "max":
        pad, padding = spread(row, 'float("-inf")')
        return [*pad, f"nn.MaxPool2d({layer.size}{stride}{padding})"]
    pad, padding = spread(row)
    if pad:
        (top, bottom), (left, right) = paddings(row)
        return [f"MeanOfPixels({layer.size}, {layer.stride}, ({left}, {right}, {top}, {bottom}))"]
    return [f"nn.AvgPool2d({layer.size}{stride}{padding}{', count_include_pad=False' if padding else ''})"]


def global_pool(layer: GlobalPoolLayer, row: LayerRow) -> list[str]:  # noqa: ARG001
    """One number per map."""
    return [{"average": "nn.AdaptiveAvgPool2d(1)", "max": "nn.AdaptiveMaxPool2d(1)"}[layer.kind], "nn.Flatten()"]


def batch_norm(layer: BatchNormLayer, row: LayerRow) -> list[str]:
    """PyTorch's momentum is the share of the new batch, Keras' that of the old mean."""
    sides = "2d" if len(row.input_shape) == 4 else "1d"
    share = float(f"{1 - layer.momentum:.12g}")
    return [f"nn.BatchNorm{sides}({row.input_shape[-1]}, eps={layer.epsilon}, momentum={share})"]


def dense(layer: DenseLayer, row: LayerRow) -> list[str]:
    """On maps a 1x1 convolution, which is the same."""
    linear = "nn.Linear({}, {}{})" if len(row.input_shape) == 2 else "nn.Conv2d({}, {}, 1{})"
    return [linear.format(row.input_shape[-1], layer.units, no_bias(layer))]


MODULES: Mapping[type[Layer], Callable[[Any, LayerRow], list[str]]] = {
    ConvLayer: conv,
    DepthwiseLayer: depthwise,
    SeparableLayer: separable,
    TransposedLayer: transposed,
    PoolLayer: pool,
    GlobalPoolLayer: global_pool,
    BatchNormLayer: batch_norm,
    ActivationLayer: lambda layer, row: [],  # noqa: ARG005
    DropoutLayer: lambda layer, row: [f"nn.Dropout({layer.rate})"],  # noqa: ARG005
    FlattenLayer: lambda layer, row: ["nn.Flatten()"],  # noqa: ARG005
    DenseLayer: dense,
    ZeroPaddingLayer: lambda layer, row: [f"nn.ZeroPad2d({layer.amount})"],  # noqa: ARG005
}
"""Kind of layer -> the code of its modules, its activation function not among them."""
