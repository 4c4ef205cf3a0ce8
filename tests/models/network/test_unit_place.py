"""What is told of one place: its field, its footprint, softmax, where a moved number came from."""

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.inspect import activation_maps, feature_maps, footprint, inventory, seen_box
from models.network.notation import parse
from models.network.place_values import PlaceStory
from models.network.unit_place import core, place_story
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import pictures


def told(model: keras.Model, layer: str, number: int = 0, row: int = -1, col: int = -1) -> PlaceStory:
    return place_story(model, layer, number, row, col, pictures(model, 1)[0])


def test_the_field_is_the_box_and_what_moves_the_unit_lies_in_it() -> None:
    model = varied(build(parse("conv 3 k3 | pool 2 | conv 4 k3 same", "15x17x3"), seed=1))
    layer = inventory(model).layers[-1].name
    place = told(model, layer, 1, 0, 6)
    assert place.place == (0, 6)
    assert place.field == seen_box(model, layer, (0, 6)) == ((0, 5), (10, 15))
    assert place.size == (6, 6)
    assert place.inside == 36
    np.testing.assert_array_equal(place.footprint, footprint(model, layer, 1, (0, 6), pictures(model, 1)[0]))
    assert place.moving == np.count_nonzero(place.footprint) <= place.inside
    assert 0 < place.core <= place.moving


def test_places_are_kept_within_the_map_and_the_middle_is_the_default() -> None:
    model = ARCHITECTURES["convolutions"]()
    layer = inventory(model).layers[0].name
    assert told(model, layer).place == (3, 5)
    assert told(model, layer, 0, 99, 99).place == (6, 10)


def test_the_core_by_hand() -> None:
    assert core(np.zeros((2, 3), np.float32)) == 0
    assert core(np.array([[0, 0.5], [1, 0.5]], np.float32)) == 3
    assert core(np.array([[0.1, 0.05], [1, 0.05]], np.float32)) == 2
    assert core(np.ones((2, 5), np.float32)) == 9


def test_units_of_rows_see_everything() -> None:
    model = ARCHITECTURES["plain"]()
    place = told(model, "dense", 2)
    assert place.field is None
    assert place.size == (9, 7)
    assert place.inside == 63
    assert place.moving > 9


def test_a_flattened_number_sees_what_it_saw_on_its_map() -> None:
    model = build(parse("conv 2 k3 | flatten | dropout 0.2 | dense 3", "5x6x1"), seed=1)
    for layer in ("flatten_2", "dropout_3"):
        assert told(model, layer, 2 * (4 * 1 + 2) + 1).field == seen_box(model, "conv_1", (1, 2)) == ((1, 3), (2, 4))
    assert told(model, "dense_4", 1).field is None


def test_softmax_adds_up_to_the_probability() -> None:
    model = varied(build(parse("flatten | dense 14 softmax", "4x5x1"), seed=1))
    layer = inventory(model).layers[-1].name
    numbers = feature_maps(model, pictures(model, 1))[layer][0]
    for unit, expected in enumerate(activation_maps(model, pictures(model, 1))[layer][0]):
        place = told(model, layer, unit)
        found = place.softmax
        assert found
        assert unit in found.units
        assert found.others == 4
        assert sum(found.powers) + found.rest == pytest.approx(found.total)
        at = found.units.index(unit)
        assert found.numbers[at] == pytest.approx(float(numbers[unit]))
        assert found.powers[at] / found.total == pytest.approx(found.probabilities[at])
        assert found.probabilities[at] == pytest.approx(float(expected), rel=1e-4, abs=1e-7) == place.value


@pytest.mark.parametrize("name", ["pools", "plain", "shapes", "every_spec"])
def test_where_moved_numbers_came_from_adds_up(name: str) -> None:
    model = varied(ARCHITECTURES[name]())
    moving = [entry for entry in inventory(model).layers if told(model, entry.name).came_from is not None]
    assert moving
    for entry in moving:
        place = told(model, entry.name, 1, 2, 2)
        assert place.came_from is not None
        total = sum(part.value * part.factor for part in place.came_from)
        assert total == pytest.approx(place.value, rel=1e-4, abs=1e-5)


def test_pictures_without_a_channel_axis_are_one_map() -> None:
    model = sequential(L.Rescaling(2.0), L.Reshape((8, 6, 1)), L.Conv2D(1, 3), shape=(8, 6))
    place = told(model, inventory(model).layers[0].name, 0, 3, 4)
    assert place.place == (3, 4)
    assert np.argwhere(place.footprint).tolist() == [[3, 4]]


def test_padding_came_from_nowhere() -> None:
    model = sequential(L.ZeroPadding2D(1), shape=(3, 4, 1))
    layer = inventory(model).layers[0].name
    assert told(model, layer, 0, 0, 0).came_from == ()
    (part,) = told(model, layer, 0, 1, 2).came_from or ()
    assert part.place == (0, 1, 0)


def test_every_layer_of_every_network_has_places_and_no_look_changes_anything() -> None:
    for name in ("residual", "nested", "branches", "grey_without_channels"):
        model = ARCHITECTURES[name]()
        before = [weight.copy() for weight in model.get_weights()]
        for entry in inventory(model).layers:
            place = told(model, entry.name, 0, 0, 0)
            assert np.isfinite(place.value)
            assert place.footprint.shape == pictures(model, 1).shape[1:3]
        assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
