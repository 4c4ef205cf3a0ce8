"""Kernels with a name, by hand and by what they promise at any size; the filters that are made of one."""

import numpy as np
import pytest

from models.arrays import Array
from models.errors import LearnerError
from models.images.kernels import KERNELS, SMALLEST, filters, resized, slices, turned
from models.specs.operations import FilterSpec

SIZES = range(1, 12)
FLAT_TO_ZERO = {"sobel_vertical", "sobel_horizontal", "laplacian", "diagonal"}
FLAT_STAYS = {"sharpen", "box_blur", "gaussian_blur", "identity"}


def plane(name: str, size: int) -> Array:
    return slices(name, size)[..., 0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("identity", [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        ("sobel_vertical", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        ("sobel_horizontal", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        ("laplacian", [[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
        ("sharpen", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        ("emboss", [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
        ("diagonal", [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]]),
        ("all_ones", [[1, 1, 1]] * 3),
    ],
)
def test_by_hand(name: str, expected: list[list[float]]) -> None:
    assert plane(name, 3).tolist() == expected


def test_blurs_by_hand() -> None:
    assert np.allclose(plane("box_blur", 3), 1 / 9)
    assert (plane("gaussian_blur", 3) * 16).tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("size", SIZES)
def test_every_kernel_at_every_size(name: str, size: int) -> None:
    if size < SMALLEST.get(name, 1):
        with pytest.raises(LearnerError) as caught:
            slices(name, size)
        assert (caught.value.code, caught.value.values["smallest"]) == ("kernel_too_small", SMALLEST[name])
        return
    made = slices(name, size)
    assert made.shape == (size, size, 1)
    assert made.dtype == np.float32
    assert np.isfinite(made).all()
    assert made.any()
    if name in FLAT_TO_ZERO:
        assert made.sum() == pytest.approx(0, abs=1e-3)
    if name in FLAT_STAYS:
        assert made.sum() == pytest.approx(1, abs=1e-5)


def test_typed_numbers_bring_their_own_size() -> None:
    assert slices("1 2; 3 4; 5 6", 3)[..., 0].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert slices("1 | 2 | 3", 3).tolist() == [[[1, 2, 3]]]


@pytest.mark.parametrize(
    ("text", "code"), [("wild", "unknown_kernel"), ("", "unknown_kernel"), ("1 2; 3", "numbers_ragged_rows")]
)
def test_text_that_is_no_kernel(text: str, code: str) -> None:
    with pytest.raises(LearnerError) as caught:
        slices(text, 3)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (3, [[0, 0, 0], [1, 2, 3], [0, 0, 0]]),
        (1, [[2]]),
        (2, [[2, 3], [0, 0]]),
        (5, [[0] * 5, [0] * 5, [0, 1, 2, 3, 0], [0] * 5, [0] * 5]),
    ],
)
def test_a_row_is_cut_or_surrounded(size: int, expected: list[list[float]]) -> None:
    assert resized(slices("1 2 3", 3), size)[..., 0].tolist() == expected


def test_turning_by_hand() -> None:
    numbers = slices("1 2 3; 4 5 6; 7 8 9", 3)
    assert turned(numbers, 0.25)[..., 0].tolist() == [[7, 4, 1], [8, 5, 2], [9, 6, 3]]
    assert turned(numbers, 0.125)[..., 0].tolist() == [[4, 1, 2], [7, 5, 3], [8, 9, 6]]
    assert np.array_equal(turned(numbers, 0), numbers)


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 4, 1), (5, 2, 3), (6, 6, 1), (11, 11, 3)])
@pytest.mark.parametrize("turn", [0.1, 0.25, 1 / 3, 0.75])
def test_turning_keeps_the_sum(shape: tuple[int, int, int], turn: float) -> None:
    numbers = np.random.default_rng(1).uniform(-1, 1, shape).astype(np.float32)
    assert turned(numbers, turn).shape == shape
    assert np.allclose(turned(numbers, turn).sum(axis=(0, 1)), numbers.sum(axis=(0, 1)), atol=1e-5)


def test_four_filters_are_quarter_turns() -> None:
    made = filters(slices("sobel_vertical", 3), FilterSpec(filters=4), 3)
    assert made.shape == (3, 3, 3, 4)
    for number in range(4):
        assert np.array_equal(made[..., 1, number], np.rot90(made[..., 0, 0], -number))


def test_constants_stand_side_by_side() -> None:
    made = filters(slices("identity", 2), FilterSpec(filters=5, arrangement="constants"), 1)
    assert made[1, 0, 0].tolist() == [1, 10, -1, 1, 10]
    assert (made == made[:1, :1]).all()


def test_random_filters_come_from_the_seed_as_keras_draws_them() -> None:
    first, same, other = (
        filters(slices("identity", 5), FilterSpec(filters=16, arrangement="random", seed=seed), 3) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)
    limit = (6 / (25 * 3 + 25 * 16)) ** 0.5
    assert 0.95 * limit < np.abs(first).max() <= limit


def test_slices_must_be_the_channels() -> None:
    assert filters(slices("1 | 2 | 3", 1), FilterSpec(filters=1), 3)[0, 0, :, 0].tolist() == [1, 2, 3]
    with pytest.raises(LearnerError) as caught:
        filters(slices("1 | 2 | 3", 1), FilterSpec(filters=1), 1)
    assert caught.value.values == {"slices": 3, "channels": 1}
