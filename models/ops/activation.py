"""Activation functions and their derivatives, number by number, on float32 arrays of any shape.

The formulas and their constants are those of `keras.activations` 3 with its default arguments. None of them overflows.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Array
from models.ops.softmax import cross_entropy, softmax, softmax_terms

__all__ = ["ACTIVATIONS", "DERIVATIVES", "LEAKY_SLOPE", "cross_entropy", "softmax", "softmax_terms"]

LEAKY_SLOPE = 0.2
"""What leaky ReLU keeps of a negative number; the default of `keras.activations.leaky_relu`."""

BELL_EDGE = 16.0
"""Beyond this the normal distribution is 0 or 1 in float32; squaring larger numbers would overflow for nothing."""

ERF_SCALE = 0.3275911
ERF_COEFFICIENTS = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0.0)
"""M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions" (1964), 7.1.26: the error function within 1.5e-7."""


def _float32(array: ArrayLike) -> Array:
    return np.asarray(array, dtype=np.float32)


def _normal_share(array: Array) -> Array:
    """Share of the standard normal distribution below each number: (1 + erf(x / sqrt 2)) / 2."""
    distance = np.minimum(np.abs(array), BELL_EDGE) / np.sqrt(2.0, dtype=np.float64)
    nearness = 1.0 / (1.0 + ERF_SCALE * distance)
    tail = 0.5 * np.polyval(ERF_COEFFICIENTS, nearness) * np.exp(-distance * distance)
    return _float32(np.where(array > 0, 1.0 - tail, tail))


def _normal_density(array: Array) -> Array:
    distance = np.minimum(np.abs(array), BELL_EDGE)
    return _float32(np.exp(-0.5 * distance * distance) / np.sqrt(2.0 * np.pi))


def linear(array: ArrayLike) -> Array:
    """The number itself: what a layer without an activation does."""
    return _float32(array).copy()


def relu(array: ArrayLike) -> Array:
    """max(x, 0)."""
    return np.maximum(_float32(array), np.float32(0.0))


def leaky_relu(array: ArrayLike) -> Array:
    """The number itself above 0, `LEAKY_SLOPE` of it below."""
    values = _float32(array)
    return _float32(np.maximum(values, np.float32(LEAKY_SLOPE) * values))


def elu(array: ArrayLike) -> Array:
    """The number itself above 0, exp(x) - 1 below; never under -1."""
    values = _float32(array)
    return np.where(values > 0, values, np.expm1(np.minimum(values, np.float32(0.0))))


def gelu(array: ArrayLike) -> Array:
    """Each number x times the share of the normal distribution below x (not the tanh approximation)."""
    values = _float32(array)
    return values * _normal_share(values)


def silu(array: ArrayLike) -> Array:
    """Each number x times sigmoid(x); also called swish."""
    values = _float32(array)
    return values * sigmoid(values)


def sigmoid(array: ArrayLike) -> Array:
    """1 / (1 + exp(-x)), 0 to 1."""
    values = _float32(array)
    # exp only ever sees numbers up to 0: both forms of the formula are needed, one for each sign.
    small = np.exp(-np.abs(values))
    return _float32(np.where(values >= 0, np.float32(1.0), small) / (1 + small))


def tanh(array: ArrayLike) -> Array:
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x)), -1 to 1."""
    return np.tanh(_float32(array))


def _linear_derivative(array: ArrayLike) -> Array:
    return np.ones_like(_float32(array))


def _relu_derivative(array: ArrayLike) -> Array:
    return _float32(_float32(array) > 0)


def _leaky_relu_derivative(array: ArrayLike) -> Array:
    return _float32(np.where(_float32(array) > 0, 1.0, LEAKY_SLOPE))


def _elu_derivative(array: ArrayLike) -> Array:
    return np.exp(np.minimum(_float32(array), np.float32(0.0)))


def _gelu_derivative(array: ArrayLike) -> Array:
    values = _float32(array)
    return _normal_share(values) + values * _normal_density(values)


def _silu_derivative(array: ArrayLike) -> Array:
    values = _float32(array)
    return sigmoid(values) + values * _sigmoid_derivative(values)


def _sigmoid_derivative(array: ArrayLike) -> Array:
    values = _float32(array)
    return sigmoid(values) * sigmoid(-values)


def _tanh_derivative(array: ArrayLike) -> Array:
    return 1 - np.square(tanh(array))


ACTIVATIONS: dict[str, Callable[[ArrayLike], Array]] = {
    "linear": linear,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "gelu": gelu,
    "silu": silu,
    "sigmoid": sigmoid,
    "tanh": tanh,
}
"""Name, as Keras spells it -> the function: array of any shape -> new float32 array of the same shape."""

DERIVATIVES: dict[str, Callable[[ArrayLike], Array]] = {
    "linear": _linear_derivative,
    "relu": _relu_derivative,
    "leaky_relu": _leaky_relu_derivative,
    "elu": _elu_derivative,
    "gelu": _gelu_derivative,
    "silu": _silu_derivative,
    "sigmoid": _sigmoid_derivative,
    "tanh": _tanh_derivative,
}
"""Name -> slope of the function at each number. At the kink at 0 that of the negative side, as TensorFlow: ReLU has 0."""
