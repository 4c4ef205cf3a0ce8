"""What the channels add to a map adds up to the map; kernels have one order of axes."""

import keras
import numpy as np
import pytest

from models.network.inspect import (
    activation_maps,
    contributions,
    feature_maps,
    kernels,
    weights,
)
from models.network.sums import SUMS, TERMS
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import CONVOLUTIONS, linear, one_layer, pictures

EVERY_CONVOLUTION = pytest.mark.parametrize("kind", CONVOLUTIONS)


@EVERY_CONVOLUTION
def test_contributions_add_up(kind: str) -> None:
    model = one_layer(kind)
    images = pictures(model)
    maps = feature_maps(model, images)["asked"]
    for filter_index in range(maps.shape[-1]):
        parts = contributions(model, "asked", filter_index, images)
        np.testing.assert_allclose(parts.maps.sum(axis=-1) + parts.bias, maps[..., filter_index], rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(parts.total, maps[..., filter_index], rtol=1e-4, atol=1e-5)
        strength = np.abs(parts.maps).sum(axis=tuple(range(parts.maps.ndim - 1)))
        assert np.all(np.diff(strength) <= 1e-4)


@EVERY_CONVOLUTION
def test_each_contribution_is_of_its_channel_alone(kind: str) -> None:
    """With all other channels at zero, the map is what this channel contributes, and the bias."""
    model = one_layer(kind)
    images = pictures(model)
    parts = contributions(model, "asked", 1, images)
    given = activation_maps(model, images)["before"]
    twin = linear(model.get_layer("asked"))
    for place, channel in enumerate(parts.channels):
        alone = np.zeros_like(given)
        alone[..., channel] = given[..., channel]
        np.testing.assert_allclose(parts.maps[..., place] + parts.bias, np.asarray(twin(alone))[..., 1], rtol=1e-4, atol=1e-5)


def test_every_kind_with_sums_has_terms() -> None:
    assert set(SUMS) == set(TERMS)


def test_contributions_to_a_dense_unit_and_from_the_picture() -> None:
    model = varied(sequential(L.Flatten(), L.Dense(2, name="dense"), shape=(3, 4, 1)))
    images = pictures(model)
    parts = contributions(model, "dense", 1, images)
    assert parts.maps.shape == (2, 12)
    np.testing.assert_allclose(parts.total, feature_maps(model, images)["dense"][:, 1], rtol=1e-5)
    with pytest.raises(ValueError, match="0 to 1"):
        contributions(model, "dense", 2, images)
    with pytest.raises(ValueError, match="filter_index"):
        contributions(model, "flatten", 0, images)


@EVERY_CONVOLUTION
def test_kernels_have_one_order_of_axes(kind: str) -> None:
    model = one_layer(kind)
    layer = model.get_layer("asked")
    shape = kernels(model, "asked").shape
    filters = layer.compute_output_shape((1, 9, 11, 4))[-1]
    assert shape[-1] == filters
    assert kind == "dense" or shape[:2] == layer.kernel_size
    assert {name: array.shape for name, array in weights(model, "asked").items()} == {w.name: w.shape for w in layer.weights}


def test_the_kernels_of_a_separable_layer_are_those_of_one_convolution() -> None:
    model = one_layer("separable")
    images = pictures(model)
    given = activation_maps(model, images)["before"]
    expected = keras.ops.conv(given, kernels(model, "asked"), padding="same") + model.get_layer("asked").bias
    np.testing.assert_allclose(feature_maps(model, images)["asked"], np.asarray(expected), rtol=1e-4, atol=1e-5)
    with pytest.raises(ValueError, match="convolution"):
        kernels(model, model.layers[0].name)
