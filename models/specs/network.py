"""What a network is: the shape of its picture and its layers. The one door to everything a network is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.errors import LearnerError
from models.hyperparameters import Integer
from models.specs.layers import (
    ActivationLayer,
    BatchNormLayer,
    ConvLayer,
    DenseLayer,
    DepthwiseLayer,
    DropoutLayer,
    FlattenLayer,
    GlobalPoolLayer,
    Layer,
    LayerSpec,
    PoolLayer,
    ResidualLayer,
    SeparableLayer,
    TransposedLayer,
    ZeroPaddingLayer,
    check_layers,
)

__all__ = [
    "ActivationLayer",
    "BatchNormLayer",
    "ConvLayer",
    "DenseLayer",
    "DepthwiseLayer",
    "DropoutLayer",
    "FlattenLayer",
    "GlobalPoolLayer",
    "Layer",
    "LayerSpec",
    "NetworkSpec",
    "PoolLayer",
    "ResidualLayer",
    "SeparableLayer",
    "TransposedLayer",
    "ZeroPaddingLayer",
]

SIDE = Integer(1, 1024)
CHANNELS = Integer(1, 512)
MOST_LAYERS = 300
DEEPEST_NESTING = 3


@dataclass(frozen=True)
class NetworkSpec:
    """A network: the picture's shape (height, width, channels) and the layers, first to last.

    Raises:
        LearnerError: `input_refused` (field, received, low, high), `too_many_layers` (count, limit; inner layers count),
            `nested_too_deeply` (limit).
        TypeError: for a layer that is not a `Layer`.
    """

    input_shape: tuple[int, int, int] = (28, 28, 1)
    layers: tuple[Layer, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "input_shape", check_input(self.input_shape))
        object.__setattr__(self, "layers", check_layers(self.layers))
        count = sum(1 for _ in nested(self.layers))
        if count > MOST_LAYERS:
            raise LearnerError("too_many_layers", count=count, limit=MOST_LAYERS)

    @property
    def classes(self) -> int | None:
        """Classes that the last dense layer or convolution tells apart; one unit tells two; None without such a layer."""
        outputs = [getattr(layer, "units", getattr(layer, "filters", 0)) for layer in nested(self.layers) if layer.on]
        last = next((count for count in reversed(outputs) if count), None)
        return 2 if last == 1 else last


def nested(layers: tuple[Layer, ...], depth: int = 0) -> Iterator[Layer]:
    """Every layer, inner layers after the block that holds them."""
    if depth > DEEPEST_NESTING:
        raise LearnerError("nested_too_deeply", limit=DEEPEST_NESTING)
    for layer in layers:
        yield layer
        if isinstance(layer, ResidualLayer):
            yield from nested(layer.layers, depth + 1)


def check_input(input_shape: Any) -> tuple[int, int, int]:
    """`input_shape` as (height, width, channels) within the limits."""
    if not isinstance(input_shape, tuple | list) or len(input_shape) != 3:
        raise TypeError(f"input_shape: expected (height, width, channels); received {type(input_shape).__name__}")
    limits = {"height": SIDE, "width": SIDE, "channels": CHANNELS}
    taken = [limit.take(value) for limit, value in zip(limits.values(), input_shape, strict=True)]
    for (field, limit), value, received in zip(limits.items(), taken, input_shape, strict=True):
        if value is None:
            raise LearnerError("input_refused", field=field, received=received, low=limit.low, high=limit.high)
    height, width, channels = (value or 0 for value in taken)
    return height, width, channels
