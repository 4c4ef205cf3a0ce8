"""The slip behind a wrong guess, each worked out by hand."""

import pytest

from models.ops.slips import parameter_slip, size_slip
from models.ops.window import output_size


# 29 pixels, kernel 4 with dilation 2 (a span of 7), stride 3, 2 pixels of padding: (29 + 4 - 7) / 3 = 8.67, so 9.
@pytest.mark.parametrize(
    ("guess", "slip"),
    [
        (9, None),
        (10, "floor"),
        (8, "padding"),
        (27, "stride"),
        (26, "stride_plus_one"),
        (5, "other"),
        (-3, "other"),
        (10**9, "other"),
    ],
)
def test_one_side(guess: int, slip: str | None) -> None:
    assert size_slip(guess, 29, 4, 2, 3, 2) == slip


@pytest.mark.parametrize(
    ("guess", "slip", "setting"),
    [
        (28, "one_side", (28, 3, 1, 1, 2)),
        (26, "padding", (28, 3, 1, 1, 2)),
        (29, "plus_one", (28, 3, 1, 1, 2)),
        (26, "dilation", (28, 3, 2, 1, "valid")),
        (14, "floor", (28, 3, 1, 2, "valid")),
        (28, "kernel", (28, 5, 1, 1, "valid")),
        (14, None, (28, 5, 1, 2, "same")),
        (28, "stride", (28, 1, 1, 2, "same")),
    ],
)
def test_each_slip(guess: int, slip: str | None, setting: tuple[int, int, int, int, str | int]) -> None:
    assert size_slip(guess, *setting) == slip


@pytest.mark.parametrize("padding", ["valid", "same", 2])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_right_answer_is_never_a_slip(padding: str | int, stride: int) -> None:
    for size in range(7, 30):
        assert size_slip(output_size(size, 5, stride, padding), size, 3, 2, stride, padding) is None


@pytest.mark.parametrize(
    ("guess", "slip"),
    [
        (224, None),
        (216, "bias"),
        (80, "channels"),
        (72, "channels_and_bias"),
        (28, "filters"),
        (217, "one_bias"),
        (225, "other"),
    ],
)
def test_parameters_of_8_filters_of_3x3_on_3_channels(guess: int, slip: str | None) -> None:
    assert parameter_slip(guess, 3, 3, 3, 8) == slip


def test_without_channels_there_is_nothing_to_forget_about_them() -> None:
    assert parameter_slip(80, 3, 3, 1, 8) is None
    assert parameter_slip(72, 3, 3, 1, 8) == "bias"
