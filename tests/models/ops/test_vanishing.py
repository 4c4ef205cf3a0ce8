import numpy as np
import pytest

from models.ops.activation import ACTIVATIONS
from models.ops.vanishing import Passage, histogram, passage, sweep

VALUES = np.array([[-3, -1, 0, 2], [4, -2, 1, 3]], dtype=np.float32)[..., np.newaxis]


def test_relu_lets_positive_numbers_through() -> None:
    assert passage(VALUES, "relu") == Passage(zeros=0.5, flat=0.5, derivative=0.5)


def test_linear_lets_everything_through() -> None:
    assert passage(VALUES, "linear") == Passage(zeros=1 / 8, flat=0.0, derivative=1.0)


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_far_out_the_derivative_is_gone(name: str) -> None:
    near, far = passage(VALUES, name), passage(VALUES + np.float32(20), name)
    assert near.flat < far.flat == 1
    assert far.derivative < 1e-6 < near.derivative


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_sweep_is_the_passage_at_each_bias(name: str) -> None:
    biases = np.array([-5, 0, 0.5], dtype=np.float32)
    flat, derivative = sweep(VALUES, name, biases)
    expected = [passage(VALUES + bias, name) for bias in biases]
    np.testing.assert_allclose(flat, [part.flat for part in expected], atol=1e-6)
    np.testing.assert_allclose(derivative, [part.derivative for part in expected], atol=1e-6)


def test_a_histogram_counts_shares() -> None:
    assert histogram(VALUES, -3, 5, 4).tolist() == [0.25, 0.25, 0.25, 0.25]
    assert histogram(VALUES, 0, 1, 1).tolist() == [0.25]
