"""The programs that people take home: they run as they stand, and what they train is what was trained."""

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from models.datasets.dataset import Dataset
from models.hyperparameters import declared
from models.network.build import build
from models.network.notation import parse
from models.specs.augmentation import AugmentationSpec
from models.specs.network import NetworkSpec
from models.specs.training import BELONGS, TrainingSpec
from models.training.program import data_file, notebook, program
from models.training.program_settings import OPTIMIZERS, optimizer_code, rate_code
from models.training.rates import rate_at
from models.training.steps import optimizer_of
from models.training.stream import stream

# Keras' own, wherever it saves a model.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SHAPE = (9, 11, 1)
SPEC = TrainingSpec(epochs=2, batch_size=16, learning_rate=0.02, validation_share=0.2, test_share=0.2)
BODY = "conv 3 k3 relu he_normal | batch_norm momentum=0.8 | pool 2 | residual(conv 3 k3 same) | flatten | dropout 0.2 | "


def data(classes: int = 3, count: int = 150, name: str = "shapes") -> Dataset:
    """Noise with a bright row that tells the class."""
    random = np.random.default_rng(0)
    labels = np.arange(count) % classes
    images = random.integers(0, 120, (count, *SHAPE), dtype=np.uint8)
    images[np.arange(count), 2 * labels + 1] += 120
    return Dataset(images, labels, tuple("012345"[:classes]), "", "", name=name)


def network(end: str = "dense 3 softmax") -> NetworkSpec:
    return parse(BODY + end, SHAPE)


