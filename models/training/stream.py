"""A training as a stream of snapshots: `stream(network, training, dataset)`. Needs Keras, knows no engine and no page."""

import math
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.datasets.dataset import Dataset
from models.datasets.split import Split
from models.errors import LearnerError
from models.network.build import build
from models.specs.network import NetworkSpec
from models.specs.training import TrainingSpec
from models.training.fit import misfit
from models.training.judge import judged, parts_of, shown_pictures
from models.training.rates import plateau, rate_at
from models.training.snapshot import Control, Resume, TrainingSnapshot
from models.training.steps import Steps

SECONDS_AT_ONCE = 0.2
"""So long a control may have to wait: that many batches are computed in one go."""

MOST_AT_ONCE = 32
UNTYPICAL = 2
LOOK_EVERY = 0.4
"""Seconds between two looks at the fixed test pictures."""

MEMORY = 0.3
"""How much the newest stretch moves the mean speed."""


def stream(
    network: NetworkSpec,
    training: TrainingSpec,
    dataset: Dataset,
    control: Control | None = None,
    resume: Resume | None = None,
) -> Iterator[TrainingSnapshot]:
    """Train; yields a snapshot every few batches, after every epoch, and at the end. Close it to end early.

    The same network, settings and data give the same numbers on the same machine, whatever else the process does.

    Raises:
        LearnerError: those of `models.training.fit.misfit` and `models.datasets.split.split`, and `training_diverged` (step).
    """
    found = misfit(network, dataset.image_shape, len(dataset.class_names))
    if found:
        raise found.error
    yield from _Course(network, training, dataset, control or Control(), resume).snapshots()


