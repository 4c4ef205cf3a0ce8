"""What a training has shown so far: named arrays that grow or are replaced. Told by a worker, kept in memory and on disk."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.files import Arrays

BATCHES = ("step", "loss", "accuracy")
EPOCHS = ("epoch", "step", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds")
PROGRESS = ("step", "steps", "epoch", "epochs", "images_per_second", "seconds_left", "learning_rate", "seconds")
GROWING: Mapping[str, int] = {"batches": len(BATCHES), "epochs": len(EPOCHS)}
"""Name -> columns; one row for each batch, each epoch."""


@dataclass(frozen=True)
class Told:
    """One piece of news: rows to add to arrays that grow, and arrays that take the place of what was there.

    `grown`: `batches` and `epochs` (columns above), `gradients` and `updates` (one column for each layer), `measured` (their
    steps). `replaced`: `layers` (names), `kernels` of the first layer, `progress` (above), `pictures`, `labels` and `scores`
    of the fixed test pictures, `confusion` (true class, predicted class). `stage`: what the worker does now.
    """

    grown: Arrays = field(default_factory=dict)
    replaced: Arrays = field(default_factory=dict)
    stage: str = ""


class Record:
    """The whole of what was told. One thread adds, any thread reads."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        self._lock = threading.Lock()
        self._parts: dict[str, list[NDArray[Any]]] = {name: [array] for name, array in (arrays or {}).items()}
        self.version = 0

    def add(self, told: Told) -> None:
        """Take in what was told."""
        with self._lock:
            for name, rows in told.grown.items():
                if len(rows):
                    self._parts.setdefault(name, []).append(rows)
            self._parts |= {name: [array] for name, array in told.replaced.items()}
            self.version += 1

    def get(self, name: str) -> NDArray[Any] | None:
        """An array so far; None before there is any."""
        with self._lock:
            parts = self._parts.get(name)
            if not parts:
                return None
            if len(parts) > 1:
                parts[:] = [np.concatenate(parts)]
            return parts[0]

    def rows(self, name: str) -> NDArray[Any]:
        """An array that grows; without rows before there is any."""
        found = self.get(name)
        return np.zeros((0, GROWING.get(name, 0)), np.float32) if found is None else found

    def arrays(self) -> Arrays:
        """All of it."""
        return {name: array for name in tuple(self._parts) if (array := self.get(name)) is not None}

    def progress(self) -> dict[str, float]:
        """The newest numbers of `PROGRESS`; empty before the first batch."""
        values = self.get("progress")
        return {} if values is None else dict(zip(PROGRESS, values.tolist(), strict=True))

    def epochs(self) -> list[dict[str, float]]:
        """Every finished epoch, by the names in `EPOCHS`."""
        return [dict(zip(EPOCHS, row, strict=True)) for row in self.rows("epochs").tolist()]

    def until(self, epoch: int) -> "Record":
        """What was told up to the end of an epoch, which is where a training goes on."""
        kept = self.arrays()
        epochs = self.rows("epochs")
        kept["epochs"] = epochs[epochs[:, 0] <= epoch] if len(epochs) else epochs
        last = float(kept["epochs"][-1, 1]) if len(kept["epochs"]) else 0.0
        kept["batches"] = self.rows("batches")[self.rows("batches")[:, 0] <= last]
        measured = kept.get("measured")
        if measured is not None:
            for name in ("gradients", "updates", "measured"):
                kept[name] = kept[name][measured.ravel() <= last]
        return Record(kept)