def executed(source: str, dataset: Dataset, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that a program leaves behind."""
    monkeypatch.chdir(folder)
    (folder / "train.py").write_text(source, "utf-8")
    (folder / "data.npz").write_bytes(data_file(dataset))
    assert "models." not in source.replace("keras.models.", "")
    return runpy.run_path("train.py")


def epochs(network: NetworkSpec, spec: TrainingSpec, dataset: Dataset) -> list[tuple[float, ...]]:
    return [snapshot.row for snapshot in stream(network, spec, dataset) if snapshot.row]


CASES: dict[str, tuple[TrainingSpec, str, int]] = {
    "plain": (SPEC, "dense 3 softmax", 3),
    "one unit, cosine": (replace(SPEC, schedule="cosine", optimizer="rmsprop", learning_rate=0.01), "dense 1 sigmoid", 2),
    "logits of one unit, smoothed": (replace(SPEC, label_smoothing=0.1, optimizer="nesterov"), "dense 1", 2),
    "augmented": (replace(SPEC, augmentation=AugmentationSpec(rotation=20, noise=0.05)), "dense 3 softmax", 3),
    "logits, one cycle, class weights": (replace(SPEC, schedule="one_cycle", class_weights=True), "dense 3", 3),
}


@pytest.mark.parametrize("case", CASES)
def test_a_program_trains_the_same_network_on_the_same_pictures_in_the_same_order(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, end, classes = CASES[case]
    dataset = data(classes)
    left = executed(program(network(end), spec, dataset), dataset, tmp_path, monkeypatch)
    assert left["model"].count_params() == build(network(end), spec.seed).count_params()
    rows = np.array(epochs(network(end), spec, dataset))
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    history = np.stack([left["history"].history[name] for name in names], axis=1)
    np.testing.assert_allclose(history[:, [0, 2]], rows[:, [2, 4]], rtol=1e-4)
    np.testing.assert_allclose(history[:, [1, 3]], rows[:, [3, 5]], atol=0.02)
    assert keras.saving.load_model("model.keras").count_params() == left["model"].count_params()


def test_a_program_starts_from_the_very_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = program(network(), replace(SPEC, seed=5), data())
    before_training, _, _ = source.partition("# %% Training")
    left = executed(before_training, data(), tmp_path, monkeypatch)
    for ours, theirs in zip(build(network(), 5).weights, left["model"].weights, strict=True):
        np.testing.assert_array_equal(ours.numpy(), theirs.numpy())


def test_augmentation_stopping_and_the_best_epoch_are_in_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    varied = AugmentationSpec(rotation=20, noise=0.05)
    spec = replace(SPEC, epochs=30, learning_rate=0.2, augmentation=varied, patience=2, restore_best=True, schedule="plateau")
    left = executed(program(network(), spec, data()), data(), tmp_path, monkeypatch)
    losses = left["history"].history["val_loss"]
    assert len(losses) < 30
    assert len(losses) == int(np.argmin(losses)) + 3
    assert (tmp_path / "best.keras").exists()
    judged = left["model"].evaluate(left["images"][left["validation"]], left["answers"][left["validation"]], verbose=0)
    assert judged[0] == pytest.approx(min(losses), rel=1e-4)


def test_every_setting_is_in_the_program() -> None:
    changes: dict[str, Any] = {
        "epochs": 7,
        "optimizer": "sgd",
        "schedule": "step",
        "patience": 3,
        "restore_best": True,
        "label_smoothing": 0.1,
        "class_weights": True,
        "augmentation": AugmentationSpec(flip_horizontal=True),
        "batch_size": 99,
        "learning_rate": 0.5,
        "momentum": 0.5,
        "beta_2": 0.95,
        "weight_decay": 0.01,
        "step_epochs": 3,
        "step_factor": 0.2,
        "warm_up": 0.2,
        "final_share": 0.05,
        "plateau_patience": 5,
        "plateau_factor": 0.2,
        "validation_share": 0.3,
        "test_share": 0.3,
        "split_seed": 8,
        "seed": 8,
    }
    assert changes.keys() == {*declared(TrainingSpec), "augmentation"}
    for name, value in changes.items():
        other, values = BELONGS.get(name, ("epochs", (2,)))
        beside: dict[str, Any] = {other: values[0]}
        spec = replace(SPEC, **beside)
        assert program(network(), replace(spec, **{name: value}), data()) != program(network(), spec, data()), name


def test_a_set_that_keras_has_is_fetched_by_keras() -> None:
    dataset = replace(data(name="mnist"), class_names=("7", "1", "3"), official_test=30)
    source = program(network(), SPEC, dataset)
    assert "keras.datasets.mnist.load_data()" in source
    assert "classes = [7, 1, 3]" in source
    assert "test = np.arange(120, len(labels))" in source
    assert data_file(dataset) == b""
    compile(source, "train.py", "exec")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_optimizer_of_a_program_is_the_runs(optimizer: str) -> None:
    spec = replace(SPEC, optimizer=optimizer, momentum=0.7, beta_2=0.95, weight_decay=0.02)
    written = eval(f"keras.optimizers.{optimizer_code(spec)}", {"keras": keras})
    assert written.get_config() | {"name": ""} == optimizer_of(spec).get_config() | {"name": ""}


RATES: dict[str, dict[str, Any]] = {
    "half and three quarters": {"schedule": "step", "step_factor": 0.3},
    "every third epoch": {"schedule": "step", "step_epochs": 3, "epochs": 10},
    "cosine": {"schedule": "cosine", "final_share": 0.05},
    "one cycle": {"schedule": "one_cycle", "warm_up": 0.2, "final_share": 0.01},
}


@pytest.mark.parametrize("name", RATES)
def test_the_learning_rates_of_a_program_are_the_runs(name: str) -> None:
    spec = replace(SPEC, **RATES[name])
    left: dict[str, Any] = {"np": np, "keras": keras}
    exec(rate_code(spec), left)
    for step in range(101):
        assert left["learning_rate"](step / 100) == pytest.approx(rate_at(spec, step, 100), rel=1e-9, abs=1e-15)


def test_a_notebook_has_the_program_in_its_cells() -> None:
    source = program(network(), SPEC, data())
    whole = json.loads(notebook(source))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    cells = whole["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    code = "\n\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")
    lines = [line for line in source.splitlines() if line and not line.startswith(("# %%", "# A training"))]
    assert [line for line in code.splitlines() if line] == lines
