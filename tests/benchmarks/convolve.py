"""How long `convolve` takes beside `tf.nn.conv2d`: `python -m tests.benchmarks.convolve`.

Both are fed with NumPy arrays and answer with NumPy arrays, in one process. They take turns: a few calls of the one, a few of
the other, many rounds, so that whatever else the machine does meets both. The first calls of a turn do not count: the threads
of the one before may still spin. `ratio` is that of the medians; below 1 `convolve` is the faster one.
"""

import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import tensorflow as tf

from models.arrays import Array
from models.ops.conv import convolve
from models.specs.operations import ConvSpec

ROUNDS = 15
CALLS = 8
UNCOUNTED = 3
PAUSE = 0.01

Case = tuple[int, int, int, int, int]
"""Side of the picture, channels, filters, kernel size, stride."""

CASES: list[Case] = [
    *((512, 3, 8, kernel_size, stride) for kernel_size, stride in product((3, 7, 11), (1, 2))),
    *((256, 3, 8, kernel_size, stride) for kernel_size, stride in product((3, 5, 11), (1, 2))),
    (256, 3, 16, 3, 1),
    (256, 3, 1, 3, 1),
    (28, 1, 8, 3, 1),
]


def contenders(case: Case) -> Iterator[Callable[[], Any]]:
    side, channels, filters, kernel_size, stride = case
    generator = np.random.default_rng(0)
    image: Array = generator.random((side, side, channels), dtype=np.float32)
    kernel: Array = generator.normal(size=(kernel_size, kernel_size, channels, filters)).astype(np.float32)
    spec = ConvSpec(kernel_size, stride)
    yield lambda: convolve(image, kernel, spec)
    yield lambda: tf.nn.conv2d(image[np.newaxis], kernel, stride, "VALID").numpy()[0]


def turn(function: Callable[[], Any]) -> list[float]:
    """Milliseconds of every counted call."""
    time.sleep(PAUSE)
    for _ in range(UNCOUNTED):
        function()
    times = []
    for _ in range(CALLS):
        start = time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1000)
    return times


def measure(case: Case) -> tuple[list[float], list[float], float]:
    """Milliseconds of `convolve` and of TensorFlow, and the largest difference of their results."""
    ours, theirs = contenders(case)
    difference = float(np.abs(ours() - theirs()).max())
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        times[0].extend(turn(ours))
        times[1].extend(turn(theirs))
    return *times, difference


def main() -> None:
    print("milliseconds           |   convolve     |  tf.nn.conv2d  |")
    print("picture     kernel     |  median    p95 |  median    p95 |  ratio  difference")
    for case in CASES:
        side, channels, filters, kernel_size, stride = case
        ours, theirs, difference = measure(case)
        numbers = [np.percentile(times, share) for times in (ours, theirs) for share in (50, 95)]
        print(
            f"{f'{side}x{side}x{channels}':10}  {f'{kernel_size}x{kernel_size}x{filters}/{stride}':10} |"
            f" {numbers[0]:7.2f} {numbers[1]:6.2f} | {numbers[2]:7.2f} {numbers[3]:6.2f} |"
            f" {numbers[0] / numbers[2]:6.2f}  {difference:.0e}"
        )


if __name__ == "__main__":
    main()
