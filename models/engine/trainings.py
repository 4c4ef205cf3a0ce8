"""Who trains, who waits, who has gone: the trainings of this process, over the training lane and the store."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from models.engine.leases import Leases
from models.engine.supervised_training import USUAL_SECONDS, Place, Training, note_end
from models.engine.supervisor import Supervisor
from models.errors import LearnerError
from models.training.record import Record
from models.training.store import ALIVE, Run, Store

LANE = "training"
REMEMBERED = 10
"""So many durations make the usual one."""


class Trainings:
    """All trainings of one process. Any thread may call any method.

    An owner holds its training as long as one of its sessions lives (`leases`). Then it is orphaned, and after a time of grace
    it ends at the next batch and keeps its result, unless a session of that owner has come back.
    """

    def __init__(self, store: Store, engine: Callable[[], Supervisor]) -> None:
        self.store = store
        self._engine = engine
        self._lock = threading.RLock()
        self._active: dict[str, Training] = {}
        self.leases = Leases(self._leave)
        self._durations: list[float] = []

    def submit(self, owner: str, network: tuple[str, str], training: Mapping[str, Any], dataset: Mapping[str, Any]) -> str:
        """Let a new run stand in line; a second press while one is under way is the same run. Returns its id.

        Raises:
            LearnerError: `engine_busy` (waiting), `disk_full` (folder, free).
        """
        with self._lock:
            under_way = self.of(owner)
            if under_way:
                return under_way
            self._make_room()
            try:
                run = self.store.create(owner, network, training, dataset).id
            except OSError as error:
                raise LearnerError("disk_full", folder=str(self.store.folder), free=round(self._free())) from error
            try:
                return self._put(Training(run, owner, Record(), str(self.store.folder.parent), self._end))
            except LearnerError:
                self.store.delete(run)
                raise

    def resume(self, run: str, owner: str) -> str:
        """Go on with a run that was interrupted, stopped or failed, from its last kept epoch. Returns what now trains.

        Raises:
            LearnerError: as `submit`.
        """
        with self._lock:
            under_way, found = self.of(owner), self.store.read(run)
            if under_way or not found:
                return under_way or run
            record = self.store.record(run).until(found.state.epoch)
            self.store.write_record(run, record)
            self._put(Training(run, owner, record, str(self.store.folder.parent), self._end))
            self.store.write_state(run, stage="queued", reason="", error=None)
            return run

    def _put(self, training: Training) -> str:
        self._active[training.run] = training
        try:
            self._engine().put(LANE, training.job)
        except LearnerError:
            del self._active[training.run]
            raise
        self.leases.watch(training.owner)
        return training.run

    def _make_room(self) -> None:
        with suppress(OSError):
            self.store.prune(set(self._active))

    def _free(self) -> float:
        try:
            return self.store.free_megabytes()
        except OSError:
            return 0.0

    def of(self, owner: str) -> str:
        """The run of an owner that waits or trains; empty when there is none."""
        with self._lock:
            return next((run for run, training in self._active.items() if training.owner == owner), "")

    def training(self, run: str) -> Training | None:
        """The run, when somebody works on it or will."""
        return self._active.get(run)

    def read(self, run: str) -> Run | None:
        """The run with its state as it is now: one that is said to be alive, on which nobody works, was interrupted."""
        training, found = self.training(run), self.store.read(run)
        if not found:
            return None
        stage = training.stage if training else "interrupted" if found.state.stage in ALIVE else found.state.stage
        return replace(found, state=replace(found.state, stage=stage))

    def runs(self, owner: str) -> list[Run]:
        """The runs of an owner, the newest first, each as `read` gives it."""
        return [run for kept in self.store.runs(owner) if (run := self.read(kept.id))]

    def record(self, run: str) -> Record:
        """What a run has told so far; while it is under way it grows by itself."""
        training = self.training(run)
        return training.record if training else self.store.record(run)

    def position(self, run: str) -> Place | None:
        """Its place in the queue; None when it does not wait."""
        training = self.training(run)
        if not training or training.job.begun or training.job.ready:
            return None
        line = self._engine().in_line(LANE)
        before = line[: line.index(training.job)] if training.job in line else []
        working = [other for other in self._trainings() if other.job.begun and not other.job.ready]
        waiting = [other for other in self._trainings() if other.job in before]
        usual = sum(self._durations) / len(self._durations) if self._durations else USUAL_SECONDS
        seconds = sum(other.seconds_left for other in working) + usual * len(waiting)
        return Place(len(working) + len(waiting), seconds)

    def _trainings(self) -> list[Training]:
        return list(self._active.values())

    def command(self, run: str, command: str, value: float | str = "") -> None:
        """Tell the worker "pause", "go", "batch", "epoch", "stop" (why) or "rate" (the new one); nothing when it has ended."""
        training = self.training(run)
        if not training:
            return
        if command == "stop" and not training.job.begun:
            training.withdraw(str(value))
            return
        training.job.command((command, value))
        self._engine().ring()

    def stop(self, run: str, reason: str = "asked") -> None:
        """End it at the next batch; what it has is kept. One that still waits ends at once."""
        self.command(run, "stop", reason)

    def delete(self, run: str) -> None:
        """Take a run away that nobody works on."""
        with self._lock:
            if run not in self._active:
                self.store.delete(run)

    def is_orphaned(self, run: str) -> bool:
        """Whether no session of its owner is there."""
        training = self.training(run)
        return training is not None and not self.leases.is_there(training.owner)

    def adopt(self, run: str, owner: str) -> bool:
        """Give an orphaned run to another owner, who has none; returns whether that was possible."""
        with self._lock:
            training = self.training(run)
            if not training or not self.is_orphaned(run) or self.of(owner):
                return False
            self.store.give(run, owner)
            training.owner = owner
            return True

    def _leave(self, owner: str) -> None:
        run = self.of(owner)
        if run:
            self.stop(run, "left")

    def _end(self, training: Training) -> None:
        """What remains to be done when the worker has finished with a run, however that came about."""
        if training.job.begun:
            self._durations = [*self._durations[1 - REMEMBERED :], time.monotonic() - training.job.begun]
        try:
            note_end(self.store, training)
        except Exception:
            logging.getLogger(__name__).exception("the end of run %s was not noted", training.run)
        with self._lock:
            self._active.pop(training.run, None)
