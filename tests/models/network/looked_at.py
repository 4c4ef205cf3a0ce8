"""Networks with one layer in question, and pictures for any network."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tests.models.network.keras_files import L, sequential, varied

Array = np.ndarray[Any, Any]

CONVOLUTIONS: dict[str, Callable[[], keras.Layer]] = {
    "conv": lambda: L.Conv2D(4, (3, 2), strides=(2, 1), padding="same", activation="relu"),
    "groups": lambda: L.Conv2D(4, 3, groups=2, activation="tanh"),
    "dilated": lambda: L.Conv2D(3, 3, dilation_rate=2, use_bias=False),
    "depthwise": lambda: L.DepthwiseConv2D(3, depth_multiplier=2, activation="sigmoid"),
    "separable": lambda: L.SeparableConv2D(3, 3, depth_multiplier=2, padding="same", activation="elu"),
    "transposed": lambda: L.Conv2DTranspose(3, (3, 4), strides=(2, 3), padding="same", activation="gelu"),
    "transposed_wide": lambda: L.Conv2DTranspose(3, 2, strides=2, output_padding=1),
    "dense": lambda: L.Dense(5, activation="softmax"),
}


def pictures(model: keras.Model, count: int = 2) -> Array:
    shape = [side or 12 + place for place, side in enumerate(model.input_shape[1:])]
    shape = shape if len(shape) == 3 else [*shape, 1]
    return np.random.default_rng(1).random((count, *shape), dtype=np.float32)


def one_layer(kind: str) -> keras.Model:
    return varied(sequential(L.Rescaling(2.0, offset=-0.7), L.Conv2D(4, 1, name="before"), named(kind), shape=(9, 11, 3)))


def named(kind: str) -> keras.Layer:
    layer = CONVOLUTIONS[kind]()
    layer.name = "asked"
    return layer


def linear(layer: keras.Layer) -> Any:
    """The same layer without its activation function, with the same weights."""
    twin = type(layer).from_config({**layer.get_config(), "activation": None, "name": "twin"})
    twin.build(layer.input.shape)
    twin.set_weights(layer.get_weights())
    return twin
