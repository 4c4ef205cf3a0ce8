import keras
import numpy as np
import pytest
import tensorflow as tf

from models.arrays import Array
from models.ops.activation import ACTIVATIONS, DERIVATIVES, LEAKY_SLOPE

NAMES = sorted(ACTIVATIONS)

RANGE = np.concatenate([np.linspace(-1000, 1000, 4001), np.linspace(-20, 20, 40001), [1e-30, -1e-30]]).astype(np.float32)

HAND = np.array([-2, -1, 0, 1, 2], dtype=np.float32)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("linear", [-2, -1, 0, 1, 2]),
        ("relu", [0, 0, 0, 1, 2]),
        ("leaky_relu", [-0.4, -0.2, 0, 1, 2]),
        ("elu", [-0.8646647, -0.6321206, 0, 1, 2]),
        ("gelu", [-0.0455003, -0.1586553, 0, 0.8413447, 1.9544997]),
        ("silu", [-0.2384058, -0.2689414, 0, 0.7310586, 1.7615942]),
        ("sigmoid", [0.1192029, 0.2689414, 0.5, 0.7310586, 0.8807971]),
        ("tanh", [-0.9640276, -0.7615942, 0, 0.7615942, 0.9640276]),
    ],
)
def test_by_hand(name: str, expected: list[float]) -> None:
    np.testing.assert_allclose(ACTIVATIONS[name](HAND), expected, atol=2e-7)


@pytest.mark.parametrize("name", NAMES)
def test_equals_keras(name: str) -> None:
    expected = np.asarray(keras.activations.get(name)(RANGE))
    np.testing.assert_allclose(ACTIVATIONS[name](RANGE), expected, atol=1e-6, rtol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_derivative_equals_the_gradient_of_keras(name: str) -> None:
    inputs = tf.constant(RANGE)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = keras.activations.get(name)(inputs)
    np.testing.assert_allclose(DERIVATIVES[name](RANGE), tape.gradient(outputs, inputs), atol=1e-6)


def test_every_function_has_a_derivative() -> None:
    assert list(ACTIVATIONS) == list(DERIVATIVES)


@pytest.mark.parametrize("table", [ACTIVATIONS, DERIVATIVES])
@pytest.mark.parametrize("name", NAMES)
def test_contract(name: str, table: dict[str, object]) -> None:
    function = table[name]
    assert callable(function)
    maps: Array = np.random.default_rng(1).normal(size=(5, 7, 3)).astype(np.float32)
    before = maps.copy()
    result = function(maps)
    assert result.shape == maps.shape
    assert result.dtype == np.float32
    assert not np.shares_memory(result, maps)
    np.testing.assert_array_equal(maps, before)
    extreme = np.array([-3e38, -1e20, 0, 1e20, 3e38], dtype=np.float32)
    assert np.isfinite(function(extreme)).all()


def test_the_slope_of_the_negative_side() -> None:
    negative = np.array([-5.0], dtype=np.float32)
    assert ACTIVATIONS["leaky_relu"](negative) == np.float32(-5 * LEAKY_SLOPE)
    assert [DERIVATIVES[name](np.zeros(1))[0] for name in ("relu", "leaky_relu")] == [0, np.float32(LEAKY_SLOPE)]


def test_small_probabilities_are_not_lost() -> None:
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"](np.array([-50.0])), np.exp(-50.0), rtol=1e-5)
