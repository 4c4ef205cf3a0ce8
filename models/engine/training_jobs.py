"""What the training lane does. Only its workers import this module, and with it Keras."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from models.datasets import dataset_of
from models.datasets.choose import chosen
from models.datasets.dataset import Dataset
from models.datasets.download import download
from models.engine.lane import setting
from models.engine.line import Line
from models.errors import LearnerError
from models.network.build import build
from models.network.notation import parse
from models.specs.network import NetworkSpec
from models.specs.training import TrainingSpec
from models.training.judge import shown_pictures
from models.training.plain import training_of
from models.training.program import DATA_FILE, data_file, notebook, program
from models.training.record import EPOCHS, Told
from models.training.snapshot import MANY, Control, Resume, TrainingSnapshot
from models.training.steps import path_of
from models.training.store import Run, Store
from models.training.stream import stream

HEARTBEAT = 0.5
"""Seconds between two signs of life while a training is paused."""


class LineControl(Control):
    """What comes over the line: pause, go, batch, epoch, stop (why), rate (the new one); and the host's limits."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._mode = "running"
        self._begun = time.monotonic()
        self._longest = setting("CONVSCOPE_TRAINING_SECONDS", 1800)
        self._pause = setting("CONVSCOPE_PAUSE_SECONDS", 300)

    def turn(self) -> int:
        """As every control; waits here while the training is paused."""
        self._hear(0.0)
        paused = time.monotonic()
        while self._mode == "paused" and not self.ending:
            self._hear(HEARTBEAT)
            self._line.tell(Told())
            if time.monotonic() - paused > self._pause:
                self.ending = "paused"
        if time.monotonic() - self._begun > self._longest:
            self.ending = self.ending or "time"
        if self.ending:
            self._line.tell(Told(stage="testing"))
            return 0
        if self._mode == "batch":
            self.set("paused")
            return 1
        return MANY

    def _hear(self, seconds: float) -> None:
        for command, value in self._line.heard(seconds):
            match command:
                case "stop":
                    self.ending = str(value)
                case "rate":
                    self.rate = float(value)
                case "pause":
                    self.set("paused")
                case "go":
                    self.set("running")
                case "batch" | "epoch":
                    self.set(command)

    def set(self, mode: str) -> None:
        """Go over to another mode, and say so."""
        if mode != self._mode:
            self._mode = mode
            self._line.tell(Told(stage="paused" if mode in ("paused", "batch") else "running"))

    def epoch_ended(self) -> None:
        """One epoch was all that was asked for."""
        if self._mode == "epoch":
            self.set("paused")


def data_of(dataset: Mapping[str, Any]) -> Dataset:
    """The data of a run: `name`, `settings`, `classes`."""
    settings = dataset.get("settings", {})
    return chosen(dataset_of(str(dataset["name"]), **settings), str(dataset.get("classes", "")))


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
    shown = shown_pictures(dataset, training)
    about = {"classes": np.array(dataset.class_names), "pictures": dataset.images[shown], "labels": dataset.labels[shown]}
    control, record = LineControl(line), store.record(run.id)
    _tell(line, record.add, Told(replaced=about))
    _write_program(store, run, network, training, dataset)
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


def _write_program(store: Store, run: Run, network: NetworkSpec, training: TrainingSpec, dataset: Dataset) -> None:
    """What reproduces the run elsewhere: a script, the same as a notebook, and the data where Keras has not got them."""
    script = program(network, training, dataset)
    parts = {"train.py": script.encode(), "train.ipynb": notebook(script).encode(), DATA_FILE: data_file(dataset)}
    for name, content in parts.items():
        if content:
            store.write_by(run.id, name, partial(_write, content))


def _write(content: bytes, path: str) -> None:
    Path(path).write_bytes(content)


def _tell(line: Line, add: Callable[[Told], None], news: Told) -> None:
    line.tell(news)
    add(news)


def told(snapshot: TrainingSnapshot, stage: str = "") -> Told:
    """A snapshot as the pages take it."""
    grown: dict[str, Any] = {"batches": snapshot.batches}
    if len(snapshot.batches):
        step = np.array([[snapshot.step]], np.float32)
        grown |= {"gradients": snapshot.gradients[None], "updates": snapshot.updates[None], "measured": step}
    if snapshot.row:
        grown["epochs"] = np.array([snapshot.row], np.float32).reshape(1, len(EPOCHS))
    now = (snapshot.step, snapshot.steps, snapshot.epoch, snapshot.epochs, snapshot.images_per_second)
    progress = np.array([*now, snapshot.seconds_left, snapshot.learning_rate, snapshot.seconds], np.float64)
    replaced = {"layers": np.array(snapshot.layers), "progress": progress}
    for name in ("scores", "kernels", "confusion"):
        array = getattr(snapshot, name)
        if array is not None:
            replaced[name] = array
    return Told(grown=grown, replaced=replaced, stage=stage)


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
    """The result: the model as Keras keeps it, and what came of it."""
    model = build(network, training.seed)
    for variable in model.variables:
        variable.assign(last.weights[path_of(variable)])
    store.write_by(run.id, "model.keras", lambda path: model.save(path))
    stage = "finished" if last.ended in ("finished", "early") else "stopped"
    reason = "" if last.ended == "finished" else last.ended
    store.write_state(run.id, stage=stage, reason=reason, test=last.test, seconds=last.seconds)


QUESTIONS: dict[str, Callable[..., Any]] = {"download": download}
JOBS: dict[str, Callable[..., Any]] = {"train": train}
"""Name -> function; its first argument is the line to the supervisor."""


def _warm() -> None:
    """TensorFlow sets up each operation when it is first used: a second that the first press need not wait for."""
    random = np.random.default_rng(0)
    images = random.integers(0, 255, (60, 9, 9, 1), dtype=np.uint8)
    data = Dataset(images, np.arange(60) % 3, ("a", "b", "c"), "", "")
    for _ in stream(parse("conv 2 k3 relu | pool 2 | flatten | dense 3 softmax", (9, 9, 1)), TrainingSpec(epochs=1), data):
        pass


_warm()
