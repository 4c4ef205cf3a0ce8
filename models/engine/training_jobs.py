"""What the training lane does. Only its workers import this module, and with it Keras."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from models.datasets.choose import data_of
from models.datasets.dataset import Dataset
from models.engine.line import Line
from models.engine.line_control import LineControl
from models.errors import LearnerError
from models.network.build import build
from models.network.notation import parse
from models.specs.network import NetworkSpec
from models.specs.training import TrainingSpec
from models.training.ensemble import TEST
from models.training.judge import parts_of, shown_pictures
from models.training.limits import too_much
from models.training.plain import training_of
from models.training.record import Told
from models.training.snapshot import Resume, TrainingSnapshot
from models.training.steps import path_of
from models.training.store import Run, Store
from models.training.stream import stream
from models.training.telling import told


def train(line: Line, run: str, folder: str) -> None:
    """Train the run in the store; everything that is worth keeping is kept there."""
    store = Store(Path(folder))
    asked = store.read(run)
    if not asked:
        raise LearnerError("run_unknown", run=run)
    try:
        _train(line, store, asked)
    except OSError as error:
        raise LearnerError("disk_full", folder=str(store.folder), free=round(store.free_megabytes())) from error


def _train(line: Line, store: Store, run: Run) -> None:
    line.tell(Told(stage="preparing"))
    network, training = parse(run.layers, run.input), training_of(run.training)
    dataset = data_of(run.dataset)
    error = too_much(len(parts_of(dataset, training).training), training.epochs)
    if error:
        raise error
    shown = shown_pictures(dataset, training)
    about = {"classes": np.array(dataset.class_names), "pictures": dataset.images[shown], "labels": dataset.labels[shown]}
    control, record = LineControl(line), store.record(run.id)
    _tell(line, record.add, Told(replaced=about))
    stage = "running"
    for snapshot in stream(network, training, dataset, control, _resume(store, run)):
        _tell(line, record.add, told(snapshot, stage))
        stage = ""
        if snapshot.row:
            control.epoch_ended()
            store.write_weights(run.id, snapshot.epoch, snapshot.weights)
            store.write_arrays(run.id, state_file(snapshot.epoch), {**snapshot.state, "epoch": np.array(snapshot.epoch)})
            store.write_record(run.id, record)
            store.write_state(run.id, stage="running", epoch=snapshot.epoch, seconds=snapshot.seconds)
            if snapshot.epoch == snapshot.epochs:
                line.tell(Told(stage="testing"))
        if snapshot.ended:
            store.write_record(run.id, record)
            _keep(store, run, network, training, snapshot)


def _tell(line: Line, add: Callable[[Told], None], news: Told) -> None:
    line.tell(news)
    add(news)


def state_file(epoch: int) -> str:
    """Two in turn: whoever is killed while one is written goes on from the other."""
    return f"state_{epoch % 2}"


def _resume(store: Store, run: Run) -> Resume | None:
    """Where to go on; None for the beginning."""
    weights = store.weights(run.id, run.state.epoch) if run.state.epoch else None
    if not weights:
        return None
    state = store.arrays(run.id, state_file(run.state.epoch)) or {}
    fits = int(state.pop("epoch", np.array(-1))) == run.state.epoch
    losses = [epoch["val_loss"] for epoch in store.record(run.id).epochs()[: run.state.epoch]]
    best = store.weights(run.id, int(np.argmin(losses)) + 1) if losses else None
    return Resume(run.state.epoch, weights, state if fits else {}, tuple(losses), best or {}, run.state.seconds)


def _keep(store: Store, run: Run, network: NetworkSpec, training: TrainingSpec, last: TrainingSnapshot) -> None:
    """The result: the model as Keras keeps it, what it takes each test picture for, and how good that is."""
    model = build(network, training.seed)
    for variable in model.variables:
        variable.assign(last.weights[path_of(variable)])
    store.write_by(run.id, "model.keras", lambda path: model.save(path))
    store.write_arrays(run.id, TEST, {"part": np.asarray(last.test_part), "scores": np.asarray(last.test_scores)})
    stage = "finished" if last.ended in ("finished", "early") else "stopped"
    reason = "" if last.ended == "finished" else last.ended
    store.write_state(run.id, stage=stage, reason=reason, test=last.test, seconds=last.seconds)


QUESTIONS: dict[str, Callable[..., Any]] = {}
JOBS: dict[str, Callable[..., Any]] = {"train": train}
"""Name -> function; its first argument is the line to the supervisor."""


# It warns of every new training that it has to prepare again, which is what a new training is.
logging.getLogger("tensorflow").setLevel(logging.ERROR)


def _warm() -> None:
    """TensorFlow sets up each operation when it is first used: a second that the first press need not wait for."""
    random = np.random.default_rng(0)
    images = random.integers(0, 255, (60, 9, 9, 1), dtype=np.uint8)
    data = Dataset(images, np.arange(60) % 3, ("a", "b", "c"), "", "")
    for _ in stream(parse("conv 2 k3 relu | pool 2 | flatten | dense 3 softmax", (9, 9, 1)), TrainingSpec(epochs=1), data):
        pass


_warm()
