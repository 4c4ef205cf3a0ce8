"""The receptive field against what a network really sees: the pixels that change one of its units."""

import numpy as np
import pytest
from numpy.typing import NDArray

from models.network.notation import parse
from models.network.rows import seen_by
from models.network.shapes import walk

SIDES = (40, 37)

NETWORKS = [
    "conv 1 k3x5",
    "conv 1 k3 s2 same | conv 1 k5x3 d2 same",
    "pool 3 s2 same average | conv 1 k2x4 | pool 2",
    "zero_padding 2 | conv 1 k3 s3 | depthwise k3",
    "conv 1 k3 | residual(conv 1 k3 same | conv 1 k5 s2 same) | conv 1 k3",
    "separable 1 k3 s2 | residual(residual(conv 1 k3 same) | conv 1 k3x7 same)",
    "transposed 1 k3 s2 | conv 1 k2",
    "pool 2 | transposed 1 k4 s2 same | conv 1 k3 same",
    "pool 3 | transposed 1 k5x4 s3 same | pool 2",
    "conv 1 k3 off | conv 1 k3 | activation relu | dropout 0.3",
]


def positive(layers: str) -> NDArray[np.float32]:
    """Which pixel changes which unit, by adding 1 to every pixel in turn: (rows, columns, height, width), True or False."""
    from models.network.build import build

    model = build(parse(layers, f"{SIDES[0]}x{SIDES[1]}x1"), seed=0)
    for weight in model.trainable_weights:
        weight.assign(np.ones(weight.shape) if "kernel" in weight.name else np.zeros(weight.shape))
    pictures = np.eye(SIDES[0] * SIDES[1], dtype=np.float32).reshape(-1, *SIDES, 1)
    out = np.asarray(model(pictures))[..., 0]
    return np.asarray(out != 0).transpose(1, 2, 0).reshape(*out.shape[1:], *SIDES)


@pytest.mark.parametrize("layers", NETWORKS)
def test_a_unit_sees_exactly_the_pixels_that_change_it(layers: str) -> None:
    changed = positive(layers)
    rows = walk(parse(layers, f"{SIDES[0]}x{SIDES[1]}x1"))
    for row, col in np.ndindex(*changed.shape[:2]):
        box = seen_by(rows, (row, col))
        assert box
        found = [np.flatnonzero(changed[row, col].any(axis=1 - axis)) for axis in (0, 1)]
        for (first, last), pixels, side in zip(box, found, SIDES, strict=True):
            on_picture = (max(first, 0), min(last, side - 1))
            if "d2" in layers:
                assert on_picture[0] <= pixels[0] <= pixels[-1] <= on_picture[1]
            elif len(pixels):
                assert on_picture == (pixels[0], pixels[-1])


@pytest.mark.parametrize("layers", [layers for layers in NETWORKS if "transposed" not in layers])
def test_size_stride_and_start_agree_with_the_boxes(layers: str) -> None:
    rows = walk(parse(layers, f"{SIDES[0]}x{SIDES[1]}x1"))
    field = rows[-1].receptive_field
    height, width = rows[-1].output_shape[1:3]
    middle = ((height or 0) // 2, (width or 0) // 2)
    box = seen_by(rows, middle)
    assert box
    for axis in (0, 1):
        first = field.start[axis] + middle[axis] * field.stride[axis]
        assert box[axis] == (first, first + field.size[axis] - 1)


def test_by_hand() -> None:
    rows = walk(parse("conv 8 k3x5 | pool 2 | conv 8 k3 same | transposed 8 k4 s2 same | global_pool", "28x28x1"))
    assert [row.receptive_field.size for row in rows] == [(3, 5), (4, 6), (8, 10), (10, 12), (28, 28)]
    assert [row.receptive_field.stride for row in rows] == [(1, 1), (2, 2), (2, 2), (1, 1), (0, 0)]
    assert [row.receptive_field.start for row in rows[:3]] == [(0, 0), (0, 0), (-2, -2)]
    assert seen_by(rows, (0, 0)) is None


def test_a_fraction_of_a_pixel_after_a_transposed_convolution() -> None:
    field = walk(parse("transposed 1 k3 s2", "28x28x1"))[-1].receptive_field
    assert field.size == (2, 2)
    assert field.stride[0] * 2 == 1
