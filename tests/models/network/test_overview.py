"""The map of a network shows what the network computes, small, in one order, with lines that are right."""

from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from models.errors import LearnerError
from models.network.build import build
from models.network.inspect import activation_maps, contributions, feature_maps
from models.network.map_columns import SIDE, gathered
from models.network.network_map import FEW, MANY, PICTURE, Column, MapLook, NetworkMap
from models.network.notation import parse
from models.network.outputs import probabilities
from models.network.overview import draw_map
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import one_layer, pictures

RESIDUAL = "conv 16 k3 same relu | residual(conv 16 k3 same relu | conv 16 k3 same) | pool 2 | flatten | dense 5 softmax"


def network(layers: str, picture: str = "9x11x3") -> keras.Model:
    return build(parse(layers, picture), seed=3)


def drawn(model: keras.Model, look: MapLook | None = None, images: NDArray[Any] | None = None) -> NetworkMap:
    given = pictures(model, 1) if images is None else images
    return draw_map(model, given, given[0], look or MapLook())


def column(shown: NetworkMap, layer: int, sort: str) -> Column:
    return next(column for column in shown.columns if (column.layer, column.sort) == (layer, sort))


def values(column: Column) -> NDArray[np.float32]:
    """(maps, height, width) out of the bytes."""
    low, high = column.ranges[:, 0, None, None], column.ranges[:, 1, None, None]
    return np.asarray(low + (high - low) * column.numbers / 255, np.float32)


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("kinds", ["both", "activation"])
def test_any_network_has_a_map(name: str, kinds: str) -> None:
    model = ARCHITECTURES[name]()
    before = [weight.copy() for weight in model.get_weights()]
    shown = drawn(model, MapLook(kinds))
    assert shown.columns[0].layer == PICTURE
    for at, column in enumerate(shown.columns):
        assert all(link.column < at for link in column.links)
        assert bool(column.links) == (at > 0)
        assert np.isfinite(column.numbers).all()
        assert np.isfinite(column.ranges).all()
        assert column.sort == "passed" or column.is_row or column.numbers.shape[0] == len(column.maps) == len(column.zeros)
    assert all(np.array_equal(one, other) for one, other in zip(before, model.get_weights(), strict=True))


def test_a_constant_picture_has_a_map() -> None:
    model = network("conv 20 k3 relu | batch_norm | pool 2 | flatten | dense 4 relu | dense 2")
    for level in (0, 1):
        shown = drawn(model, images=np.full((1, 9, 11, 3), level, np.float32))
        assert all(np.isfinite(column.numbers).all() for column in shown.columns)


def test_numbers_that_are_none_are_refused() -> None:
    model = network("conv 4 k3 | conv 4 k3 relu | flatten | dense 2")
    broken = model.get_layer("conv_2").kernel
    for value in (np.nan, np.inf):
        broken.assign(np.full(broken.shape, value, np.float32))
        with pytest.raises(LearnerError) as refused:
            drawn(model)
        assert (refused.value.code, refused.value.values) == ("unit_not_finite", {"layer": "conv_2"})


def test_the_map_shows_what_the_layers_write() -> None:
    model = network("conv 7 k3 same tanh | pool 2 | flatten | dense 4 relu | dense 3 softmax")
    images = pictures(model, 1)
    shown = drawn(model, images=images)
    features, activations = feature_maps(model, images), activation_maps(model, images)
    for layer, name, sort in ((0, "conv_1", "feature"), (0, "conv_1", "activation"), (1, "pool_2", "output")):
        expected = (features if sort == "feature" else activations)[name][0].transpose(2, 0, 1)
        found = column(shown, layer, sort)
        assert found.maps == tuple(range(7))
        np.testing.assert_allclose(values(found), expected, atol=0.51 / 255 * np.ptp(expected))
        np.testing.assert_allclose(found.ranges[:, 0], expected.min(axis=(1, 2)), rtol=1e-5)
        np.testing.assert_allclose(found.limits, (expected.min(), expected.max()), rtol=1e-5)
    np.testing.assert_allclose(column(shown, 3, "feature").numbers, features["dense_4"][0], rtol=1e-5)
    np.testing.assert_allclose(column(shown, 4, "answer").numbers, probabilities(model, images)[0], rtol=1e-5)
    assert shown.says
    np.testing.assert_allclose(values(shown.columns[0]), images[0].transpose(2, 0, 1), atol=1e-2)


def test_zeros_and_dead_maps_are_counted() -> None:
    model = varied(sequential(L.Conv2D(3, 1, activation="relu", name="conv"), shape=(4, 5, 1)))
    kernel, bias = np.array([1.0, -1.0, 1.0]).reshape(1, 1, 1, 3), np.array([0.0, -1.0, -0.5])
    model.get_layer("conv").set_weights([kernel, bias])
    image = np.linspace(0, 1, 20, dtype=np.float32).reshape(1, 4, 5, 1)
    found = column(drawn(model, images=image), 0, "activation")
    assert found.dead == 1
    np.testing.assert_allclose(found.zeros, [1 / 20, 1, 10 / 20])


