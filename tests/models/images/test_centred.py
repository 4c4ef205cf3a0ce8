"""A digit, drawn or photographed, comes into the middle as MNIST's digits stand."""

import numpy as np
import pytest

from models.arrays import Array
from models.images import SAMPLES
from models.images.centred import SHARE, centred, scaled


def ink(shape: tuple[int, int], rows: slice, columns: slice) -> Array:
    image = np.zeros((*shape, 1), np.float32)
    image[rows, columns] = 1
    return image


def middle(image: Array) -> tuple[float, float]:
    rows, columns = np.indices(image.shape[:2])
    mass = image[..., 0] / image.sum()
    return float((rows * mass).sum()), float((columns * mass).sum())


def sides(image: Array) -> tuple[int, int]:
    marked = image[..., 0] > 0.5
    return int(marked.any(axis=1).sum()), int(marked.any(axis=0).sum())


@pytest.mark.parametrize("place", [(slice(1, 15), slice(2, 9)), (slice(13, 27), slice(20, 27)), (slice(0, 14), slice(0, 7))])
def test_a_digit_in_a_corner_comes_into_the_middle_and_grows(place: tuple[slice, slice]) -> None:
    found = centred(ink((28, 28), *place), 28, 28)
    assert found is not None
    assert found.shape == (28, 28, 1)
    assert middle(found) == pytest.approx((13.5, 13.5), abs=0.6)
    assert max(sides(found)) == pytest.approx(SHARE * 28, abs=1.5)
    assert (found.min(), found.max()) == (0, 1)


def test_a_large_picture_of_another_shape_shrinks() -> None:
    found = centred(ink((301, 467), slice(40, 160), slice(300, 380)), 28, 28)
    assert found is not None
    assert middle(found) == pytest.approx((13.5, 13.5), abs=0.6)
    assert sides(found) == pytest.approx((20, 13), abs=1)


def test_a_digit_that_stands_right_is_left_alone() -> None:
    for name in ("digit_3", "digit_6", "digit_7"):
        image = SAMPLES[name].make()
        assert centred(image, 28, 28) is image


def test_shades_and_grain_of_paper_are_no_ink() -> None:
    paper = 0.2 + np.linspace(0, 0.15, 320, dtype=np.float32)[None, :, None]
    grain = np.random.default_rng(0).normal(0, 0.01, (240, 320, 1)).astype(np.float32)
    photo = np.maximum(paper + grain, ink((240, 320), slice(100, 200), slice(150, 170)) * 0.9)
    found = centred(photo, 28, 28)
    assert found is not None
    assert sides(found) == pytest.approx((20, 4), abs=1)
    assert found[:3].max() < 0.2


def test_the_first_dot_of_a_drawing_does_not_fill_the_picture() -> None:
    found = centred(ink((28, 28), slice(3, 5), slice(3, 5)), 28, 28)
    assert found is not None
    assert max(sides(found)) <= 5


@pytest.mark.parametrize(
    "image", [np.zeros((28, 28, 1), np.float32), np.full((9, 7, 1), 0.4, np.float32), SAMPLES["checkerboard"].make()]
)
def test_what_is_no_digit_on_paper_is_not_touched(image: Array) -> None:
    assert centred(image, 28, 28) is None


def test_scaling_takes_means_and_repeats_pixels() -> None:
    image = np.arange(8, dtype=np.float32).reshape(2, 4, 1)
    assert scaled(image, 1, 2)[..., 0].tolist() == [[2.5, 4.5]]
    assert scaled(image, 2, 8)[0, :, 0].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
