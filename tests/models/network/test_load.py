"""Networks that Keras saved come back as they were, rebuilt by our own code."""

import json
from typing import Any

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network.graph import graph
from models.network.keras_file.kinds import FUNCTIONS, KINDS
from models.network.load import load_model
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import CONFIG, PARTS, PLAIN, L, packed, replaced, saved, sequential, told, varied


@pytest.fixture(scope="module", params=ARCHITECTURES)
def pair(request: pytest.FixtureRequest) -> tuple[keras.Model, keras.Model]:
    """A network, and what became of it on its way through a file."""
    model = varied(ARCHITECTURES[request.param]())
    return model, load_model(saved(model))


def pictures(model: keras.Model) -> np.ndarray[Any, Any]:
    shape = [side or 12 + place for place, side in enumerate(model.input_shape[1:])]
    return np.random.default_rng(1).random((2, *shape), dtype=np.float32)


def test_predictions_are_the_same(pair: tuple[keras.Model, keras.Model]) -> None:
    before, after = pair
    images = pictures(before)
    expected = np.asarray(before(images, training=False))
    np.testing.assert_allclose(
        np.asarray(after(images, training=False)), expected, rtol=0, atol=1e-6 * max(1, abs(expected).max())
    )


def test_layers_and_weights_are_the_same(pair: tuple[keras.Model, keras.Model]) -> None:
    before, after = pair
    assert type(after) is type(before)
    assert after.name == before.name
    assert after.input_shape == before.input_shape
    kept = {layer.name: type(layer) for layer in before.layers}
    assert {layer.name: type(layer) for layer in after.layers if layer.name in kept} == kept
    for one, other in zip(before.get_weights(), after.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not after.compiled


def test_every_kind_that_is_taken_is_tried_here() -> None:
    tried = {type(step.layer).__name__ for make in ARCHITECTURES.values() for step in graph(make()).steps}
    assert set(KINDS) - tried == set()


def test_every_kind_and_every_function_exists_in_keras() -> None:
    assert [kind for kind in KINDS if not hasattr(keras.layers, kind)] == []
    assert [name for name in FUNCTIONS if not callable(getattr(keras.activations, name, None))] == []


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_comes_back(name: str) -> None:
    model = sequential(L.Activation(getattr(keras.activations, name)), shape=(3, 2, 2))
    images = pictures(model)
    again = load_model(saved(model))
    np.testing.assert_array_equal(np.asarray(again(images)), np.asarray(model(images)))


def test_a_trained_network_is_taken_without_its_optimizer() -> None:
    model = ARCHITECTURES["plain"]()
    model.compile("adam", loss=lambda truth, answer: keras.ops.mean(answer - truth), metrics=["accuracy"])
    images = pictures(model)
    model.fit(images, np.zeros((2, 4)), verbose=0)
    again = load_model(saved(model))
    np.testing.assert_allclose(np.asarray(again(images)), np.asarray(model(images)), atol=1e-6)


def test_half_precision_becomes_float32() -> None:
    model = sequential(L.Conv2D(2, 3, dtype="float16"), L.Conv2D(2, 3, dtype="mixed_float16"))
    again = load_model(saved(model))
    assert {weight.dtype.name for weight in again.get_weights()} == {"float32"}
    np.testing.assert_array_equal(again.get_weights()[0], model.get_weights()[0])


def test_an_archive_packed_by_another_program_is_taken() -> None:
    assert load_model(packed(PARTS, compression=8)).name == "network"


def test_what_is_said_about_training_is_not_looked_at() -> None:
    def change(config: Any) -> None:
        config["compile_config"] = {"loss": {"module": "os", "class_name": "system", "config": "true"}}
        config["build_config"] = {"input_shape": ["anything"]}

    assert not load_model(told(change)).compiled


def test_a_later_keras_may_say_more_as_long_as_it_says_no() -> None:
    later = json.loads(json.dumps(CONFIG))
    later["config"]["layers"][1]["config"] |= {"something_new": None, "another": False}
    assert load_model(replaced(config=json.dumps(later).encode())).name == "network"
    later["config"]["layers"][1]["config"]["something_new"] = 2
    with pytest.raises(LearnerError, match="network_value_refused") as caught:
        load_model(replaced(config=json.dumps(later).encode()))
    assert caught.value.values == {"layer": "conv", "kind": "Conv2D", "field": "something_new", "received": "2"}


def test_the_process_s_seed_stays_as_it_was() -> None:
    keras.utils.set_random_seed(5)
    expected = np.asarray(keras.random.normal((2,))).tolist()
    keras.utils.set_random_seed(5)
    load_model(PLAIN)
    assert np.asarray(keras.random.normal((2,))).tolist() == expected


def test_two_models_of_one_file_share_nothing() -> None:
    one, other = load_model(PLAIN), load_model(PLAIN)
    one.get_layer("conv").kernel.assign(one.get_layer("conv").kernel * 0)
    assert np.any(other.get_layer("conv").kernel)
