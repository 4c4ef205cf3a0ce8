"""How often a picture's pixels are used by a sliding window."""

import numpy as np

from models.arrays import Array
from models.ops.window import output_size, padding_amounts
from models.specs.operations import ConvSpec


def coverage(height: int, width: int, spec: ConvSpec) -> Array:
    """In how many windows each pixel of a picture takes part.

    Returns:
        (height, width), float32, whole numbers from 0 up.

    Raises:
        LearnerError: `window_does_not_fit`.
    """
    sides = zip((height, width), spec.kernel_shape, spec.spans, strict=True)
    rows, columns = (_side(size, taps, span, spec) for size, taps, span in sides)
    return np.outer(rows, columns).astype(np.float32)


def _side(size: int, taps: int, span: int, spec: ConvSpec) -> Array:
    start, end = padding_amounts(size, span, spec.stride, spec.padding)
    used = np.zeros(start + size + end, dtype=np.float32)
    windows = np.arange(output_size(size, span, spec.stride, spec.padding)) * spec.stride
    for tap in range(taps):
        used[windows + tap * spec.dilation] += 1
    return used[start : start + size]
