"""Who trains, who waits, who has gone: the trainings of this process, over the training lane and the store."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from models.engine.job import Job
from models.engine.supervisor import Supervisor
from models.errors import LearnerError
from models.settings import setting
from models.training.record import Record, Told
from models.training.store import ALIVE, Run, Store

LANE = "training"
USUAL_SECONDS = 60.0
"""How long a training takes of which nothing is known."""

CODES = {
    "engine_died": "training_died",
    "engine_too_slow": "training_hung",
    "engine_memory": "training_memory",
    "engine_did_not_start": "training_did_not_start",
}
"""What ends a question and what ends a training are told in other words."""


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
        return self.record.progress().get("seconds_left", USUAL_SECONDS)


class Trainings:
    """All trainings of one process. Any thread may call any method.

    An owner holds its training as long as one of its sessions lives. Then it is orphaned, and after `CONVSCOPE_GRACE_SECONDS`
    (90) it ends at the next batch and keeps its result, unless a session of that owner has come back.
    """

    def __init__(self, store: Store, engine: Callable[[], Supervisor]) -> None:
        self.store = store
        self._engine = engine
        self._lock = threading.RLock()
        self._active: dict[str, Training] = {}
        self._sessions: dict[str, set[str]] = {}
        self._left: dict[str, float] = {}
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
        self._watch(training.owner)
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
            training.job.forget()
            training.leaving = str(value) or "asked"
            training.job.fail("training_withdrawn")
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

    def hold(self, owner: str, session: str) -> None:
        """A session of `owner` is there."""
        with self._lock:
            self._sessions.setdefault(owner, set()).add(session)

    def release(self, owner: str, session: str) -> None:
        """A session of `owner` has gone."""
        with self._lock:
            sessions = self._sessions.get(owner, set())
            sessions.discard(session)
            if not sessions:
                self._sessions.pop(owner, None)
                self._watch(owner)

    def is_orphaned(self, run: str) -> bool:
        """Whether no session of its owner is there."""
        training = self.training(run)
        return bool(training) and training.owner not in self._sessions if training else False

    def adopt(self, run: str, owner: str) -> bool:
        """Give an orphaned run to another owner, who has none; returns whether that was possible."""
        with self._lock:
            training = self.training(run)
            if not training or not self.is_orphaned(run) or self.of(owner):
                return False
            self.store.give(run, owner)
            training.owner = owner
            return True

    def _watch(self, owner: str) -> None:
        """When `owner` is not there, see again after the time of grace."""
        if owner in self._sessions or not self.of(owner):
            return
        self._left[owner] = moment = time.monotonic()
        timer = threading.Timer(setting("CONVSCOPE_GRACE_SECONDS", 90), self._leave, (owner, moment))
        timer.daemon = True
        timer.start()

    def _leave(self, owner: str, moment: float) -> None:
        with self._lock:
            if owner in self._sessions or self._left.get(owner) != moment:
                return
            del self._left[owner]
            run = self.of(owner)
        if run:
            self.stop(run, "left")

    def _end(self, training: Training) -> None:
        """What remains to be done when the worker has finished with a run, however that came about."""
        try:
            self._note(training)
        except Exception:
            logging.getLogger(__name__).exception("the end of run %s was not noted", training.run)
        with self._lock:
            self._active.pop(training.run, None)

    def _note(self, training: Training) -> None:
        begun = training.job.begun
        if begun:
            self._durations = [*self._durations[-9:], time.monotonic() - begun]
        try:
            training.job.value()
        except LearnerError as error:
            if error.code == "training_withdrawn":
                self.store.write_state(training.run, stage="stopped", reason=training.leaving)
                return
            self._failed(training, CODES.get(error.code, error.code), error.values)
        except RuntimeError as error:
            logging.getLogger(__name__).error("run %s: %s", training.run, error)
            self._failed(training, "training_mistake", {})

    def _failed(self, training: Training, code: str, values: Mapping[str, Any]) -> None:
        plain = {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}
        self.store.write_state(training.run, stage="failed", error={"code": code, "values": plain})
        # The worker may have told more than it could still write.
        self.store.write_record(training.run, training.record)
