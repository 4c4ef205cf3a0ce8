"""The convolution page: every knob does something, and what it says is right."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.controls import _fields
from app.views.convolution import SPECS
from models.hyperparameters import Choice, Flag, Hyperparameter, Integer, Number, Words
from models.images.kernels import KERNELS, filters, slices
from models.ops.conv import convolve
from models.specs.operations import ConvSpec, FilterSpec
from tests.app.opened import opened, payload, unpacked, words

# Settings under which each knob has an effect, where it has none on the page as it opens.
NEEDS = {
    "pad": {"padding": "amount"},
    "seed": {"arrangement": "random"},
    "maps": {"activation": "relu"},
    "activation": {"maps": "activation"},
}
EXAMPLES = {"image": "coffee", "kernel": "1 2; 3 4"}
KNOBS = {name: (scope, hyperparameter, default) for scope, name, hyperparameter, default in _fields(SPECS)}


def other(name: str, hyperparameter: Hyperparameter, default: object) -> str:
    """A value that is allowed and not the default."""
    match hyperparameter:
        case Integer(low, high):
            return str(next(value for value in (low + 1, high) if value != default))
        case Number(low, high):
            return str(high if high != default else low)
        case Choice(options):
            return next(option for option in options if option != default)
        case Flag():
            return str(not default).lower()
        case Words():
            return EXAMPLES[name]
    raise TypeError(hyperparameter)


def shown(page: AppTest) -> tuple[bytes, bytes, str]:
    return payload(page, "filter_maps"), payload(page, "microscope"), words(page)


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_changes_what_is_shown(name: str) -> None:
    scope, hyperparameter, default = KNOBS[name]
    needed = NEEDS.get(name, {})
    before, after = (
        opened("convolution", **needed),
        opened("convolution", **needed, **{name: other(name, hyperparameter, default)}),
    )
    assert not after.exception
    assert not words(after).count("link asks")
    changed = [one != two for one, two in zip(shown(before), shown(after), strict=True)]
    assert any(changed)
    if scope != "Look":
        assert changed[0], "the maps stay as they were"


def test_the_maps_are_what_the_engine_computes() -> None:
    page = opened(
        "convolution", image="grid_5x7", kernel="sobel_horizontal", filters="3", padding="same", dilation="2", bias="0.5"
    )
    header, arrays = unpacked(payload(page, "filter_maps"))
    microscope, seen = unpacked(payload(page, "microscope"))
    image = seen["input"] * np.float32(microscope["input"]["step"])
    kernels = filters(slices("sobel_horizontal", 3), FilterSpec(filters=3), 1)
    expected = convolve(image.astype(np.float32), kernels, ConvSpec(3, padding="same", dilation=2), 0.5)
    assert np.allclose(arrays["maps"] * header["step"], expected, atol=1e-5)
    assert arrays["maps"].shape == (5, 7, 3)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("size", ["1", "2", "11"])
def test_every_kernel_of_every_size_can_be_shown(kernel: str, size: str) -> None:
    page = opened("convolution", kernel=kernel, kernel_size=size, image="digit_7")
    assert not page.exception
    assert unpacked(payload(page, "filter_maps"))[1]["maps"].shape == (29 - int(size), 29 - int(size), 4)


def test_what_only_keras_refuses_is_computed_and_said() -> None:
    page = opened("convolution", stride="2", dilation="2")
    assert [warning.value for warning in page.warning if "stride of 2 together with a dilation of 2" in warning.value]
    assert unpacked(payload(page, "filter_maps"))[1]["maps"].shape == (30, 46, 4)
    assert not opened("convolution", stride="2").warning


def test_every_button_beside_a_window_that_does_not_fit_makes_it_fit() -> None:
    page = opened("convolution", image="grid_3x3", kernel_size="4", dilation="3")
    buttons = [button.key for button in page.button if button.key and button.key.startswith("window_problem_mend")]
    assert len(buttons) == 3
    for key in buttons:
        again = opened("convolution", image="grid_3x3", kernel_size="4", dilation="3")
        again.button(key=key).click().run()
        assert not [button for button in again.button if button.key and button.key.startswith("window_problem")]
        assert payload(again, "filter_maps")


def test_a_typed_kernel_follows_the_size_slider() -> None:
    page = opened("convolution", kernel="1 2 3; 4 5 6; 7 8 9", filters="1")
    page.slider(key="kernel_size").set_value(5).run()
    kernel = unpacked(payload(page, "microscope"))[1]["kernel"][..., 0]
    assert kernel.tolist() == [[0] * 5, [0, 1, 2, 3, 0], [0, 4, 5, 6, 0], [0, 7, 8, 9, 0], [0] * 5]


def test_a_kernel_with_three_slices_does_not_fit_a_grey_picture() -> None:
    typed = "1 0 | 0 1 | 1 1"
    assert unpacked(payload(opened("convolution", kernel=typed), "microscope"))[1]["kernel"].shape == (1, 2, 3)
    page = opened("convolution", kernel=typed, colour="grey")
    assert "3 slices, but the picture has 1 channel" in words(page)
    page.button(key="kernel_problem_mend_0").click().run()
    assert "3 slices" not in words(page)
    assert unpacked(payload(page, "microscope"))[1]["kernel"][..., 0].tolist() == [[1, 0]]


def test_the_answers_are_hidden_until_guessed_or_given_up() -> None:
    page = opened("convolution", predict="true")
    assert "(1, 62, 94, 4)" not in words(page)
    page.button(key="give_up_convolution").click().run()
    assert "(1, 62, 94, 4)" in words(page)
    page.slider(key="stride").set_value(2).run()
    assert "(1, 31, 47, 4)" not in words(page)
    for name, guess in {"height": 32, "width": 47, "filters": 3, "parameters": 112}.items():
        page.number_input(key=f"guess_{name}").set_value(guess).run()
    said = words(page)
    assert "(1, 31, 47, 4)" in said
    assert "you said 32, it is 31" in said
    assert "rounded up" in said
    assert "47 is right" in said
    assert "112 is right" in said
    assert "Each filter writes one map" in said


def test_the_predicted_shapes_stand_nowhere_before() -> None:
    page = opened("convolution", predict="true")
    assert unpacked(payload(page, "microscope"))[0]["showShapes"] is False
    assert not [element for element in page.get("latex") if "= 62" in str(getattr(element, "value", ""))]
