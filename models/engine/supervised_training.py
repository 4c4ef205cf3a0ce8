"""One training as the web process sees it, and what remains to be done when it has ended."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.engine.job import Job
from models.errors import LearnerError
from models.training.record import Record, Told
from models.training.store import Store

USUAL_SECONDS = 60.0
"""How long a training takes of which nothing is known."""

CODES = {
    "engine_died": "training_died",
    "engine_too_slow": "training_hung",
    "engine_memory": "training_memory",
    "engine_did_not_start": "training_did_not_start",
}
"""What ends a question and what ends a training are told in other words."""

WITHDRAWN = "training_withdrawn"
"""The code of a run that left the queue before a worker began."""


@dataclass(frozen=True)
class Place:
    """Where a run stands in the queue: how many go before it, and how long that may take."""

    ahead: int
    seconds: float


class Training:
    """A run that somebody works on, or will.

    Attributes:
        run: its id.
        owner: whose browser it belongs to.
        record: what it has told so far.
        job: its place in the lane.
        stage: as in `State`.
        leaving: why it left the queue, empty when it did not.
    """

    def __init__(self, run: str, owner: str, record: Record, folder: str, on_end: Callable[["Training"], None]) -> None:
        self.run = run
        self.owner = owner
        self.record = record
        self.stage = "queued"
        self.leaving = ""
        self.job = Job("train", {"run": run, "folder": folder}, self._hear, lambda: on_end(self))

    def _hear(self, told: Told) -> None:
        self.stage = told.stage or self.stage
        self.record.add(told)

    @property
    def seconds_left(self) -> float:
        """How long it may still take."""
        now = self.record.progress()
        return now["seconds_left"] if now.get("images_per_second") else USUAL_SECONDS

    def withdraw(self, reason: str) -> None:
        """Leave the queue, in which it still waits."""
        self.leaving = reason or "asked"
        self.job.forget()
        self.job.fail(WITHDRAWN)


def note_end(store: Store, training: Training) -> None:
    """Keep how a training has ended, where its worker could not."""
    try:
        training.job.value()
    except LearnerError as error:
        if error.code == WITHDRAWN:
            store.write_state(training.run, stage="stopped", reason=training.leaving)
            return
        _failed(store, training, CODES.get(error.code, error.code), error.values)
    except RuntimeError as error:
        logging.getLogger(__name__).error("run %s: %s", training.run, error)
        _failed(store, training, "training_mistake", {})


def _failed(store: Store, training: Training, code: str, values: Mapping[str, Any]) -> None:
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}
    store.write_state(training.run, stage="failed", error={"code": code, "values": plain})
    # The worker may have told more than it could still write.
    store.write_record(training.run, training.record)
