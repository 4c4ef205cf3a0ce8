"""The pooling page: every knob does something, and what it says is right."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Slider

from app.views.pooling import SPECS
from models.images.kernels import filters, slices
from models.ops.conv import convolve
from models.ops.pool import pool, shift, winners
from models.specs.operations import ConvSpec, FilterSpec, PoolSpec
from tests.app.knobs import settings
from tests.app.opened import opened, payload, unpacked, words

FEATURE = {"pooled": "feature"}
NEEDS = {
    "stride": {"follow": "false"},
    "kernel_size": FEATURE,
    "kernel": FEATURE,
    "filters": FEATURE,
    "arrangement": FEATURE,
    "bias": FEATURE,
    "filter": FEATURE,
    "seed": {**FEATURE, "arrangement": "random"},
}
KNOBS = settings(SPECS, {"image": "coffee", "kernel": "1 2; 3 4"})


def shown(page: AppTest) -> list[bytes | str]:
    return [payload(page, "pooling_microscope"), payload(page, "shifted_kinds"), words(page)]


@pytest.mark.parametrize("name", [name for name in KNOBS if name != "follow"])
def test_every_knob_changes_what_is_shown(name: str) -> None:
    needed = NEEDS.get(name, {})
    after = opened("pooling", **{**needed, name: KNOBS[name]})
    assert not after.exception
    assert "link asks" not in words(after)
    if name == "predict":
        assert "(1, 32, 48, 3)" not in words(after)
        return
    before = opened("pooling", **needed)
    assert any(one != two for one, two in zip(shown(before), shown(after), strict=True))


@pytest.mark.parametrize("kind", ["max", "average", "min", "global_average", "global_max"])
@pytest.mark.parametrize("image", ["grid_5x7", "colour_patches"])
def test_the_microscope_shows_what_the_engine_computes(kind: str, image: str) -> None:
    page = opened("pooling", image=image, kind=kind, size="3", stride="2", padding="same")
    header, arrays = unpacked(payload(page, "pooling_microscope"))
    values = (arrays["input"] * np.float32(header["input"]["step"])).astype(np.float32)
    expected = pool(values, PoolSpec(kind, 3, 2, "same"))
    assert np.allclose(arrays["pooled"] * header["pooledStep"], expected, atol=1e-5)
    assert header["window"] == (list(values.shape[:2]) if kind.startswith("global") else [3, 3])


@pytest.mark.parametrize(("pooled", "lowest"), [("feature", -100.0), ("relu", 0.0)])
def test_a_feature_map_can_be_pooled(pooled: str, lowest: float) -> None:
    page = opened("pooling", image="grid_5x7", pooled=pooled, filters="3", kernel_size="5", kernel="laplacian", bias="0.5")
    header, arrays = unpacked(payload(page, "pooling_microscope"))
    image = unpacked(payload(opened("pooling", image="grid_5x7"), "pooling_microscope"))[1]["input"].astype(np.float32)
    kernels = filters(slices("laplacian", 5), FilterSpec(filters=3), 1)
    features = np.maximum(convolve(image, kernels, ConvSpec(5, padding="same"), 0.5), lowest)
    assert np.allclose(arrays["input"] * header["input"]["step"], features[..., :1], atol=1e-4)
    maps = unpacked(payload(page, "pooled_maps"))[1]["maps"]
    assert np.allclose(maps, pool(features, PoolSpec()), atol=1e-4)


def test_the_winners_are_drawn_back_onto_the_input() -> None:
    page = opened("pooling", image="digit_7", winners="true", size="4")
    header, arrays = unpacked(payload(page, "pooling_microscope"))
    values = (arrays["input"] * np.float32(header["input"]["step"])).astype(np.float32)
    places = winners(values, PoolSpec(size=4, stride=4))
    assert arrays["won"].sum() == 7 * 7
    assert arrays["won"][places[..., 0], places[..., 1], 0].all()
    page = opened("pooling", image="digit_7")
    page.toggle(key="winners").set_value(True).run()
    assert "won" in unpacked(payload(page, "pooling_microscope"))[1]
    assert "won" not in unpacked(payload(opened("pooling", winners="true", kind="average"), "pooling_microscope"))[1]


def stride_slider(page: AppTest) -> Slider[int]:
    """The newest slider of the stride; it has a new one whenever it follows the size."""
    return next(slider for slider in page.slider if str(slider.key).startswith("stride_"))


def test_the_stride_follows_the_size_until_it_is_touched() -> None:
    page = opened("pooling")
    page.slider(key="size").set_value(4).run()
    assert stride_slider(page).value == 4
    stride_slider(page).set_value(3).run()
    page.slider(key="size").set_value(6).run()
    assert stride_slider(page).value == 3
    page.toggle(key="follow").set_value(True).run()
    assert stride_slider(page).value == 6


def test_a_link_without_a_stride_means_the_size() -> None:
    assert stride_slider(opened("pooling", size="5")).value == 5
    assert stride_slider(opened("pooling", size="5", stride="2")).value == 2
    assert stride_slider(opened("pooling", size="5", follow="false")).value == 2


def test_a_shift_moves_the_picture_and_says_how_much_changed() -> None:
    page = opened("pooling", image="grid_5x7", down="2", right="-1")
    header, arrays = unpacked(payload(page, "shifted_picture"))
    image = unpacked(payload(page, "pooling_microscope"))[1]["input"].astype(np.float32)
    assert np.array_equal(arrays["maps"], shift(image, 2, -1))
    assert "Nothing is shifted" in words(opened("pooling", right="0"))
    assert "whole number of strides" in words(opened("pooling", right="2"))
    assert header["titles"] == ["Shifted picture"]


def test_dark_ink_is_the_negative() -> None:
    pictures = unpacked(payload(opened("pooling", image="digit_3"), "ink_pictures"))[1]["maps"].astype(int)
    assert np.array_equal(pictures[..., 0], 255 - pictures[..., 1])
    header, arrays = unpacked(payload(opened("pooling", image="digit_3", invert="true"), "pooling_microscope"))
    assert np.allclose(arrays["input"] * header["input"]["step"] * 255, pictures[..., 1:], atol=0.5)


def test_what_a_dense_layer_would_need() -> None:
    said = words(opened("pooling", image="digit_3"))
    assert "28 × 28 × 1 = 784" in said
    assert "14 × 14 × 1 = 196" in said


def test_a_window_that_does_not_fit_is_explained_and_mended() -> None:
    for key in ("window_problem_mend_0", "window_problem_mend_1"):
        page = opened("pooling", image="grid_3x3", size="5")
        assert "It covers 5 pixels, but the height has only 3" in words(page)
        page.button(key=key).click().run()
        assert "covers 5 pixels" not in words(page)
        assert "pooled" in unpacked(payload(page, "pooling_microscope"))[1]


def test_min_pooling_says_that_keras_has_no_layer() -> None:
    page = opened("pooling", kind="min")
    assert page.code[0].value == "-layers.MaxPooling2D(pool_size=2)(-x)"
    assert [info for info in page.info if "no layer for min pooling" in info.value]


def test_the_shape_stays_hidden_until_it_is_guessed() -> None:
    page = opened("pooling", predict="true", image="grid_5x7", padding="same")
    assert "(1, 3, 4, 1)" not in words(page)
    assert unpacked(payload(page, "pooling_microscope"))[0]["showShapes"] is False
    for name, guess in {"height": 2, "width": 4, "filters": 2}.items():
        page.number_input(key=f"guess_{name}").set_value(guess).run()
    said = words(page)
    assert "(1, 3, 4, 1)" in said
    assert "counted the padding on one side only" in said
    assert "Pooling treats each channel apart" in said
