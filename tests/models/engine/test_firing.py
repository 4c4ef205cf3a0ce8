"""What makes a filter fire, as pages ask for it."""

from pathlib import Path

import numpy as np
import pytest

from models.datasets import DATASETS
from models.engine import firing_data, firing_questions
from models.engine.firing_questions import dreams, firing, means
from models.engine.networks import opened
from models.engine.questions import QUESTIONS
from models.errors import LearnerError
from models.network.inspect import feature_maps, probabilities
from models.network.preprocessing import of_dataset
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.ascent import AscentSpec
from models.specs.preprocessing import PreprocessingSpec
from models.training.store import Store

DIGITS = NetworkSource("shipped", "digits_small", preprocessing=of_dataset("digits"))
LAYERS = NetworkSource("layers", input="20x26x3", layers="conv 4 k3 relu | pool 2 | conv 5 k3 relu | flatten | dense 1 sigmoid")


def test_the_pictures_are_those_that_the_network_has_learnt_from() -> None:
    found = firing(DIGITS, "conv_3", 2, 5)
    data = DATASETS["digits"]()
    assert (found.dataset, found.class_names, found.seen, found.of) == ("digits", data.class_names, 5000, 5000)
    assert len(found.patches) == len(found.labels) == len(found.pictures) == 5
    assert found.before
    assert not found.dead
    values = [patch.value for patch in found.patches]
    assert values == sorted(values, reverse=True)
    assert found.highest == values[0]
    for patch, label, picture in zip(found.patches, found.labels, found.pictures, strict=True):
        assert label == data.labels[patch.image]
        np.testing.assert_array_equal(picture, data.images[patch.image])
        maps = feature_maps(opened(DIGITS).model, data.batch([patch.image]), ["conv_3"])["conv_3"]
        assert patch.unit
        np.testing.assert_allclose(maps[0, *patch.unit, 2], patch.value, rtol=1e-5)


def test_a_unit_of_the_answer_fires_for_its_class() -> None:
    found = firing(DIGITS, "dense_6", 3, 9)
    assert set(found.labels) == {3}
    assert np.argmax(found.by_class) == 3
    assert 0 < found.fires < 0.5
    np.testing.assert_allclose(found.active, found.fires, rtol=1e-5)
    assert {patch.box for patch in found.patches} == {((0, 27), (0, 27))}


def test_an_untrained_network_gets_pictures_of_its_kind_in_its_size() -> None:
    found = firing(LAYERS, "conv_3", 1, 3)
    assert found.dataset == "shapes"
    assert found.pictures.shape == (3, 20, 26, 3)
    small = NetworkSource("layers", input="9x12x1", layers="conv 2 k3 relu")
    shown = firing(small, "conv_1", 0, 2)
    assert shown.dataset == "digits"
    assert shown.pictures.shape == (2, 9, 12, 1)
    drawn = firing(small, "conv_1", 0, 2, "shapes")
    assert drawn.class_names[0] == "circle"
    assert drawn.pictures.shape == (2, 9, 12, 1)
    light = NetworkSource("layers", input="28x28x1", layers="conv 2 k3", preprocessing=PreprocessingSpec(ground="light"))
    assert np.median(firing(light, "conv_1", 0, 2).pictures) == 255


def test_a_run_is_shown_what_it_has_learnt_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVSCOPE_DATA", str(tmp_path))
    layers = "conv 3 k3 relu | flatten | dense 1 sigmoid"
    run = Store().create("ada", ("28x28x1", layers), {"seed": 4}, {"name": "digits", "classes": "8, 3"}).id
    found = firing(NetworkSource("run", run), "conv_1", 2, 8)
    assert (found.dataset, found.class_names, found.of) == ("digits", ("8", "3"), 1000)
    assert set(found.labels) <= {0, 1}


def test_a_large_network_sees_fewer_pictures_evenly_out_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    source = NetworkSource("layers", input="28x28x1", layers="conv 2 k3 relu", seed=7)
    monkeypatch.setattr(firing_data, "MOST_PRODUCTS", 784 * 20 * 38)
    found = firing(source, "conv_1", 0, 100)
    assert (found.seen, found.of) == (38, 5000)
    assert sorted(patch.image for patch in found.patches) == [number * 5000 // 38 for number in range(38)]
    assert set(found.labels) == set(range(10))
    monkeypatch.setattr(firing_data, "MOST_PRODUCTS", 1)
    shown = firing_data.shown_to(source, opened(source).model, "conv_1")
    assert len(shown.numbers) == firing_data.FEWEST_PICTURES


def test_what_is_missing_is_said() -> None:
    with pytest.raises(LearnerError, match="unknown_dataset"):
        firing(LAYERS, "conv_1", 0, 3, "faces")
    with pytest.raises(LearnerError, match="run_unknown"):
        firing(NetworkSource("run", "0" * 16), "conv_1", 0, 3)


def test_a_class_of_which_nothing_was_seen_has_no_mean() -> None:
    found = means(np.array([1, 2, 6], np.float32), np.array([0, 2, 2]), 4)
    np.testing.assert_array_equal(found, [1, np.nan, 4, np.nan])


def test_dreams_of_some_filters() -> None:
    made = dreams(DIGITS, "conv_3", (0, 4), AscentSpec(steps=16))
    assert made.pictures.shape == (2, 28, 28, 1)
    assert made.steps == 16
    assert (made.after > made.before).all()
    network = opened(DIGITS)
    maps = feature_maps(network.model, made.pictures, ["conv_3"])["conv_3"]
    np.testing.assert_allclose(maps[[0, 1], 7, 7, [0, 4]], made.after, rtol=1e-4)
    three = dreams(DIGITS, "dense_6", (3,), AscentSpec())
    assert probabilities(network.model, three.pictures)[0].argmax() == 3


def test_a_large_network_dreams_in_fewer_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firing_questions, "MOST_PRODUCTS", 6 * 3 * 2 * 784 * (25 * 4 + 4))
    assert dreams(DIGITS, "conv_1", (0, 1), AscentSpec(steps=256)).steps == 6
    monkeypatch.setattr(firing_questions, "MOST_PRODUCTS", 1)
    assert dreams(DIGITS, "conv_1", (0, 1), AscentSpec()).steps == 1


def test_one_unit_for_two_classes() -> None:
    card = SHIPPED["circle_or_triangle"]
    source = NetworkSource("shipped", card.name, preprocessing=of_dataset(card.dataset))
    found = QUESTIONS["firing"](source, opened(source).model.layers[-1].name, 0, 4)
    assert card.made
    assert found.class_names == card.made.class_names
    assert set(found.labels) == {1}
    assert found.by_class[0] < 0 < found.by_class[1]
    assert QUESTIONS["dreams"](source, "conv_1", (0, 1), AscentSpec(steps=4)).pictures.shape == (2, 24, 40, 1)