def test_a_large_map_is_made_smaller_and_keeps_its_sides() -> None:
    model = network("conv 2 k3 same", "150x300x1")
    found = column(drawn(model), 0, "feature")
    assert found.shape == (150, 300, 2)
    assert found.numbers.shape == (2, SIDE // 2, SIDE)


def test_the_strongest_maps_are_drawn_and_those_that_are_handed_on_stay_in_line() -> None:
    model = network("conv 32 k3 same relu | pool 2 | conv 6 k3 relu | flatten | dense 2")
    images = pictures(model, 1)
    strength = np.abs(activation_maps(model, images)["pool_2"][0]).mean(axis=(0, 1))
    shown = drawn(model, MapLook("activation"), images)
    rows = [column(shown, 0, "activation").maps, column(shown, 1, "output").maps]
    assert rows[0] == rows[1]
    assert len(rows[0]) == FEW
    assert rows[0][0] == np.argmax(strength)
    assert column(shown, 2, "activation").maps == tuple(range(6))


def test_maps_stay_where_they_are_and_the_chosen_one_is_there() -> None:
    model = network("conv 32 k3 same relu | pool 2 | flatten | dense 2")
    images = pictures(model, 2)
    first = drawn(model, images=images[:1])
    assert not first.reranked
    kept = tuple(reversed(column(first, 0, "feature").maps))
    shown = drawn(model, MapLook(kept=((0, kept),)), images[1:])
    assert [found.maps for found in shown.columns[1:4]] == [kept] * 3
    missing = next(map_ for map_ in range(32) if map_ not in kept)
    assert drawn(model, MapLook(kept=((0, kept),), chosen=(1, missing)), images).columns[1].maps == (*kept, missing)
    other = tuple(map_ for map_ in range(32) if map_ not in kept)[:FEW]
    assert drawn(model, MapLook(kept=((0, other),)), images[:1]).reranked
    assert drawn(model, MapLook(kept=((0, (99,)),), chosen=(0, 99)), images[:1]).columns[1].maps == first.columns[1].maps


def test_all_maps_of_an_opened_layer_are_drawn() -> None:
    model = network(f"conv {MANY + 1} k3 same relu | pool 2 | flatten | dense 2")
    shown = drawn(model, MapLook(opened=(0, 77)))
    assert column(shown, 0, "feature").maps == column(shown, 0, "activation").maps == tuple(range(MANY + 1))
    assert len(column(shown, 1, "output").maps) == FEW


@pytest.mark.parametrize("kind", ["conv", "groups", "dilated"])
def test_the_lines_are_as_strong_as_what_each_input_adds(kind: str) -> None:
    model = one_layer(kind)
    images = pictures(model, 1)
    shown = drawn(model, images=images)
    found = next(column for column in shown.columns if column.layer == 2 and column.links[0].sort == "all")
    strengths = found.links[0].strengths
    assert strengths is not None
    expected = np.zeros_like(strengths)
    for filter_index in range(strengths.shape[1]):
        parts = contributions(model, "asked", filter_index, images)
        expected[list(parts.channels), filter_index] = np.abs(parts.maps).mean(axis=(0, 1, 2))
    np.testing.assert_allclose(strengths, expected, rtol=1e-4, atol=1e-6)


def test_the_strongest_inputs_of_a_unit() -> None:
    model = varied(sequential(L.Flatten(), L.Dense(3, name="dense"), shape=(4, 5, 1)))
    images = pictures(model, 1)
    (link,) = column(drawn(model, images=images), 1, "feature").links
    assert link.top is not None
    assert link.adds is not None
    for unit in range(3):
        parts = contributions(model, "dense", unit, images)
        np.testing.assert_allclose(np.abs(link.adds[:, unit]), np.abs(parts.maps[0, :6]), rtol=1e-5)
        assert link.top[0, unit] == parts.channels[0]


def test_branches_and_sums_are_wired_as_they_run() -> None:
    shown = drawn(network(RESIDUAL))
    names = {(column.layer, column.sort): at for at, column in enumerate(shown.columns)}
    total = next(column for column in shown.columns if len(column.links) == 2)
    start = names[0, "activation"]
    assert {link.column for link in total.links} == {start, names[2, "feature"]}
    assert {shown.columns[link.column].maps for link in total.links} == {total.maps}


def test_numbers_without_a_function_get_probabilities_of_their_own() -> None:
    plain = drawn(network("flatten | dense 3"))
    assert not plain.says
    assert [column.sort for column in plain.columns] == ["picture", "output", "feature", "answer"]
    assert plain.columns[-1].numbers.sum() == pytest.approx(1)
    one = drawn(network("flatten | dense 1 sigmoid"))
    assert [column.shape for column in one.columns[-2:]] == [(1,), (2,)]
    assert one.columns[-1].numbers.sum() == pytest.approx(1)
    maps = drawn(network("conv 2 k3 same"))
    assert maps.columns[-1].sort == "feature"


def test_layers_that_only_hand_on_draw_nothing() -> None:
    shown = drawn(network("conv 4 k3 relu | dropout 0.3 | flatten | dense 2"))
    passed = column(shown, 1, "passed")
    assert passed.numbers.size == 0
    assert shown.columns[4].links[0].column == 3


def test_a_very_long_row_of_numbers_is_drawn_by_means() -> None:
    shown = drawn(network("conv 2 k3 same | flatten | dense 2", "160x170x1"))
    row = column(shown, 1, "output")
    assert row.shape == (54_400,)
    assert row.each == 2
    assert row.numbers.shape == (27_200,)
    np.testing.assert_allclose(gathered(np.arange(5, dtype=np.float32), 2), [0.5, 2.5, 4])
