"""Other sizes, other numbers of channels: by hand, on pictures that are not square."""

import numpy as np
import pytest

from models.arrays import ImageArray
from models.images import SAMPLES
from models.images.transform import as_bytes, fitted, from_bytes, resize, to_colour, to_grey
from tests.models.images.pictures import colour, grey


def typed(rows: list[list[float]]) -> ImageArray:
    return np.array(rows, dtype=np.float32)[..., np.newaxis]


@pytest.mark.parametrize(
    ("shape", "long_side", "expected"),
    [((300, 451), 64, (43, 64)), ((7, 5), 14, (14, 10)), ((1, 5000), 8, (1, 8)), ((5000, 3), 8, (8, 1)), ((3, 3), 8, (8, 8))],
)
def test_the_shape_of_the_picture_is_kept(shape: tuple[int, int], long_side: int, expected: tuple[int, int]) -> None:
    assert fitted(shape, long_side) == expected
    for channels in (1, 3):
        image = resize(np.zeros((*shape, channels), dtype=np.float32), long_side)
        assert image.shape == (*expected, channels)
        assert image.dtype == np.float32


def test_shrinking_averages_areas() -> None:
    image = typed([[1, 3, 5, 7, 0, 9], [1, 3, 5, 7, 0, 9]])
    assert resize(image, 3)[..., 0].tolist() == [[2, 6, 4.5]]
    # Six columns on four: each new one covers one and a half old ones.
    np.testing.assert_allclose(resize(typed([[1, 3, 5, 7, 0, 9]] * 3), 4)[0, :, 0], [2.5 / 1.5, 6.5 / 1.5, 7 / 1.5, 9 / 1.5])


def test_enlarging_repeats_pixels() -> None:
    image = typed([[1, 2, 3], [4, 5, 6]])
    assert resize(image, 6)[..., 0].tolist() == [[1, 1, 2, 2, 3, 3]] * 2 + [[4, 4, 5, 5, 6, 6]] * 2
    assert resize(image, 4)[..., 0].tolist() == [[1, 2, 2, 3], [4, 5, 5, 6], [4, 5, 5, 6]]
    assert resize(typed([[7], [8]]), 3)[..., 0].tolist() == [[7, 7], [8, 8], [8, 8]]


@pytest.mark.parametrize("factor", [2, 3, 7, 11])
def test_enlarging_by_a_whole_factor_and_back_gives_the_same(factor: int) -> None:
    for image in (from_bytes(colour(13, 29)), SAMPLES["grid_5x7"].make()):
        large = resize(image, factor * image.shape[1])
        np.testing.assert_array_equal(large, image.repeat(factor, axis=0).repeat(factor, axis=1))
        np.testing.assert_allclose(resize(large, image.shape[1]), image, atol=1e-6)


def test_the_same_size_is_the_same_picture_but_not_the_same_memory() -> None:
    for image in (from_bytes(colour()), typed([[-3, 0.123], [7, 1000]])):
        again = resize(image, max(image.shape[:2]))
        np.testing.assert_array_equal(again, image)
        assert not np.shares_memory(again, image)


@pytest.mark.parametrize("long_side", [8, 31, 64, 100, 512])
def test_a_picture_of_bytes_stays_one_at_every_size(long_side: int) -> None:
    for name in ("cat", "coins", "digit_7"):
        small = resize(SAMPLES[name].make(), long_side)
        assert as_bytes(small) is not None
        assert as_bytes(to_grey(small)) is not None
    means = from_bytes(colour(40, 60)).reshape(20, 2, 30, 2, 3).mean(axis=(1, 3))
    assert np.abs(resize(from_bytes(colour(40, 60)), 30) - means).max() <= 0.5 / 255 + 1e-6


def test_other_numbers_are_never_rounded() -> None:
    assert resize(typed([[0, 1], [1, 1]]), 1).item() == 0.75
    assert resize(typed([[0, 1000], [-1000, 1]]), 1).item() == 0.25
    deep = typed([[1 / 65535, 2 / 65535]])
    assert resize(deep, 1).item() == pytest.approx(1.5 / 65535)


def test_averages_stay_between_the_smallest_and_the_largest_number() -> None:
    for value in (0.1, 1.0, 7.3):
        assert np.unique(resize(np.full((61, 97, 3), value, dtype=np.float32), 10)) == np.float32(value)


def test_inputs_stay_as_they_were() -> None:
    image = from_bytes(colour())
    image.setflags(write=False)
    for result in (resize(image, 20), resize(image, 90), to_grey(image), to_colour(image[..., :1])):
        assert result.dtype == np.float32


def test_grey_is_the_luma_of_bt_601() -> None:
    image = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]], dtype=np.float32)
    np.testing.assert_allclose(to_grey(image)[0, :, 0], [0.299, 0.587, 0.114, 1], rtol=1e-6)
    photo = to_grey(from_bytes(colour()))
    assert photo.shape == (37, 53, 1)
    assert np.abs(photo[..., 0] * 255 - colour() @ [0.299, 0.587, 0.114]).max() <= 0.5 + 1e-3
    np.testing.assert_array_equal(to_grey(photo), photo)


def test_colour_repeats_the_only_channel() -> None:
    image = to_colour(typed([[1, 2, 3], [4, 5, 6]]))
    assert image.shape == (2, 3, 3)
    assert image[1, 2].tolist() == [6, 6, 6]
    np.testing.assert_array_equal(to_colour(image), image)


def test_bytes_there_and_back() -> None:
    every = np.arange(256, dtype=np.uint8).reshape(8, 32, 1)
    taken = as_bytes(from_bytes(every))
    assert taken is not None
    np.testing.assert_array_equal(taken, every)
    assert as_bytes(from_bytes(grey()[..., np.newaxis])) is not None
    for value in (-0.1, 1.1, 0.5, 1 / 65535, float("nan")):
        assert as_bytes(typed([[0, value, 1]])) is None


def test_mistakes_of_a_programmer() -> None:
    with pytest.raises(ValueError, match="long_side"):
        resize(np.zeros((2, 3, 1), dtype=np.float32), 0)
    with pytest.raises(ValueError, match="axes"):
        resize(np.zeros((2, 3), dtype=np.float32), 4)
