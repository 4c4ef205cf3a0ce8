"""Hostile and broken files are refused by their names; nothing in them is run, looked up, or followed out of the file."""

import base64
import json
import marshal
import random
from collections.abc import Iterator
from typing import Any

import keras
import pytest
from keras.src.saving import serialization_lib

from models.engine.memory import resident_megabytes
from models.errors import LearnerError
from models.network.load import load_model
from tests.models.network.hostile_archives import archives
from tests.models.network.hostile_networks import CANARY_FILE, CODE, LAMBDA, networks
from tests.models.network.hostile_weights import SECRET, secret_numbers, weights
from tests.models.network.keras_files import CONFIG, PARTS, PLAIN, L, code_of, replaced, saved, sequential, told

FILES = {**dict(archives()), **dict(networks()), **dict(weights())}
MOST_MEGABYTES = 300
NAMES = ("zeros", "ones", "glorot_uniform", "Zeros", "Ones", "GlorotUniform")
DESERIALISE = serialization_lib.deserialize_keras_object


@pytest.fixture(scope="module", autouse=True)
def memory() -> Iterator[None]:
    """All of these files together leave no more memory in use than one network would."""
    load_model(PLAIN)
    before = resident_megabytes()
    yield
    assert resident_megabytes() - before < MOST_MEGABYTES


@pytest.fixture(autouse=True)
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The canary never sings, and Keras' deserialiser never gets more than a name of our own lists."""

    seen = []

    def deserialise(config: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(config)
        return DESERIALISE(config, *args, **kwargs)

    monkeypatch.setattr(serialization_lib, "deserialize_keras_object", deserialise)
    CANARY_FILE.unlink(missing_ok=True)
    secret_numbers()
    yield
    SECRET.unlink(missing_ok=True)
    assert not CANARY_FILE.exists()
    assert [config for config in seen if config["config"] or config["class_name"] not in NAMES] == []


def test_there_are_many() -> None:
    assert len(FILES) >= 200


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_are_refused(name: str) -> None:
    data, code = FILES[name]()
    assert code_of(data) == code


def test_the_canary_can_sing() -> None:
    exec(marshal.loads(base64.b64decode(CODE)))
    assert CANARY_FILE.exists()
    CANARY_FILE.unlink()


def test_a_lambda_that_keras_saved_is_refused_by_name() -> None:
    model = sequential(L.Conv2D(2, 3), L.Lambda(lambda x: x * 2, name="double"))
    with pytest.raises(LearnerError) as caught:
        load_model(saved(model))
    assert (caught.value.code, caught.value.values) == ("network_lambda", {"layer": "double"})


def test_a_registered_class_is_never_made() -> None:
    made = []

    class Canary(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, **kwargs: Any) -> None:
            made.append(kwargs)
            super().__init__(**kwargs)

    with keras.saving.CustomObjectScope({"tests>Canary": Canary, "Canary": Canary, "relu": Canary, "Conv2D": Canary}):
        data = saved(sequential(Canary(name="mine")))
        made.clear()
        with pytest.raises(LearnerError) as caught:
            load_model(data)
        assert load_model(PLAIN).get_layer("conv").__class__ is keras.layers.Conv2D
    assert caught.value.code == "network_own_layer"
    assert caught.value.values == {"layer": "mine", "kind": "Canary"}
    assert made == []


def test_code_in_what_is_said_about_training_is_not_looked_at() -> None:
    for place in ("compile_config", "build_config"):
        assert code_of(replaced(config=json.dumps({**CONFIG, place: {"loss": LAMBDA, "optimizer": LAMBDA}}).encode())) == ""


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_files_are_taken_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(10):
        data = bytearray(PLAIN)
        for _ in range(dice.choice((1, 3, 20, 200))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        code_of(bytes(data))


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_descriptions_are_taken_or_refused(seed: int) -> None:
    """Every value of the description in turn becomes another one."""
    dice = random.Random(seed)
    odd: tuple[Any, ...] = (
        None,
        True,
        -1,
        0,
        3,
        10**17,
        1.5,
        "",
        "relu",
        "a" * 200,
        [],
        [1, 2],
        [[1, 2]],
        {},
        {"a": 1},
        CONFIG,
    )
    for _ in range(20):
        code_of(told(lambda config: overwrite(config, dice, odd)))


def overwrite(config: Any, dice: random.Random, odd: tuple[Any, ...]) -> None:
    place, key = dice.choice(list(places(config)))
    place[key] = dice.choice(odd)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in nested lists and objects: (what holds it, its key or index)."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_weights_are_taken_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(10):
        data = bytearray(PARTS["model.weights.h5"])
        for _ in range(dice.choice((1, 3, 20, 200))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        code_of(replaced(weights=bytes(data)))
