"""What a network answers, and what it is made of."""

import subprocess
import sys

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network.inspect import (
    inventory,
    probabilities,
    top_classes,
)
from tests.models.network.architectures import ARCHITECTURES, nested
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import one_layer, pictures


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request: pytest.FixtureRequest) -> keras.Model:
    return varied(ARCHITECTURES[request.param]())


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((L.Dense(3, activation="softmax"),), "softmax"),
        ((L.Dense(3),), "logits"),
        ((L.Dense(3), L.Softmax()), "softmax"),
        ((L.Dense(3), L.Activation("softmax"), L.Dropout(0.5)), "softmax"),
        ((L.Dense(1, activation="sigmoid"),), "one"),
        ((L.Dense(1),), "one_logit"),
        ((L.Dense(3, activation="sigmoid"),), "each"),
    ],
)
def test_probabilities(layers: tuple[keras.Layer, ...], expected: str) -> None:
    model = sequential(L.Flatten(), *layers, shape=(3, 2, 1))
    images = pictures(model, 4)
    answer = np.asarray(model(images, training=False))
    rows = probabilities(model, images)
    if expected in ("softmax", "each"):
        np.testing.assert_allclose(rows, answer, atol=1e-6)
    elif expected == "logits":
        np.testing.assert_allclose(rows, np.asarray(keras.ops.softmax(answer)), atol=1e-6)
    else:
        second = answer if expected == "one" else np.asarray(keras.ops.sigmoid(answer))
        np.testing.assert_allclose(rows, np.concatenate([1 - second, second], axis=1), atol=1e-6)
    for row, best in zip(rows, top_classes(model, images, 2), strict=True):
        assert [entry.number for entry in best] == np.argsort(-row, kind="stable")[:2].tolist()
        assert best[0].probability == pytest.approx(row.max())


def test_a_network_that_answers_with_maps_has_no_classes() -> None:
    model = one_layer("conv")
    with pytest.raises(LearnerError) as caught:
        probabilities(model, pictures(model))
    assert (caught.value.code, caught.value.values) == ("network_without_classes", {"shape": "5x11x4"})


def test_the_inventory_counts_what_keras_counts(model: keras.Model) -> None:
    listed = inventory(model)
    assert sum(entry.parameters for entry in listed.layers) == model.count_params()
    assert listed.layers[-1].shape == tuple(model.output_shape[1:])
    assert listed.shape == tuple(model.input_shape[1:])
    seen: set[str] = set()
    for entry in listed.layers:
        assert set(entry.sources) <= seen
        seen.add(entry.name)


def test_the_inventory_of_nested_and_residual_networks() -> None:
    entries = {entry.name: entry for entry in inventory(nested()).layers}
    assert entries["first"].function == "elu"
    assert entries["first"].sources == ()
    assert entries["block/conv"].blocks == ("block",)
    assert entries["block/conv"].weighted
    assert entries["block/conv#2"].parameters == 0
    sums = [entry for entry in inventory(ARCHITECTURES["residual"]()).layers if entry.kind == "Add"]
    assert [len(entry.sources) for entry in sums] == [2, 2]
    assert sums[0].shape == (None, None, 6)


def test_findings_need_no_keras() -> None:
    program = "import sys, models.network.findings; sys.exit('keras' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
