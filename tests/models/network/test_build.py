"""The Keras model: its seeds, its weights, its layers; and that nothing else feels it."""

import random
import subprocess
import sys

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network import LAYERS, PRESETS
from models.network.build import build
from models.network.notation import parse
from models.network.rows import leaves
from models.network.shapes import walk
from models.specs.layers import INITIALIZERS
from tests.models.network.random_networks import EVERY_KIND


@pytest.fixture
def batch() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(0).random((4, 15, 17, 3), dtype=np.float32)


def test_the_network_of_these_tests_has_every_kind() -> None:
    assert {name for name in LAYERS if name not in EVERY_KIND} == {"global_pool"}


def test_the_same_seed_gives_bit_equal_weights_whatever_went_before() -> None:
    spec = parse(EVERY_KIND, "15x17x3")
    one = build(spec, seed=3).get_weights()
    keras.utils.set_random_seed(99)
    keras.layers.Dense(3)(np.zeros((1, 2), np.float32))
    other = build(spec, seed=3).get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    third = build(spec, seed=4).get_weights()
    assert not all(np.array_equal(a, b) for a, b in zip(one, third, strict=True))


def test_layers_of_the_same_shape_are_drawn_apart() -> None:
    model = build(parse("conv 4 same | conv 4 same", "9x8x4"), seed=0)
    assert not np.array_equal(model.layers[1].kernel, model.layers[2].kernel)


def test_the_process_s_seeds_stay_as_they_were() -> None:
    keras.utils.set_random_seed(5)
    expected = (random.random(), float(np.random.random()), np.asarray(keras.random.normal((2,))).tolist())
    keras.utils.set_random_seed(5)
    build(parse(EVERY_KIND, "15x17x3"), seed=1)
    assert (random.random(), float(np.random.random()), np.asarray(keras.random.normal((2,))).tolist()) == expected


def test_dropout_is_seeded_too(batch: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    spec = parse("dropout 0.5", "15x17x3")
    one, other = (np.asarray(build(spec, seed=2)(batch, training=True)) for _ in range(2))
    assert np.array_equal(one, other)


def test_every_hyperparameter_reaches_keras() -> None:
    model = build(parse(EVERY_KIND, "15x17x3"), seed=0)
    assert model.get_layer("conv_2").kernel_size == (3, 5)
    assert model.get_layer("conv_2").padding == "same"
    assert model.get_layer("batch_norm_3").momentum == 0.9
    assert model.get_layer("batch_norm_3").epsilon == 0.01
    assert type(model.get_layer("conv_4_1").kernel_initializer).__name__ == "HeNormal"
    assert model.get_layer("separable_5_1").depth_multiplier == 2
    assert float(model.get_layer("separable_5_1").pointwise_regularizer.l2) == pytest.approx(0.01)
    assert model.get_layer("residual_5_projection").strides == (2, 2)
    assert model.get_layer("residual_5_activation").activation is keras.activations.silu
    assert model.get_layer("pool_9").strides == (2, 2)
    assert not model.get_layer("dense_12").use_bias


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_initializers(initializer: str) -> None:
    model = build(parse(f"conv 4 {initializer}", "9x8x4"), seed=0)
    drawn = model.layers[1].kernel_initializer
    assert keras.initializers.get(initializer).__class__ is drawn.__class__
    assert (np.asarray(model.layers[1].kernel) != 0).any() == (initializer != "zeros")


def test_layers_are_called_as_their_rows() -> None:
    spec = parse(EVERY_KIND, "15x17x3")
    names = {layer.name for layer in build(spec, seed=0).layers}
    assert {row.name for row in leaves(walk(spec))} | {"picture", "residual_4_add", "residual_5_add"} == names


def test_what_cannot_work_is_refused_before_keras_sees_it() -> None:
    with pytest.raises(LearnerError, match="layer_window_too_large"):
        build(parse("pool 9", "5x5x1"), seed=0)


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "vgg16"])
def test_presets_as_keras_counts_them(name: str) -> None:
    spec = parse(PRESETS[name].layers, PRESETS[name].input)
    model = build(spec, seed=0)
    assert model.count_params() == sum(row.parameters for row in walk(spec))
    assert model.output_shape == walk(spec)[-1].output_shape


def test_only_build_imports_keras() -> None:
    files = "notation, shapes, rows, mends, remarks, edits, code, keras_calls"
    program = f"import sys; from models.network import {files}; sys.exit('keras' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
