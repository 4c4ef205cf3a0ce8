"""The maps of all layers: as Keras has them; what follows a moved picture exactly, and what stays."""

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network.build import build
from models.network.inspect import activation_maps, feature_maps
from models.network.inventory import inventory
from models.network.layer_maps import Side, compare, layer_maps
from models.network.likeness import changed
from models.network.map_tiles import Drawn, tiles
from models.network.maps_compared import MapsLook
from models.network.notation import parse
from models.network.picture_moves import Move, moved
from models.network.source import NetworkSource
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import varied
from tests.models.network.looked_at import pictures

CHAIN = "conv 4 relu | pool 2 | conv 5 no_bias | batch_norm | activation relu | flatten | dense 6 relu | dense 1 sigmoid"


def network(layers: str = CHAIN, shape: str = "14x17x1") -> keras.Model:
    return varied(build(parse(layers, shape), seed=1))


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_all_stages_are_keras_own_numbers(name: str) -> None:
    model = ARCHITECTURES[name]()
    image = pictures(model, 1)
    layers = inventory(model).layers
    before, behind = feature_maps(model, image), activation_maps(model, image)
    found = compare(Side(model, image), None, MapsLook(0, every=True))
    for entry in found.numbers:
        expected = (before if entry.stage.sort == "feature" else behind)[layers[entry.stage.layer].name][0]
        assert entry.limits == pytest.approx((expected.min(), expected.max()), rel=1e-5, abs=1e-6)
        assert entry.zeros == pytest.approx((expected == 0).mean(), abs=1e-6)
        assert entry.dead == (~expected.reshape(-1, expected.shape[-1]).any(axis=0)).sum()
        assert entry.changed is None is entry.left


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("move", [Move(1, -2), Move(turn=30, zoom=0.8)])
def test_every_block_of_every_network_can_be_compared(name: str, move: Move) -> None:
    model = ARCHITECTURES[name]()
    image = pictures(model, 1)
    sides = Side(model, image), Side(model, moved(image[0], move)[None])
    for place in range(0, len(inventory(model).layers), 2):
        for back in (False, True):
            found = compare(*sides, MapsLook(place, True, move, back))
            for stage in found.stages:
                assert stage.second is not None
                assert stage.difference is not None
                assert stage.changes is not None
                assert len(stage.changes) == len(stage.first.levels) == len(stage.difference.levels) == found.total
                assert ((stage.changes >= 0) & (stage.changes <= 1.0001)).all()
                assert 0 <= (stage.numbers.changed or 0) <= 1.0001
                assert 0 <= (stage.numbers.left or 0) <= 1.0001


def test_tiles_are_the_maps() -> None:
    model, image = network(), pictures(network(), 1)
    found = compare(Side(model, image), None, MapsLook(0))
    stage = found.stages[1]
    expected = activation_maps(model, image, ["conv_1"])["conv_1"][0][..., list(found.maps)].transpose(2, 0, 1)
    low, high = stage.first.ranges.T[..., None, None]
    np.testing.assert_allclose(low + stage.first.levels / 65535 * (high - low), expected, atol=1e-4)
    np.testing.assert_allclose(stage.first.zeros, (expected == 0).mean(axis=(1, 2)), atol=1e-6)
    strengths = np.abs(expected).mean(axis=(1, 2))
    assert (np.diff(strengths) <= 1e-6).all()


def test_the_strongest_maps_come_first_and_all_are_one_step_away() -> None:
    model = network("conv 40 relu | conv 3")
    image = pictures(model, 1)
    few, every = (compare(Side(model, image), None, MapsLook(0, every=wide)) for wide in (False, True))
    assert len(few.maps) == 8
    assert sorted(every.maps) == list(range(40))
    assert every.maps[:8] == few.maps
    assert few.total == 40


def test_large_maps_are_made_smaller_and_keep_their_numbers() -> None:
    maps = np.zeros((300, 200, 2), np.float32)
    maps[7, 5, 0] = 9
    made = tiles(maps, Drawn((0, 1), 96, 255))
    assert made.levels.shape == (2, 96, 64)
    assert made.ranges.tolist() == [[0, 9], [0, 0]]
    assert made.dead == 1


