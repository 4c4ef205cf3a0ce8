"""Which slip of the mind gives a wrong prediction: the rule with one part forgotten, and what it would have said."""

from collections.abc import Iterator
from math import ceil

import numpy as np
from numpy.typing import ArrayLike

from models.ops.softmax import softmax
from models.ops.window import output_size, padding_amounts


def size_slip(guess: int, size: int, kernel: int, dilation: int, stride: int, padding: str | int) -> str | None:
    """The likely slip behind a wrong output size of one side: a code, or None when `guess` is right.

    "other" when no single slip gives `guess`. All numbers are in pixels of that side; `padding` as in `ConvSpec`.
    """
    span = (kernel - 1) * dilation + 1
    if guess == output_size(size, span, stride, padding):
        return None
    return next((code for code, wrong in _wrong_sizes(size, kernel, span, stride, padding) if wrong == guess), "other")


def _wrong_sizes(size: int, kernel: int, span: int, stride: int, padding: str | int) -> Iterator[tuple[str, float]]:
    start, end = padding_amounts(size, span, stride, padding)
    room = size + start + end - span
    yield "one_side", (room - end) // stride + 1
    yield "padding", (size - span) // stride + 1
    yield "stride", room + 1
    yield "floor", ceil(room / stride) + 1
    yield "plus_one", room // stride
    yield "dilation", (size + start + end - kernel) // stride + 1
    yield "kernel", ceil(size / stride)
    yield "stride_plus_one", room


def parameter_slip(guess: int, kernel_height: int, kernel_width: int, channels: int, filters: int) -> str | None:
    """The likely slip behind a wrong parameter count: a code, or None when `guess` is right, "other" when none gives it."""
    window = kernel_height * kernel_width
    wrong = {
        "bias": window * channels * filters,
        "channels": (window + 1) * filters,
        "channels_and_bias": window * filters,
        "filters": window * channels + 1,
        "one_bias": window * channels * filters + 1,
    }
    if guess == (window * channels + 1) * filters:
        return None
    return next((code for code, count in wrong.items() if count == guess), "other")


def softmax_slip(guess: int, logits: ArrayLike, temperature: float) -> str | None:
    """The likely slip behind a wrong probability of the first class, in percent: a code, or None within one percent."""
    values = np.asarray(logits, dtype=np.float64)
    if abs(guess - 100 * float(softmax(values, temperature)[0])) <= 1:
        return None
    total = float(values.sum())
    wrong = {
        "softmax_share": 100 * float(values[0]) / total if total else -np.inf,
        "softmax_temperature": 100 * float(softmax(values)[0]),
        "softmax_times": 100 * float(softmax(values * temperature)[0]),
        "softmax_uniform": 100 / len(values),
    }
    return next((code for code, percent in wrong.items() if abs(guess - percent) <= 1), "softmax_other")
