"""The Keras model of a network. Imports Keras."""

from collections.abc import Iterable
from typing import Any

import keras

from models.network.keras_calls import call_of
from models.network.rows import LayerRow
from models.network.seeds import number_of
from models.network.shapes import walk
from models.specs.network import NetworkSpec, ResidualLayer


def build(spec: NetworkSpec, seed: int) -> keras.Model:
    """The untrained model of `spec`, a functional one: (pictures, height, width, channels) in, float32.

    Every layer is called as its row in `walk` ("conv_1", "conv_3_2" within block 3, "residual_3_add"). Every initializer
    and every dropout has a seed of its own, made of `seed` and the layer's name: the same seed gives bit-equal weights,
    whatever else the process does, and the process's own seed stays as it was.

    Raises:
        LearnerError: as `walk`, before Keras allocates anything.
    """
    rows = walk(spec)
    inputs = keras.Input(spec.input_shape, name="picture")
    return keras.Model(inputs, connect(rows, inputs, seed), name="network")


def connect(rows: Iterable[LayerRow], x: Any, seed: int) -> Any:
    """`x` through all of `rows` that are switched on."""
    for row in rows:
        if row.layer.on:
            x = residual(row, x, seed) if isinstance(row.layer, ResidualLayer) else keras_layer(row, seed)(x)
    return x


def residual(row: LayerRow, x: Any, seed: int) -> Any:
    """`x` through a residual block."""
    shortcut = keras_layer(row.projection, seed)(x) if row.projection else x
    total = keras.layers.Add(name=f"{row.name}_add")([connect(row.inner, x, seed), shortcut])
    return connect([row.closing], total, seed) if row.closing else total


def keras_layer(row: LayerRow, seed: int) -> keras.Layer:
    """The Keras layer of one row."""
    call = call_of(row.layer)
    given = {name: value for name, value in call.named.items() if value is not None}
    named = {name: argument(name, value, f"{seed}/{row.name}/{name}") for name, value in given.items()}
    if call.layer == "Dropout":
        named["seed"] = number_of(f"{seed}/{row.name}")
    return getattr(keras.layers, call.layer)(*call.first, **named, name=row.name)


def argument(name: str, value: Any, text: str) -> Any:
    """One named argument of a `Call` as Keras takes it; `text` makes its seed."""
    if name.endswith("_initializer"):
        # Made by its class: Keras draws a seed from the process's generator when it makes one by name.
        drawn = getattr(keras.initializers, value.title().replace("_", ""))
        return drawn() if value == "zeros" else drawn(seed=number_of(text))
    if name.endswith("_regularizer"):
        return keras.regularizers.L2(value) if value else None
    return value
