"""Softmax as it is written in books, which overflows; beside it stands the safe form of `models.ops.softmax`."""

import numpy as np
from numpy.typing import ArrayLike

from models.ops.softmax import SoftmaxTerms


def naive_terms(logits: ArrayLike, temperature: float = 1.0) -> SoftmaxTerms:
    """Every step of softmax without taking the largest logit off first, in float32 as a network computes.

    Above a logit of 88.7 the exponential is infinite, and infinity divided by infinity is no number.

    Raises:
        ValueError: when the temperature is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"temperature: expected a number above 0; received {temperature}")
    scaled = (np.asarray(logits, dtype=np.float64) / temperature).astype(np.float32)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        exponentials = np.exp(scaled)
        total = exponentials.sum(axis=-1, keepdims=True)
        probabilities = exponentials / total
    return SoftmaxTerms(np.zeros_like(total), exponentials, total, probabilities)
