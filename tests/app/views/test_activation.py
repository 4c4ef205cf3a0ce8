"""The activation page: every knob does something, and what it says is right."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.views.activation import SPECS
from models.arrays import Array
from models.ops.activation import ACTIVATIONS, DERIVATIVES
from models.ops.collapse import collapse
from tests.app.knobs import settings
from tests.app.opened import opened, payload, unpacked, words

KNOBS = settings(SPECS, {"image": "coffee", "kernel": "1 2; 3 4"})
SHOWN = ("curve", "activation_map_map", "two_layers_results")


def shown(page: AppTest) -> list[bytes | str]:
    return [*(payload(page, key) for key in SHOWN), words(page)]


def values(page: AppTest, key: str) -> Array:
    header, arrays = unpacked(payload(page, key))
    return (arrays["maps"] * np.float32(header["step"])).astype(np.float32)


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_changes_what_is_shown(name: str) -> None:
    after = opened("activation", **{name: KNOBS[name]})
    assert not after.exception
    assert "link asks" not in words(after)
    assert any(one != two for one, two in zip(shown(opened("activation")), shown(after), strict=True))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_curve_and_maps_are_what_the_engine_computes(name: str) -> None:
    page = opened("activation", activation=name, image="digit_6", bias="-0.5")
    header, arrays = unpacked(payload(page, "curve"))
    plot, derivative = header["plots"]
    places = np.linspace(plot["x"][0], plot["x"][1], arrays["p0line0"].size, dtype=np.float32)
    assert np.array_equal(arrays["p0line0"], ACTIVATIONS[name](places))
    assert np.array_equal(arrays[derivative["lines"][0]["array"]], DERIVATIVES[name](places))
    before, after, slopes = (values(page, f"{kind}_map") for kind in ("feature_map", "activation_map", "derivative"))
    assert np.allclose(after, ACTIVATIONS[name](before), atol=1e-5)
    assert np.allclose(slopes, DERIVATIVES[name](before), atol=1e-5)
    assert page.metric[0].value == f"{(after == 0).mean():.1%}"


def test_two_convolutions_are_one_until_a_relu_stands_between_them() -> None:
    page = opened("activation", image="digit_6")
    grids = unpacked(payload(page, "two_layers_kernels"))[1]
    first, second = (grids[name][..., np.newaxis, np.newaxis] for name in ("g0", "g1"))
    assert np.array_equal(grids["g2"], collapse(first, second)[..., 0, 0])
    maps = unpacked(payload(page, "two_layers_results"))[1]["maps"]
    assert maps.shape == (24, 24, 2)
    assert np.abs(maps[..., 0] - maps[..., 1]).max() < 1e-5
    assert "only the rounding" in words(page)
    page.toggle(key="between").set_value(True).run()
    maps = unpacked(payload(page, "two_layers_results"))[1]["maps"]
    assert np.abs(maps[..., 0] - maps[..., 1]).max() > 0.1
    assert "no single kernel does it" in words(page)


def test_a_relu_that_has_nothing_to_bend_is_told_apart() -> None:
    assert "nothing to bend" in words(opened("activation", kernel="box_blur", between="true"))


def test_a_picture_that_is_too_small_for_both_kernels_is_explained() -> None:
    page = opened("activation", image="grid_3x3")
    assert not page.exception
    assert "The window does not fit into the picture" in words(page)
    assert payload(page, "curve")


def test_a_far_bias_kills_every_place() -> None:
    page = opened("activation", bias="-10", image="digit_6")
    assert page.metric[0].value == "100.0%"
    assert "Every place is flat" in words(page)
    assert "Every place is flat" not in words(opened("activation", image="digit_6"))


def test_the_function_stays_when_the_convolution_page_changes_its_own() -> None:
    assert opened("activation").selectbox(key="activation").value == "relu"
    assert opened("convolution").selectbox(key="activation").value == "none"


def test_the_shape_stays_hidden_until_it_is_guessed() -> None:
    page = opened("activation", predict="true", image="digit_6")
    assert "(1, 28, 28, 1)" not in words(page)
    for name, guess in {"height": 28, "width": 14, "filters": 1, "parameters": 9}.items():
        page.number_input(key=f"guess_{name}").set_value(guess).run()
    said = words(page)
    assert "(1, 28, 28, 1)" in said
    assert "as many come out as went in" in said
    assert "nothing to learn in it" in said


@pytest.mark.parametrize("between", ["false", "true"])
def test_the_largest_kernel_has_a_larger_one_still(between: str) -> None:
    page = opened("activation", kernel_size="11", between=between)
    grids = unpacked(payload(page, "two_layers_kernels"))[1]
    assert grids["g2"].shape == (13, 13)
    assert ("no single kernel does it" if between == "true" else "only the rounding") in words(page)
