"""A picture becomes what a network takes, by hand."""

from typing import Any

import numpy as np
import pytest

from models.arrays import Array
from models.errors import LearnerError
from models.hyperparameters import declared
from models.images import SAMPLES
from models.network.preprocessing import LONGEST_SIDE, fitted, numbers, of_dataset, of_shape, per_channel
from models.specs.preprocessing import PreprocessingSpec as Spec

WIDE: Array = np.arange(24, dtype=np.float32).reshape(2, 4, 3) / np.float32(100)


@pytest.mark.parametrize("shape", [(9, 7, 1), (9, 7, 3), (9, 7), (7, 9, 5), (64, 48, 3)])
@pytest.mark.parametrize("fit", ["crop", "pad", "stretch", "centre"])
@pytest.mark.parametrize("sample", ["cat", "camera", "digit_7", "grid_5x7"])
def test_every_picture_fits_every_network(sample: str, fit: str, shape: tuple[int, ...]) -> None:
    image = SAMPLES[sample].make()
    before = image.copy()
    found = fitted(image, shape, Spec(fit=fit, ground="dark")).image
    assert found.shape == (*shape[:2], shape[2] if len(shape) == 3 else 1)
    assert found.dtype == np.float32
    assert found.min() >= 0
    assert found.max() <= 1
    np.testing.assert_array_equal(image, before)


def test_the_middle_is_cut() -> None:
    found = fitted(WIDE, (2, 2, 3), Spec())
    np.testing.assert_array_equal(found.image, WIDE[:, 1:3])
    assert found.steps == ("cropped",)


def test_the_whole_is_kept_with_black_beside_it() -> None:
    found = fitted(WIDE, (4, 4, 3), Spec(fit="pad"))
    np.testing.assert_array_equal(found.image[1:3], WIDE)
    assert found.image[[0, 3]].max() == 0
    assert found.steps == ("padded",)


def test_stretching_keeps_every_pixel() -> None:
    found = fitted(WIDE, (4, 4, 3), Spec(fit="stretch"))
    np.testing.assert_array_equal(found.image, WIDE.repeat(2, axis=0))
    assert found.steps == ("stretched",)


def test_a_picture_of_the_right_size_goes_in_as_it_is() -> None:
    for fit in ("crop", "pad", "stretch"):
        found = fitted(WIDE, (2, 4, 3), Spec(fit=fit))
        np.testing.assert_array_equal(found.image, WIDE)
        assert found.steps == ()


@pytest.mark.parametrize(("ground", "inverted"), [("as_is", False), ("dark", True), ("light", False)])
def test_a_light_ground_is_inverted_where_it_should_be_dark(ground: str, inverted: bool) -> None:
    image = np.ones((5, 7, 1), np.float32)
    image[2, 3] = 0.25
    found = fitted(image, (5, 7, 1), Spec(ground=ground))
    np.testing.assert_allclose(found.image, 1 - image if inverted else image)
    assert found.steps == (("inverted",) if inverted else ())


def test_any_size_gets_the_picture_as_it_is_up_to_a_limit() -> None:
    assert fitted(WIDE, (None, None, 3), Spec()).image.shape == (2, 4, 3)
    large = np.zeros((600, 300, 3), np.float32)
    assert fitted(large, (None, None, 3), Spec()).image.shape == (LONGEST_SIDE, LONGEST_SIDE // 2, 3)
    assert fitted(large, (None, 50, 1), Spec()).image.shape == (100, 50, 1)


def test_numbers_outside_0_to_1_are_brought_into_it() -> None:
    found = fitted(SAMPLES["grid_3x3"].make(), (3, 3, 1), Spec()).image
    np.testing.assert_allclose(found[..., 0], np.arange(9).reshape(3, 3) / 8)


PIXEL = np.array([[[[0.0, 0.5, 1.0]]]], np.float32)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (Spec(), [0, 0.5, 1]),
        (Spec(value_range="bytes"), [0, 127.5, 255]),
        (Spec(value_range="signed"), [-1, 0, 1]),
        (Spec(value_range="imagenet"), [-2.117904, 0.196429, 2.64]),
        (Spec(value_range="caffe"), [-123.68, 10.721, 151.061]),
        (Spec(value_range="caffe", channel_order="bgr"), [151.061, 10.721, -123.68]),
        (Spec(value_range="own", mean="0.5", deviation="0.25"), [-2, 0, 2]),
        (Spec(value_range="own", mean="0, 0.5; 1", deviation="1 2 4"), [0, 0, 0]),
        (Spec(channel_order="bgr"), [1, 0.5, 0]),
    ],
)
def test_the_numbers_that_go_in(spec: Spec, expected: list[float]) -> None:
    before = PIXEL.copy()
    np.testing.assert_allclose(numbers(PIXEL, spec)[0, 0, 0], expected, rtol=1e-5)
    np.testing.assert_array_equal(PIXEL, before)


@pytest.mark.parametrize("name", declared(Spec))
def test_every_field_changes_something(name: str) -> None:
    base: dict[str, Any] = {"value_range": "own"}
    other = {"fit": "pad", "ground": "light", "value_range": "bytes", "mean": "0.1", "deviation": "2", "channel_order": "bgr"}
    image = SAMPLES["rocket"].make()

    def result(spec: Spec) -> Array:
        return numbers(fitted(image, (20, 30, 3), spec).image[None], spec)

    assert not np.array_equal(result(Spec(**base)), result(Spec(**{**base, name: other[name]})))


def test_a_grey_picture_has_the_mean_of_three() -> None:
    assert per_channel("mean", "0.1 0.2 0.6", 1) == pytest.approx([0.3])


@pytest.mark.parametrize("text", ["", "a", "1 2", "nan", "1 2 inf", "1 2 3 4"])
def test_numbers_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(LearnerError, match="preprocessing_numbers") as caught:
        per_channel("mean", text, 3)
    assert caught.value.values["channels"] == 3


@pytest.mark.parametrize("text", ["0", "0.2 -1 0.3"])
def test_nothing_is_divided_by_less_than_nothing(text: str) -> None:
    with pytest.raises(LearnerError, match="preprocessing_deviation"):
        per_channel("deviation", text, 3)


def test_what_is_known_of_data_and_of_shapes() -> None:
    assert of_dataset("mnist") == of_dataset("digits") == of_shape((28, 28, 1)) == Spec(fit="centre", ground="dark")
    assert of_dataset("shapes") == of_shape((32, 32, 3)) == Spec()
