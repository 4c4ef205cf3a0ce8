"""How often each pixel is used: written out by hand, and counted window by window."""

from itertools import product

import numpy as np
import pytest

from models.arrays import Array
from models.errors import LearnerError
from models.ops.coverage import coverage
from models.ops.window import output_size, padding_amounts
from models.specs.operations import ConvSpec

KERNELS: tuple[int | tuple[int, int], ...] = (1, 2, (3, 2), 4)
PADDINGS: tuple[str | int, ...] = ("valid", "same", 0, 2)
SPECS = [
    ConvSpec(kernel, stride, padding, dilation)
    for kernel, stride, padding, dilation in product(KERNELS, (1, 2, 3), PADDINGS, (1, 2))
]


def counted(height: int, width: int, spec: ConvSpec) -> Array:
    """Every window, one by one; each of its cells that lies on the picture counts."""
    counts = np.zeros((height, width), dtype=np.float32)
    top, left = (
        padding_amounts(n, span, spec.stride, spec.padding)[0] for n, span in zip((height, width), spec.spans, strict=True)
    )
    rows, columns = (
        output_size(n, span, spec.stride, spec.padding) for n, span in zip((height, width), spec.spans, strict=True)
    )
    for i, j, k, m in product(range(rows), range(columns), *map(range, spec.kernel_shape)):
        row, column = i * spec.stride + k * spec.dilation - top, j * spec.stride + m * spec.dilation - left
        if 0 <= row < height and 0 <= column < width:
            counts[row, column] += 1
    return counts


def test_by_hand() -> None:
    assert coverage(3, 5, ConvSpec(2)).tolist() == [[1, 2, 2, 2, 1], [2, 4, 4, 4, 2], [1, 2, 2, 2, 1]]
    assert coverage(3, 5, ConvSpec(3, padding="same")).tolist() == [[4, 6, 6, 6, 4], [6, 9, 9, 9, 6], [4, 6, 6, 6, 4]]
    assert coverage(4, 5, ConvSpec(2, stride=2)).tolist() == [[1, 1, 1, 1, 0]] * 4
    assert coverage(1, 5, ConvSpec((1, 2), dilation=3)).tolist() == [[1, 1, 0, 1, 1]]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_counted_window_by_window(spec: ConvSpec) -> None:
    assert np.array_equal(coverage(7, 10, spec), counted(7, 10, spec))


def test_no_window() -> None:
    with pytest.raises(LearnerError, match="window_does_not_fit"):
        coverage(3, 9, ConvSpec(5))
