"""Pictures made by gradient ascent."""

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.dream import dream
from models.network.inspect import activation_maps, feature_maps, seen_box
from models.network.notation import parse
from models.network.preprocessing import numbers
from models.specs.ascent import AscentSpec
from models.specs.preprocessing import PreprocessingSpec
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential, varied

SHORT = AscentSpec(steps=12)


@pytest.fixture(scope="module")
def coloured() -> keras.Model:
    return build(parse("conv 3 k3 same relu | pool 2 | conv 4 k3 relu | flatten | dense 1 sigmoid", "11x14x3"), seed=2)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_response_grows_in_any_network(name: str) -> None:
    model = varied(ARCHITECTURES[name]())
    weights = model.get_weights()
    height, width, *rest = model.input_shape[1:]
    sides = (height or 64, width or 64, *(rest or [1]))
    nothing = np.zeros((1, *sides), np.float32)
    layer, filters = next((layer, maps.shape[-1]) for layer, maps in written(model, nothing).items() if maps.ndim == 4)
    made = dream(model, layer, range(filters), replace(SHORT, aim="map"))
    assert made.pictures.shape == (filters, *sides)
    assert made.pictures.dtype == np.float32
    assert 0 <= made.pictures.min() <= made.pictures.max() <= 1
    assert (made.after >= made.before).all()
    assert ((made.after > made.before) | made.stuck).any()
    maps = written(model, made.pictures)[layer]
    for number in range(filters):
        own = maps[number, ..., number]
        np.testing.assert_allclose((own.mean(), own.max()), (made.after[number], made.strongest[number]), rtol=1e-4, atol=1e-4)
    for before, after in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)


def written(model: keras.Model, images: Any) -> dict[str, Any]:
    """What every layer writes, before its activation function where it has sums."""
    return feature_maps(model, images) | {
        name: maps for name, maps in activation_maps(model, images).items() if name not in feature_maps(model, images)
    }


def test_the_middle_unit_changes_what_it_sees_alone(coloured: keras.Model) -> None:
    made = dream(coloured, "conv_3", [1], replace(SHORT, jitter=0, blur=0.0, decay=0.2, steps=24))
    maps = feature_maps(coloured, made.pictures, ["conv_3"])["conv_3"][0, ..., 1]
    unit = (maps.shape[0] // 2, maps.shape[1] // 2)
    np.testing.assert_allclose(maps[unit], made.after[0], rtol=1e-5)
    box = seen_box(coloured, "conv_3", unit)
    assert box
    outside = np.ones((11, 14), bool)
    outside[box[0][0] : box[0][1] + 1, box[1][0] : box[1][1] + 1] = False
    assert np.abs(made.pictures[0][outside] - 0.5).max() < 0.01
    assert np.abs(made.pictures[0][~outside] - 0.5).max() > 0.1


def test_filters_are_dreamt_each_by_itself(coloured: keras.Model) -> None:
    together = dream(coloured, "conv_3", [0, 2, 3], SHORT)
    alone = dream(coloured, "conv_3", [2], SHORT)
    np.testing.assert_allclose(together.pictures[1], alone.pictures[0], atol=1e-4)
    again = dream(coloured, "conv_3", [2], SHORT)
    np.testing.assert_array_equal(again.pictures, alone.pictures)


@pytest.mark.parametrize(
    "changed", [{"aim": "map"}, {"steps": 13}, {"step": 0.05}, {"jitter": 2}, {"blur": 1.0}, {"decay": 0.1}, {"seed": 1}]
)
def test_each_setting_turns_something(coloured: keras.Model, changed: dict[str, Any]) -> None:
    usual, other = (dream(coloured, "conv_3", [2], spec) for spec in (SHORT, replace(SHORT, **changed)))
    assert np.abs(usual.pictures - other.pictures).max() > 0.001


def test_a_network_of_any_size_gets_the_size_that_is_asked_for() -> None:
    model = varied(sequential(L.Conv2D(2, 3), shape=(None, None, 1)))
    assert dream(model, model.layers[-1].name, [1], replace(SHORT, height=12, width=17)).pictures.shape == (1, 12, 17, 1)


def test_one_unit_and_a_layer_without_sums(coloured: keras.Model) -> None:
    for layer in ("dense_5", "pool_2"):
        made = dream(coloured, layer, [0], SHORT)
        assert made.after > made.before
        answer = activation_maps(coloured, made.pictures, ["dense_5"])["dense_5"]
        if layer == "dense_5":
            np.testing.assert_allclose(answer, 1 / (1 + np.exp(-made.after[:, None])), rtol=1e-4)


def test_where_no_pixel_moves_the_filter_the_noise_stays() -> None:
    model = build(parse("conv 2 k3 relu | conv 3 k3 zeros relu", "9x10x1"), seed=0)
    made = dream(model, "conv_2", [0, 2], SHORT)
    assert made.stuck.all()
    np.testing.assert_array_equal(made.before, made.after)
    np.testing.assert_array_equal(made.pictures[0], made.pictures[1])


@pytest.mark.parametrize(
    "spec",
    [
        PreprocessingSpec(value_range="bytes"),
        PreprocessingSpec(value_range="signed", channel_order="bgr"),
        PreprocessingSpec(value_range="own", deviation="0.1 0.2 0.4", channel_order="bgr"),
    ],
)
def test_the_way_up_goes_through_the_preprocessing(spec: PreprocessingSpec) -> None:
    """A 1x1 kernel that likes red and dislikes blue in the picture wants a red picture, whatever the order of its channels."""
    model = sequential(L.Conv2D(1, 1, use_bias=False, name="red"), shape=(6, 7, 3))
    kernel = np.array([1, 0, -1], np.float32)
    model.set_weights([(kernel[::-1] if spec.channel_order == "bgr" else kernel).reshape(1, 1, 3, 1)])
    made = dream(model, "red", [0], replace(SHORT, aim="map", steps=24), lambda images: numbers(images, spec))
    red, green, blue = made.pictures[0].mean(axis=(0, 1))
    assert red > 0.7
    assert blue < 0.3
    assert abs(green - 0.5) < 0.1


def test_a_programmers_mistake_is_said(coloured: keras.Model) -> None:
    for filters in ([], [4], [-1]):
        with pytest.raises(ValueError, match="filters: expected some of 0 to 3"):
            dream(coloured, "conv_3", filters, SHORT)
    with pytest.raises(ValueError, match="layer: expected one of"):
        dream(coloured, "nowhere", [0], SHORT)
