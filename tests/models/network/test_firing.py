"""The patches that make a filter fire."""

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.firing import Responses, patches_of, responses, strongest_patches
from models.network.inspect import activation_maps, feature_maps
from models.network.notation import parse
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import pictures


def by_hand(model: keras.Model, layer: str, images: np.ndarray) -> np.ndarray:
    known = feature_maps(model, images)
    return known[layer] if layer in known else activation_maps(model, images)[layer]


def test_the_strongest_patch_of_a_small_picture_by_hand() -> None:
    """A kernel that adds up 2x2 pixels, stride 1, on pictures of 3x4 pixels with one bright square each."""
    model = sequential(L.Conv2D(1, 2, name="sum"), shape=(3, 4, 1))
    model.set_weights([np.ones((2, 2, 1, 1), np.float32), np.array([-1], np.float32)])
    images = np.zeros((3, 3, 4, 1), np.float32)
    images[0, 1:, 2:] = 0.5
    images[1, :2, 1:3] = 1
    images[2, 1:, 2:] = 0.5
    found = strongest_patches(model, [images[:2], images[2:]], "sum", 0, 9)
    assert [(patch.value, patch.image, patch.unit, patch.box) for patch in found] == [
        (3.0, 1, (0, 1), ((0, 1), (1, 2))),
        (1.0, 0, (1, 2), ((1, 2), (2, 3))),
        (1.0, 2, (1, 2), ((1, 2), (2, 3))),
    ]
    assert strongest_patches(model, [images], "sum", 0, 1) == found[:1]


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_responses_are_the_largest_numbers_on_the_maps(name: str) -> None:
    model = varied(ARCHITECTURES[name]())
    images = pictures(model, 5)
    for layer, maps in activation_maps(model, images).items():
        if maps.ndim not in (2, 4):
            continue
        found = responses(model, layer, [images[:2], images[2:]])
        maps = by_hand(model, layer, images)
        rows = maps.reshape(len(images), -1, maps.shape[-1])
        np.testing.assert_allclose(found.strongest, rows.max(axis=1), rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(found.highest, rows.max(axis=(0, 1)), rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(found.lowest, rows.min(axis=(0, 1)), rtol=1e-5, atol=1e-5)
        last = maps.shape[-1] - 1
        for patch in patches_of(model, found, last, 3):
            there = maps[patch.image][patch.unit or ()][last]
            np.testing.assert_allclose(there, patch.value, rtol=1e-5, atol=1e-5)
            (top, bottom), (left, right) = patch.box
            assert 0 <= top <= bottom < images.shape[1]
            assert 0 <= left <= right < images.shape[2]


def test_the_same_pictures_give_the_same_patches_and_the_model_stays() -> None:
    model = build(parse("conv 3 k3 same relu | pool 2 | flatten | dense 1 sigmoid", "9x14x1"), seed=1)
    weights = model.get_weights()
    images = pictures(model, 6)
    first, second = (strongest_patches(model, [images], "conv_1", 2, 6) for _ in range(2))
    assert first == second
    assert len({patch.image for patch in first}) == 6
    (best, *_) = strongest_patches(model, [images], "dense_4", 0, 2)
    assert best.unit is None
    assert best.box == ((0, 8), (0, 13))
    for before, after in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)


def test_of_equal_responses_the_first_picture_and_the_upper_left_unit_go_first() -> None:
    model = build(parse("conv 2 k3 zeros | activation relu", "6x7x1"), seed=0)
    found = strongest_patches(model, [pictures(model, 4)], "conv_1", 1, 3)
    assert [(patch.image, patch.unit) for patch in found] == [(0, (0, 0)), (1, (0, 0)), (2, (0, 0))]


def dead(layers: str, bias: float) -> list[bool]:
    model = build(parse(layers, "8x9x1"), seed=0)
    kernel, _ = model.layers[1].get_weights()
    kernel[..., 1:] = np.abs(kernel[..., 1:])
    model.layers[1].set_weights([kernel, np.array([0.1, bias], np.float32)])
    found = responses(model, "conv_1", [pictures(model, 3)])
    assert isinstance(found, Responses)
    return [bool(value) for value in found.dead]


def test_a_filter_that_hands_on_nothing_but_zeros_is_dead() -> None:
    assert dead("conv 2 k3 relu", -50) == [False, True]
    assert dead("conv 2 k3", -50) == [False, False]
    assert dead("conv 2 k3 relu", 50) == [False, False]
    model = build(parse("conv 2 k3 zeros | activation tanh", "8x9x1"), seed=0)
    for layer in ("conv_1", "activation_2"):
        found = responses(model, layer, [pictures(model, 3)])
        assert found.dead.all()
        assert found.active.tolist() == [0, 0]
    softmax = build(parse("flatten | dense 2 softmax", "8x9x1"), seed=0)
    assert not responses(softmax, "dense_2", [pictures(softmax, 3)]).dead.any()


def test_a_programmers_mistake_is_said() -> None:
    model = build(parse("conv 2 k3", "8x9x1"), seed=0)
    images = pictures(model, 2)
    with pytest.raises(ValueError, match="filter_index: expected 0 to 1"):
        strongest_patches(model, [images], "conv_1", 2, 1)
    with pytest.raises(ValueError, match="layer: expected one of conv_1"):
        strongest_patches(model, [images], "conv_2", 0, 1)
    with pytest.raises(ValueError, match="batches: expected at least one"):
        strongest_patches(model, [], "conv_1", 0, 1)
    with pytest.raises(ValueError, match="images: expected"):
        strongest_patches(model, [images[:, :5]], "conv_1", 0, 1)