class _Course:
    """One training from its first batch to its last."""

    def __init__(
        self, network: NetworkSpec, training: TrainingSpec, dataset: Dataset, control: Control, resume: Resume | None
    ) -> None:
        self.spec, self.control = training, control
        self.dataset = dataset
        self.parts: Split = parts_of(dataset, training)
        counts = np.bincount(dataset.labels[self.parts.training], minlength=len(dataset.class_names))
        counted = counts.sum() / (len(counts) * counts) if training.class_weights else np.ones(len(counts))
        self.machine = Steps(build(network, training.seed), network, training, dataset, counted)
        self.per_epoch = -(-len(self.parts.training) // training.batch_size)
        self.steps = self.per_epoch * training.epochs
        self.shown = shown_pictures(dataset, training).astype(np.int32)
        self.step, self.epoch, self.seconds = 0, 0, 0.0
        self.goes, self.speed, self.at_once = 0, 0.0, 1
        self.first, self.looked = True, 0.0
        # The very first batch, but not the first one after an interruption: what goes on must give the same numbers.
        self.fresh = resume is None
        self.val_losses: list[float] = []
        self.updates = np.zeros(len(self.machine.layers), np.float32)
        self.best: tuple[float, dict[str, NDArray[Any]]] = (math.inf, {})
        self.rate = training.learning_rate
        if resume:
            self._go_on(resume)

    def _go_on(self, resume: Resume) -> None:
        self.machine.set_weights(resume.weights)
        self.machine.set_state(resume.state)
        self.epoch, self.step = resume.epoch, resume.epoch * self.per_epoch
        self.val_losses, self.seconds = list(resume.val_losses), resume.seconds
        if resume.best:
            self.best = (min(self.val_losses), resume.best)

    def snapshots(self) -> Iterator[TrainingSnapshot]:
        """Every moment."""
        ended = ""
        while self.epoch < self.spec.epochs and not ended:
            ended = yield from self._one_epoch()
            if not ended and self._stands_still():
                ended = "early"
        if self.spec.restore_best and self.best[1]:
            self.machine.set_weights(self.best[1])
        found = judged(self.machine, self.dataset, self.parts.test)
        test = {"loss": found.loss, "accuracy": found.accuracy}
        told = {"test_part": self.parts.test, "test_scores": found.scores, "confusion": found.confusion}
        last = {"weights": self.machine.weights(), "test": test, **told, "ended": ended or "finished"}
        yield self.snapshot(np.zeros((0, 3), np.float32), np.zeros(len(self.machine.layers), np.float32), **last)

    def _one_epoch(self) -> Any:
        order = np.random.default_rng([self.spec.seed, self.epoch]).permutation(self.parts.training).astype(np.int32)
        begun, size, totals = self.seconds, self.spec.batch_size, np.zeros(3)
        while self.step < (self.epoch + 1) * self.per_epoch:
            allowed = self.control.turn()
            if not allowed:
                return self.control.ending or "asked"
            at = (self.step - self.epoch * self.per_epoch) * size
            whole = (len(order) - at) // size
            count = max(1, min(allowed, self.at_once, whole))
            chosen = order[at : at + count * size].reshape(count, -1) if whole else order[at:].reshape(1, -1)
            batches, norms = self._some(chosen)
            totals += chosen.shape[1] * np.array([count, *batches[:, 1:].sum(axis=0)])
            yield self.snapshot(batches, norms)
        yield self._end_of_epoch(totals[1] / totals[0], totals[2] / totals[0], self.seconds - begun)
        return ""

    def _some(self, chosen: NDArray[np.int32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Some batches in one go, timed."""
        factor = plateau(self.spec, self.val_losses) if self.spec.schedule == "plateau" else 1.0
        places = range(self.step, self.step + len(chosen))
        rates = [self.control.rate or rate_at(self.spec, place, self.steps) * factor for place in places]
        begun = time.perf_counter()
        found = (self.machine.train_at_once if self.fresh else self.machine.train)(chosen, np.array(rates, np.float32))
        self.fresh = False
        losses, shares, norms, self.updates = (part.numpy() for part in found)
        seconds = time.perf_counter() - begun
        batches = np.column_stack([np.arange(self.step + 1, self.step + 1 + len(chosen)), losses, shares]).astype(np.float32)
        self.step, self.seconds, self.rate = self.step + len(chosen), self.seconds + seconds, rates[-1]
        self._pace(chosen.size / seconds, seconds / len(chosen))
        if not np.isfinite(losses).all():
            raise LearnerError("training_diverged", step=int(batches[~np.isfinite(losses)][0, 0]))
        return batches, norms

    def _pace(self, images_per_second: float, seconds: float) -> None:
        """How fast it goes, and how many batches fit into one go. The first two goes tell nothing: TensorFlow prepares."""
        self.goes += 1
        if self.goes <= UNTYPICAL:
            return
        self.speed += (MEMORY if self.speed else 1.0) * (images_per_second - self.speed)
        self.at_once = int(np.clip(SECONDS_AT_ONCE / seconds, 1, min(MOST_AT_ONCE, 2 * self.at_once)))

    def _end_of_epoch(self, loss: float, accuracy: float, seconds: float) -> TrainingSnapshot:
        found = judged(self.machine, self.dataset, self.parts.validation)
        self.epoch += 1
        self.val_losses.append(found.loss)
        weights = self.machine.weights()
        if found.loss < self.best[0]:
            self.best = (found.loss, weights)
        row = (self.epoch, self.step, loss, accuracy, found.loss, found.accuracy, self.rate, seconds)
        kept = {"weights": weights, "state": self.machine.state(), "row": row}
        return self.snapshot(np.zeros((0, 3), np.float32), np.zeros(len(self.machine.layers), np.float32), **kept)

    def _stands_still(self) -> bool:
        """Early stopping: the best validation loss is too long ago."""
        since = len(self.val_losses) - 1 - int(np.argmin(self.val_losses)) if self.val_losses else 0
        return bool(self.spec.patience) and since >= self.spec.patience and self.epoch < self.spec.epochs

    def snapshot(self, batches: NDArray[np.float32], norms: NDArray[np.float32], **more: Any) -> TrainingSnapshot:
        """What it looks like now."""
        first, self.first = self.first, False
        looks = not first and (len(batches) == 0 or time.perf_counter() - self.looked > LOOK_EVERY)
        if looks:
            self.looked = time.perf_counter()
        left = (self.steps - self.step) * self.spec.batch_size / self.speed if self.speed else 0.0
        return TrainingSnapshot(
            epoch=self.epoch,
            step=self.step,
            steps=self.steps,
            epochs=self.spec.epochs,
            batches=batches,
            layers=tuple(layer.name for layer in self.machine.layers),
            gradients=norms,
            updates=self.updates,
            learning_rate=self.rate,
            images_per_second=self.speed,
            seconds=self.seconds,
            seconds_left=left,
            scores=self.machine.judge(self.shown)[2].numpy() if looks else None,
            kernels=self.machine.kernels(),
            **more,
        )

    def save(self, path: str) -> None:
        """Write the model as Keras keeps it."""
        self.machine.model.save(path)
