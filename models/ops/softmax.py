"""From logits to probabilities, with every term on the way.

Source: C. Bishop, "Pattern Recognition and Machine Learning" (2006), 4.3.4; the loss as `keras.losses`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Array

SMALLEST_PROBABILITY = 1e-7
"""What Keras takes in place of a probability of 0, so that the loss stays finite (`keras.config.epsilon()`)."""


@dataclass(frozen=True, eq=False)
class SoftmaxTerms:
    """The steps of one softmax over the last axis.

    Attributes:
        shift: the largest logit / temperature, (..., 1); taken off every logit so that no exponential exceeds 1.
        exponentials: exp(logit / temperature - shift), shaped as the logits, 0 to 1.
        total: sum of the exponentials, (..., 1), from 1 to the number of classes.
        probabilities: exponentials / total, shaped as the logits; they add up to 1.
    """

    shift: Array
    exponentials: Array
    total: Array
    probabilities: Array


def softmax_terms(logits: ArrayLike, temperature: float = 1.0) -> SoftmaxTerms:
    """Every step of softmax(logits / temperature) over the last axis, safe from overflow.

    Args:
        logits: (..., classes), any finite numbers.
        temperature: above 0; above 1 the probabilities draw together, below 1 apart.

    Raises:
        ValueError: when the temperature is not above 0 or there are no classes.
    """
    if not temperature > 0:
        raise ValueError(f"temperature: expected a number above 0; received {temperature}")
    # In double precision: a low temperature magnifies the rounding of large logits.
    scaled = np.asarray(logits, dtype=np.float64) / temperature
    if scaled.ndim == 0 or scaled.shape[-1] == 0:
        raise ValueError(f"logits: expected axes (..., classes), not empty; received shape {scaled.shape}")
    shift = scaled.max(axis=-1, keepdims=True)
    exponentials = np.exp(scaled - shift)
    total = exponentials.sum(axis=-1, keepdims=True)
    single = (np.asarray(step, dtype=np.float32) for step in (shift, exponentials, total, exponentials / total))
    return SoftmaxTerms(*single)


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Probabilities over the last axis, as `keras.activations.softmax(logits / temperature)`; see `softmax_terms`."""
    return softmax_terms(logits, temperature).probabilities


def cross_entropy(probabilities: ArrayLike, true_class: int) -> float:
    """What a prediction costs: -ln(probability of the true class), 0 to 16.1.

    Args:
        probabilities: (classes,), 0 to 1.
        true_class: index of the right one, from 0.

    Raises:
        ValueError: when `true_class` is no index of `probabilities`.
    """
    values: Sequence[float] = np.asarray(probabilities, dtype=np.float64).ravel().tolist()
    if not 0 <= true_class < len(values):
        raise ValueError(f"true_class: expected 0 to {len(values) - 1}; received {true_class}")
    # Subtracting from 0 gives a certain and right prediction the cost 0, not -0.
    return 0.0 - float(np.log(max(values[true_class], SMALLEST_PROBABILITY)))
