"""The training lane with real trainings: what is kept can be loaded, gone on with, and is what the stream gives."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from models.engine import take_home
from models.engine.lane import training as lane
from models.engine.supervisor import Supervisor
from models.engine.trainings import LANE, Trainings
from models.errors import LearnerError
from models.network.load import load_model
from models.specs.training import TrainingSpec
from models.training.ensemble import TEST, ensemble
from models.training.limits import too_much
from models.training.plain import to_plain, training_of
from models.training.program import NOTES
from models.training.steps import path_of
from models.training.store import Store
from tests.models.engine.test_jobs import ended, wait_for_batches, wait_for_stage, wait_until

NETWORK = ("28x28x1", "conv 2 k5 s3 relu | flatten | dense 3 softmax")
DATA = {"name": "digits", "settings": {}, "classes": "1, 7, 8"}
SPEC = TrainingSpec(epochs=2, batch_size=64, learning_rate=0.01)


@pytest.fixture(scope="module")
def trainings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trainings]:
    supervisor = Supervisor({LANE: replace(lane(), seconds=60)})
    supervisor.start()
    supervisor.warm_up(LANE)
    wait_until(lambda: supervisor.is_warm(LANE), "warm")
    yield Trainings(Store(tmp_path_factory.mktemp("data")), lambda: supervisor)
    supervisor.close()


def test_what_is_kept_is_a_model_that_keras_loads(trainings: Trainings) -> None:
    run = trainings.submit("ada", NETWORK, to_plain(SPEC), DATA)
    state = ended(trainings, run)
    assert (state.stage, state.error, state.epoch) == ("finished", None, 2)
    test = trainings.store.arrays(run, TEST)
    assert test
    assert test["scores"].shape == (len(test["part"]), 3)
    path = trainings.store.file(run, "model.keras")
    weights = trainings.store.weights(run, 2)
    assert path
    assert weights
    model = keras.saving.load_model(path)
    assert all(np.array_equal(variable.numpy(), weights[variable.path]) for variable in model.variables)
    record = trainings.record(run)
    assert [len(epoch) for epoch in record.epochs()] == [8, 8]
    assert record.get("classes").tolist() == ["1", "7", "8"]  # type: ignore[union-attr]
    again = trainings.submit("ben", NETWORK, to_plain(SPEC), DATA)
    assert ended(trainings, again).test == state.test


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras' own, wherever it saves a model
def test_what_a_run_leaves_for_other_programs(trainings: Trainings, monkeypatch: pytest.MonkeyPatch) -> None:
    (run, *_) = trainings.runs("ada")
    monkeypatch.setenv("CONVSCOPE_DATA", str(trainings.store.folder.parent))
    script = take_home.program_file(run.id, take_home.SCRIPT, NOTES).decode()
    compile(script, "train.py", "exec")
    assert json.loads(take_home.program_file(run.id, take_home.NOTEBOOK, NOTES))["nbformat"] == 4
    assert np.load(io.BytesIO(take_home.program_file(run.id, take_home.DATA, NOTES)))["images"].shape == (1500, 28, 28, 1)
    model = load_model(take_home.epoch_file(run.id, 1))
    weights = trainings.store.weights(run.id, 1)
    assert weights
    assert all(np.array_equal(variable.numpy(), weights[path_of(variable)]) for variable in model.variables)
    with pytest.raises(LearnerError, match="run_unknown"):
        take_home.program_file("0" * 16, take_home.SCRIPT, NOTES)


def test_an_ensemble_of_runs(trainings: Trainings) -> None:
    specs = (SPEC, replace(SPEC, seed=1), replace(SPEC, split_seed=1))
    runs = [trainings.submit(f"owner {number}", NETWORK, to_plain(spec), DATA) for number, spec in enumerate(specs)]
    for run in runs:
        ended(trainings, run)
    looked = ensemble(trainings.store, runs[:2])
    for number, run in enumerate(runs[:2]):
        found = trainings.read(run)
        assert found
        accuracy = 1 - looked.found.wrong[number] / looked.found.pictures
        assert accuracy == pytest.approx(found.state.test["accuracy"])
    assert looked.images.shape == (len(looked.labels), 28, 28, 1)
    assert looked.class_names == ("1", "7", "8")
    with pytest.raises(LearnerError, match="ensemble_parts"):
        ensemble(trainings.store, [runs[0], runs[2]])


def test_pause_one_batch_one_epoch_rate_and_stop(trainings: Trainings) -> None:
    run = trainings.submit("ada", NETWORK, to_plain(replace(SPEC, epochs=150)), DATA)
    wait_for_batches(trainings, run)
    trainings.command(run, "pause")
    wait_for_stage(trainings, run, "paused")
    before = len(trainings.record(run).rows("batches"))
    trainings.command(run, "batch")
    wait_for_batches(trainings, run, before + 1)
    trainings.command(run, "rate", 0.5)
    trainings.command(run, "epoch")
    epochs = len(trainings.record(run).epochs())
    wait_until(lambda: len(trainings.record(run).epochs()) > epochs, "an epoch")
    wait_for_stage(trainings, run, "paused")
    assert len(trainings.record(run).epochs()) == epochs + 1
    assert trainings.record(run).progress()["learning_rate"] == 0.5
    trainings.stop(run)
    state = ended(trainings, run)
    assert (state.stage, state.reason) == ("stopped", "asked")
    assert state.test
    assert trainings.store.file(run, "model.keras")


def test_a_run_that_was_ended_goes_on_from_its_last_epoch(trainings: Trainings) -> None:
    run = trainings.submit("ada", NETWORK, to_plain(replace(SPEC, epochs=4)), DATA)
    wait_until(lambda: trainings.store.epochs(run), "an epoch")
    trainings.stop(run)
    first = ended(trainings, run)
    trainings.resume(run, "ada")
    assert ended(trainings, run).stage == "finished"
    assert [epoch["epoch"] for epoch in trainings.record(run).epochs()] == [1, 2, 3, 4]
    assert first.epoch <= 4


def test_settings_survive_a_file() -> None:
    spec = replace(SPEC, augmentation=replace(SPEC.augmentation, rotation=12))
    assert training_of({**to_plain(spec), "unknown": 3}) == spec


def test_a_run_of_an_older_version_keeps_what_was_fixed_then() -> None:
    older = training_of({"schedule": "one_cycle", "seed": 7})
    assert (older.split_seed, older.beta_2, older.final_share) == (7, 0.99, 0.001)
    assert training_of({}) == TrainingSpec()


@pytest.mark.parametrize(
    ("limit", "code"), [("CONVSCOPE_MOST_PICTURES", "fit_too_many"), ("CONVSCOPE_MOST_EPOCHS", "fit_too_long")]
)
def test_the_host_sets_how_much_one_training_may_be(limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert too_much(1000, 5) is None
    monkeypatch.setenv(limit, "4")
    error = too_much(1000, 5)
    assert error
    assert (error.code, error.values["limit"]) == (code, 4)


def test_no_data_is_told_in_words(trainings: Trainings, tmp_path: Path) -> None:
    run = trainings.submit("ada", NETWORK, to_plain(SPEC), {"name": "no such set"})
    state = ended(trainings, run)
    assert state.error
    assert state.error["code"] == "unknown_dataset"
    assert not list(tmp_path.iterdir())
