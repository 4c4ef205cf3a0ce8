"""Shapes, parameters and weights of our formulas against Keras' own."""

from typing import Any

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.rows import LayerRow, leaves
from models.network.shapes import walk
from models.specs.network import NetworkSpec
from tests.models.network.random_networks import networks

COUNT = 300


def numbers(row: LayerRow) -> list[tuple[int, ...]]:
    return sorted(term.shape for term in row.parameter_terms)


def check(spec: NetworkSpec) -> None:
    rows = walk(spec)
    model = build(spec, seed=1)
    assert model.count_params() == sum(row.parameters for row in rows)
    assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == sum(row.trainable for row in rows)
    expected = rows[-1].output_shape if rows else (None, *spec.input_shape)
    assert model.output_shape == expected
    for row in leaves(rows):
        layer: Any = model.get_layer(row.name)
        assert tuple(layer.compute_output_shape(row.input_shape)) == row.output_shape, row
        assert sorted(tuple(weight.shape) for weight in layer.weights if "seed" not in weight.path) == numbers(row), row
    picture = np.zeros((1, *spec.input_shape), np.float32)
    if sum(row.multiplications for row in rows) < 3_000_000:
        assert model(picture).shape[1:] == expected[1:]


@pytest.mark.parametrize("part", range(6))
def test_random_networks_are_as_keras_says(part: int) -> None:
    for spec in networks(COUNT // 6, seed=part):
        check(spec)
    keras.backend.clear_session()
