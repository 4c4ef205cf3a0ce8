"""Which Keras layer each layer is, and with which arguments: read by the built model and by the exported programs alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.specs.layers import Trained, Windowed
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

KERAS_DEFAULTS: Mapping[str, Any] = {
    "padding": "valid",
    "dilation_rate": 1,
    "depth_multiplier": 1,
    "use_bias": True,
    "momentum": 0.99,
    "epsilon": 0.001,
}
"""Argument -> what Keras takes when it is left out, where that is the same for all layers."""


@dataclass(frozen=True)
class Call:
    """A Keras layer: its class in `keras.layers`, first arguments without and others with a name.

    Arguments that are None are not given to Keras. Under a name that ends in "_initializer" stands the initializer's name,
    in "_regularizer" the factor of the L2 penalty.
    """

    layer: str
    first: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, Any]:
        """The named arguments that are not what Keras takes anyway."""
        return {name: value for name, value in self.named.items() if not is_default(name, value)}


def is_default(name: str, value: Any) -> bool:
    """Whether Keras takes `value` when the argument is left out."""
    if name.endswith("_initializer"):
        return bool(value == "glorot_uniform")
    if name.endswith("_regularizer"):
        return bool(value == 0)
    return value is None or (name in KERAS_DEFAULTS and value == KERAS_DEFAULTS[name])


def window(layer: Windowed) -> dict[str, Any]:
    """How the kernel walks."""
    return {"strides": layer.stride if layer.stride > 1 else None, "padding": layer.padding, "dilation_rate": layer.dilation}


def trained(layer: Trained, *kernels: str) -> dict[str, Any]:
    """What comes with weights; each of `kernels` is drawn and kept small in the same way."""
    return {
        "activation": activation(layer.activation),
        "use_bias": layer.bias,
        **{f"{kernel}_initializer": layer.initializer for kernel in kernels},
        **{f"{kernel}_regularizer": layer.l2 for kernel in kernels},
    }


def activation(name: str) -> str | None:
    """Keras' name of an activation function."""
    return None if name == "none" else name


def conv(layer: ConvLayer) -> Call:
    """Every filter through all channels."""
    return Call("Conv2D", (layer.filters, layer.kernel_size), {**window(layer), **trained(layer, "kernel")})


def depthwise(layer: DepthwiseLayer) -> Call:
    """Every filter through one channel."""
    named = {**window(layer), "depth_multiplier": layer.multiplier, **trained(layer, "depthwise")}
    return Call("DepthwiseConv2D", (layer.kernel_size,), named)


def separable(layer: SeparableLayer) -> Call:
    """A depthwise kernel, then a pointwise one."""
    named = {**window(layer), "depth_multiplier": layer.multiplier, **trained(layer, "depthwise", "pointwise")}
    return Call("SeparableConv2D", (layer.filters, layer.kernel_size), named)


def transposed(layer: TransposedLayer) -> Call:
    """Every number writes a window."""
    return Call("Conv2DTranspose", (layer.filters, layer.kernel_size), {**window(layer), **trained(layer, "kernel")})


def pool(layer: PoolLayer) -> Call:
    """The largest number or the mean of a window."""
    name = {"max": "MaxPooling2D", "average": "AveragePooling2D"}[layer.kind]
    strides = None if layer.stride == layer.size else layer.stride
    return Call(name, (layer.size,), {"strides": strides, "padding": layer.padding})


def global_pool(layer: GlobalPoolLayer) -> Call:
    """The largest number or the mean of a map."""
    return Call({"average": "GlobalAveragePooling2D", "max": "GlobalMaxPooling2D"}[layer.kind])


def batch_norm(layer: BatchNormLayer) -> Call:
    """Every channel to a trained mean and spread."""
    return Call("BatchNormalization", (), {"momentum": layer.momentum, "epsilon": layer.epsilon})


def activation_layer(layer: ActivationLayer) -> Call:
    """An activation function by itself."""
    return Call("Activation", (activation(layer.activation) or "linear",))


def dense(layer: DenseLayer) -> Call:
    """Every unit with every number."""
    return Call("Dense", (layer.units,), trained(layer, "kernel"))


CALLS: Mapping[type[Layer], Callable[[Any], Call]] = {
    ConvLayer: conv,
    DepthwiseLayer: depthwise,
    SeparableLayer: separable,
    TransposedLayer: transposed,
    PoolLayer: pool,
    GlobalPoolLayer: global_pool,
    BatchNormLayer: batch_norm,
    ActivationLayer: activation_layer,
    DropoutLayer: lambda layer: Call("Dropout", (layer.rate,)),
    FlattenLayer: lambda layer: Call("Flatten"),  # noqa: ARG005
    DenseLayer: dense,
    ZeroPaddingLayer: lambda layer: Call("ZeroPadding2D", (layer.amount,)),
}
"""Kind of layer -> its Keras layer. A residual block is `Add` on top of its layers."""


def call_of(layer: Layer) -> Call:
    """The Keras layer that `layer` is."""
    return CALLS[type(layer)](layer)
