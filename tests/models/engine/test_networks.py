"""Networks that a worker opens, keeps and lets go."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from models.arrays import BatchArray
from models.datasets.shapes import OUTLINES
from models.engine import networks
from models.engine.networks import open_network, opened
from models.errors import LearnerError
from models.images import SAMPLES
from models.network.build import build
from models.network.inspect import activation_maps, probabilities
from models.network.notation import parse
from models.network.preprocessing import fitted, of_dataset
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.preprocessing import PreprocessingSpec
from models.training.record import Record, Told
from models.training.steps import path_of
from models.training.store import Store
from tests.models.network.keras_files import PLAIN

INPUT, LINE = "9x7x1", "conv 2 k3 relu | flatten | dense 3 softmax"
BUILT = NetworkSource("layers", input=INPUT, layers=LINE, seed=4)
PICTURES: BatchArray = np.random.default_rng(0).random((2, 9, 7, 1), np.float32)


@pytest.fixture(autouse=True)
def _nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CONVSCOPE_DATA", str(tmp_path))
    networks._open.clear()
    yield
    networks._open.clear()


def trained() -> NetworkSource:
    """A run with two epochs, in whose weights everything is 0.1 and then 0.2."""
    store = Store()
    run = store.create("ada", (INPUT, LINE), {"seed": 4, "epochs": 2}, {"name": "digits", "classes": "3, 5, 8"}).id
    for epoch in (1, 2):
        variables = build(parse(LINE, INPUT), 4).variables
        weights = {path_of(variable): np.full(variable.shape, epoch / 10, np.float32) for variable in variables}
        store.write_weights(run, epoch, weights)
    record = Record()
    record.add(Told(replaced={"classes": np.array(["3", "5", "8"])}))
    store.write_record(run, record)
    return NetworkSource("run", run, epoch=2)


def brought(folder: Path, data: bytes, name: str = "") -> NetworkSource:
    path = folder / "a.keras"
    path.write_bytes(data)
    return NetworkSource("file", name or sha256(data).hexdigest(), path=str(path))


def test_layers_are_built_with_their_seed() -> None:
    model = opened(BUILT).model
    np.testing.assert_array_equal(model.get_weights()[0], build(parse(LINE, INPUT), 4).get_weights()[0])
    assert not np.array_equal(model.get_weights()[0], opened(replace(BUILT, seed=5)).model.get_weights()[0])


def test_a_run_has_the_weights_of_its_epoch() -> None:
    source = trained()
    assert {float(weight.max()) for weight in opened(source).model.get_weights()} == {np.float32(0.2)}
    assert {float(weight.max()) for weight in opened(replace(source, epoch=1)).model.get_weights()} == {np.float32(0.1)}
    untrained = opened(replace(source, epoch=0)).model
    np.testing.assert_array_equal(untrained.get_weights()[0], opened(BUILT).model.get_weights()[0])
    assert open_network(source).class_names == ("3", "5", "8")


def test_a_network_is_opened_once_whatever_goes_into_it() -> None:
    first = opened(BUILT)
    other = opened(replace(BUILT, preprocessing=PreprocessingSpec(value_range="bytes")))
    assert first.model is other.model
    np.testing.assert_allclose(other.preprocess(PICTURES), first.preprocess(PICTURES) * 255)


def test_looking_changes_no_weight() -> None:
    before = [weight.copy() for weight in opened(BUILT).model.get_weights()]
    activation_maps(opened(BUILT).model, PICTURES)
    for old, new in zip(before, opened(BUILT).model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_only_so_many_networks_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "MOST_OPEN", 3)
    first = opened(BUILT).model
    for seed in range(5, 8):
        opened(replace(BUILT, seed=seed))
    assert len(networks._open) == 3
    assert opened(BUILT).model is not first
    monkeypatch.setattr(networks, "MOST_NUMBERS", 1)
    opened(replace(BUILT, seed=9))
    assert len(networks._open) == 1


def test_a_file_is_opened(tmp_path: Path) -> None:
    found = open_network(brought(tmp_path, PLAIN))
    assert found.inventory.shape == (9, 7, 1)
    assert found.class_names == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_network_is_opened_with_its_classes(name: str) -> None:
    found = open_network(NetworkSource("shipped", name))
    card = SHIPPED[name]
    assert card.made
    assert found.class_names == card.made.class_names
    shape = tuple(size or 0 for size in found.inventory.shape)
    answers = probabilities(opened(NetworkSource("shipped", name)).model, np.zeros((1, *shape), np.float32))
    assert answers.shape == (1, len(found.class_names))


@pytest.mark.parametrize(
    ("network", "pictures"),
    [
        ("digits", {"digit_3": "3", "digit_6": "6", "digit_7": "7"}),
        ("digits_small", {"digit_3": "3", "digit_6": "6", "digit_7": "7"}),
        ("shapes", {name: name for name in OUTLINES}),
        ("residual", {name: name for name in OUTLINES}),
    ],
)
def test_the_shipped_networks_know_the_samples(network: str, pictures: dict[str, str]) -> None:
    source = NetworkSource("shipped", network, preprocessing=of_dataset(SHIPPED[network].dataset))
    found = opened(source)
    shape = tuple(found.model.inputs[0].shape[1:])
    images = np.stack([fitted(SAMPLES[name].make(), shape, source.preprocessing).image for name in pictures])
    answers = probabilities(found.model, found.preprocess(images)).argmax(axis=1)
    assert [found.class_names[answer] for answer in answers] == list(pictures.values())


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    source = trained()
    file = brought(tmp_path, PLAIN)
    faults = {
        "run_unknown": NetworkSource("run", "0" * 16),
        "epoch_gone": replace(source, epoch=7),
        "network_link_unknown": NetworkSource("shipped", "none"),
        "network_file_gone": replace(file, name="0" * 64),
        "network_too_large_to_open": replace(BUILT, input="300x300x3", layers="flatten | dense 600"),
        "unknown_layer": replace(BUILT, layers="konv 3"),
    }
    for code, wanted in faults.items():
        with pytest.raises(LearnerError, match=code):
            opened(wanted)
    Path(file.path).unlink()
    with pytest.raises(LearnerError, match="network_file_gone"):
        opened(file)
    with pytest.raises(ValueError, match="source"):
        opened(NetworkSource("other"))


def test_a_refused_file_leaves_the_others_open(tmp_path: Path) -> None:
    opened(BUILT)
    with pytest.raises(LearnerError):
        opened(brought(tmp_path, b"no archive"))
    assert len(networks._open) == 1