def test_two_pictures_and_two_networks() -> None:
    one, other = network(), varied(build(parse(CHAIN, "14x17x1"), seed=2), seed=3)
    image = pictures(one, 2)
    both = compare(Side(one, image[:1]), Side(one, image[1:]), MapsLook(0))
    expected = activation_maps(one, image)["conv_1"]
    assert both.numbers[1].changed == pytest.approx(changed(*expected))
    assert both.numbers[1].left is None is both.numbers[1].unlike
    assert both.stages[1].difference is not None
    networks = compare(Side(one, image[:1]), Side(other, image[:1]), MapsLook(0))
    assert (networks.numbers[0].changed or 0) > 0
    assert 0 < (networks.numbers[0].unlike or 0) <= 1


def test_two_pictures_of_another_size_have_their_own_maps() -> None:
    model = ARCHITECTURES["residual"]()
    one, other = (np.random.default_rng(1).random((1, *size, 1), dtype=np.float32) for size in ((12, 15), (20, 11)))
    found = compare(Side(model, one), Side(model, other), MapsLook(0))
    assert found.numbers[0].other_shape == (20, 11, 6)
    assert found.numbers[0].changed is None
    assert found.stages[0].second is not None
    assert found.numbers[-1].changed is not None


def test_networks_of_another_shape_are_paired_step_by_step() -> None:
    one, other = network(), network("conv 6 k5 relu | pool 2 | dense 2", "20x20x1")
    found = compare(Side(one, pictures(one, 1)), Side(other, pictures(other, 1)), MapsLook(0, every=True))
    first, activation, pooled = found.stages
    assert first.numbers.other_shape == (16, 16, 6)
    assert first.numbers.changed is None is first.difference
    assert first.numbers.unlike is not None
    assert first.second is not None
    assert len(first.second.levels) == 4
    assert activation.second is not None
    assert pooled.second is not None
    assert found.numbers[-1].other_shape is None


def test_the_answers_of_two_networks_stand_side_by_side() -> None:
    one, other = network("conv 4 | conv 4 | flatten | dense 9 | dense 3"), network("conv 4 | flatten | dense 3")
    image = pictures(one, 1)
    found = compare(Side(one, image), Side(other, image), MapsLook(0))
    assert [entry.other_shape for entry in found.numbers] == [(12, 15, 4), None, None, (3,)]
    expected = [activation_maps(model, image)[name][0] for model, name in ((one, "dense_5"), (other, "dense_3"))]
    assert found.numbers[-1].changed == pytest.approx(changed(*expected))


def test_numbers_that_are_none_are_told() -> None:
    model = network()
    layer = model.get_layer("conv_1")
    layer.set_weights([np.full_like(weight, np.inf) for weight in layer.get_weights()])
    with pytest.raises(LearnerError) as told:
        compare(Side(model, pictures(model, 1)), None, MapsLook(0))
    assert (told.value.code, told.value.values["layer"]) == ("unit_not_finite", "conv_1")


def test_the_question_moves_the_picture_of_a_network_that_it_opens() -> None:
    source = NetworkSource("layers", input="14x17x1", layers=CHAIN)
    image = np.random.default_rng(0).random((14, 17, 1), dtype=np.float32)
    alone = layer_maps(source, image, MapsLook(3))
    assert alone.shown == 1
    assert alone.numbers[0].changed is None
    assert (layer_maps(source, image, MapsLook(3, move=Move(turn=40))).numbers[0].changed or 0) > 0
    beside = layer_maps(source, image, MapsLook(3), second=image)
    assert beside.numbers[0].changed == 0
    other = layer_maps(
        source, image, MapsLook(3), other=NetworkSource("layers", input="14x17x1", layers=CHAIN, seed=9), second=image
    )
    assert (other.numbers[0].changed or 0) > 0
