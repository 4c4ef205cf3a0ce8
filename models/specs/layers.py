"""What a layer is: one frozen spec per kind.

A kind of layer is added here (its fields and its name), in `models/network/effects.py` (its shapes and numbers), in
`models/network/keras_calls.py` (its Keras line), in `models/network/code/pytorch.py` (its PyTorch line) and in the words.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from models.hyperparameters import Spec, choice, defaults, flag, integer, number
from models.specs.operations import ConvSpec

ACTIVATIONS = ("none", "relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh", "softmax")
INITIALIZERS = ("glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "random_normal", "zeros")


@dataclass(frozen=True)
class Layer(Spec):
    """One layer. `name` is its kind, `leading` the field that stands first and bare in the notation ("conv 32")."""

    name: ClassVar[str]
    leading: ClassVar[str] = ""
    _: KW_ONLY
    on: bool = flag(True)

    @classmethod
    def completed(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every declared field: the given value, or its default."""
        return {**defaults(cls), **given}


@dataclass(frozen=True)
class Windowed(ConvSpec):
    """How a layer's kernel walks over a map. As in Keras a layer pads "valid" or "same", never by a number of pixels."""

    padding: str = choice("valid", "valid", "same")


@dataclass(frozen=True)
class Trained(Spec):
    """What layers with trainable weights share. `l2` is the factor of the sum of the squared kernel weights in the loss."""

    activation: str = choice("none", *ACTIVATIONS)
    bias: bool = flag(True)
    initializer: str = choice("glorot_uniform", *INITIALIZERS)
    l2: float = number(default=0.0, low=0.0, high=1.0, step=0.0001)


@dataclass(frozen=True)
class Filtered(Spec):
    """How many maps a layer writes."""

    filters: int = integer(default=32, low=1, high=4096)


@dataclass(frozen=True)
class Multiplied(Spec):
    """How many maps a depthwise kernel writes for each map that comes in."""

    multiplier: int = integer(default=1, low=1, high=16)


@dataclass(frozen=True)
class Counted(Spec):
    """How many units a dense layer has."""

    units: int = integer(default=10, low=1, high=20_000)


@dataclass(frozen=True)
class ConvLayer(Trained, Windowed, Filtered, Layer):
    """Convolution: every filter looks at all maps that come in."""

    name = "conv"
    leading = "filters"


@dataclass(frozen=True)
class DepthwiseLayer(Trained, Windowed, Multiplied, Layer):
    """Depthwise convolution: every filter looks at one map only."""

    name = "depthwise"


@dataclass(frozen=True)
class SeparableLayer(Trained, Windowed, Multiplied, Filtered, Layer):
    """Separable convolution: a depthwise one, then a 1x1 convolution that mixes the maps."""

    name = "separable"
    leading = "filters"


@dataclass(frozen=True)
class TransposedLayer(Trained, Windowed, Filtered, Layer):
    """Transposed convolution: every number that comes in writes a whole window, so that the map grows by the stride."""

    name = "transposed"
    leading = "filters"


@dataclass(frozen=True)
class PoolLayer(Layer):
    """Pooling: a window keeps the largest number or the mean. Without a stride the windows stand side by side."""

    name = "pool"
    leading = "size"
    size: int = integer(default=2, low=1, high=16)
    stride: int = integer(default=2, low=1, high=16)
    padding: str = choice("valid", "valid", "same")
    kind: str = choice("max", "max", "average")

    @classmethod
    def completed(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """As for every layer, but the stride follows the size, as in Keras."""
        size = {"stride": given["size"]} if "size" in given else {}
        return super().completed({**size, **given})


@dataclass(frozen=True)
class GlobalPoolLayer(Layer):
    """Global pooling: one number per map."""

    name = "global_pool"
    leading = "kind"
    kind: str = choice("average", "average", "max")


@dataclass(frozen=True)
class BatchNormLayer(Layer):
    """Batch normalisation. `momentum` is the share of the old running mean that one batch leaves standing."""

    name = "batch_norm"
    momentum: float = number(default=0.99, low=0.0, high=0.999, step=0.001)
    epsilon: float = number(default=0.001, low=0.0000001, high=1.0, step=0.0001)


@dataclass(frozen=True)
class ActivationLayer(Layer):
    """An activation function as a layer of its own."""

    name = "activation"
    leading = "activation"
    activation: str = choice("relu", *ACTIVATIONS)


@dataclass(frozen=True)
class DropoutLayer(Layer):
    """Dropout: while training, this share of the numbers becomes 0."""

    name = "dropout"
    leading = "rate"
    rate: float = number(default=0.5, low=0.0, high=0.95, step=0.05)


@dataclass(frozen=True)
class FlattenLayer(Layer):
    """All numbers of all maps in one row."""

    name = "flatten"


@dataclass(frozen=True)
class DenseLayer(Trained, Counted, Layer):
    """A dense layer: every unit looks at every number that comes in."""

    name = "dense"
    leading = "units"


@dataclass(frozen=True)
class ZeroPaddingLayer(Layer):
    """Zero rows and columns on every side."""

    name = "zero_padding"
    leading = "amount"
    amount: int = integer(default=1, low=0, high=64)


@dataclass(frozen=True)
class ResidualLayer(Layer):
    """A residual block: what comes in is added to what the inner layers make of it, then the activation function.

    Where the two shapes differ, a 1x1 convolution with the inner layers' stride projects the shortcut.
    Source: K. He et al., "Deep Residual Learning for Image Recognition" (2015).
    """

    name = "residual"
    layers: tuple[Layer, ...] = ()
    activation: str = choice("relu", *ACTIVATIONS)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "layers", check_layers(self.layers))


LayerSpec = (
    ConvLayer
    | DepthwiseLayer
    | SeparableLayer
    | TransposedLayer
    | PoolLayer
    | GlobalPoolLayer
    | BatchNormLayer
    | ActivationLayer
    | DropoutLayer
    | FlattenLayer
    | DenseLayer
    | ZeroPaddingLayer
    | ResidualLayer
)


def check_layers(layers: Any) -> tuple[Layer, ...]:
    """`layers` as a tuple of layers."""
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"layers: expected layers; received {type(layer).__name__}")
    return tuple(layers)
