"""The one thread that looks after all worker processes."""

import atexit
import logging
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import Any

from models.engine.answer import Answer
from models.engine.lane import Lane
from models.engine.pool import Pool
from models.errors import LearnerError

NAME = "convscope-engine"
PATIENCE = 0.02
"""Seconds between two looks at what cannot be waited for: whether a new process listens already."""


class Supervisor(threading.Thread):
    """Takes questions from any thread and has them answered; ends with `close`, or with the program."""

    def __init__(self, lanes: Mapping[str, Lane]) -> None:
        super().__init__(name=NAME, daemon=True)
        self._pools = {name: Pool(lane) for name, lane in lanes.items()}
        self._asked: list[tuple[str, Answer | None]] = []
        self._ear, self._bell = Pipe(duplex=False)
        self._lock = threading.Lock()
        self._rung = False
        self._ending = False

    def start(self) -> None:
        """Begin; the workers are ended when the program ends in an orderly way (otherwise they notice by themselves)."""
        super().start()
        atexit.register(self.close)

    def pose(self, lane: str, question: str, payload: dict[str, Any]) -> Answer:
        """Put a question to a lane.

        Raises:
            LearnerError: as `put`.
        """
        answer = Answer(question, payload)
        self.put(lane, answer)
        return answer

    def put(self, lane: str, answer: Answer) -> None:
        """Let `answer`, which may be a `Job`, stand in line.

        Raises:
            LearnerError: `engine_busy`, when as many questions wait as may.
        """
        pool = self._pools[lane]
        waiting = len(pool.waiting) + len(self._asked)
        if waiting >= pool.lane.longest_queue:
            raise LearnerError("engine_busy", waiting=waiting)
        self._tell(lane, answer)

    def in_line(self, lane: str) -> list[Answer]:
        """What waits for a worker of this lane, the next one first."""
        with self._lock:
            asked = [answer for name, answer in self._asked if name == lane and answer]
        return [answer for answer in (*tuple(self._pools[lane].waiting), *asked) if answer.wanted and not answer.ready]

    def warm_up(self, lane: str) -> None:
        """Start the workers of a lane, when they do not run yet."""
        if not self._pools[lane].wanted:
            self._tell(lane, None)

    def is_warm(self, lane: str) -> bool:
        """Whether a question to this lane would be answered without a start before it."""
        return any(worker.ready for worker in list(self._pools[lane].workers))

    def workers(self, lane: str) -> list[int]:
        """The process ids of the workers that are ready."""
        return [worker.process.pid for worker in list(self._pools[lane].workers) if worker.ready]

    def _tell(self, lane: str, answer: Answer | None) -> None:
        with self._lock:
            if self._ending and answer:
                answer.fail("engine_did_not_start", reason="closed")
                return
            self._asked.append((lane, answer))
            self._ring()

    def ring(self) -> None:
        """Look at once: a job has a command."""
        with self._lock:
            self._ring()

    def _ring(self) -> None:
        if not self._rung:
            self._rung = True
            with suppress(OSError):
                self._bell.send_bytes(b"!")

    def run(self) -> None:
        """Look after everything until `close`."""
        while not self._ending:
            try:
                self._look()
            except Exception:
                logging.getLogger(__name__).exception("the engine's supervisor goes on")
                time.sleep(1)
        for pool in self._pools.values():
            pool.close()

    def _look(self) -> None:
        for pool in self._pools.values():
            pool.tend()
        looks = [left for pool in self._pools.values() if (left := pool.seconds_to_look(PATIENCE)) is not None]
        doors = [worker.connection for pool in self._pools.values() for worker in pool.workers if worker.connection]
        if self._ear in wait([self._ear, *doors], min(looks, default=None)):
            self._ear.recv_bytes()
            with self._lock:
                self._rung, asked, self._asked = False, self._asked, []
            for lane, answer in asked:
                self._pools[lane].wanted = True
                if answer:
                    self._pools[lane].waiting.append(answer)

    def close(self) -> None:
        """End all workers and this thread; unanswered questions fail with a `LearnerError`."""
        with self._lock:
            self._ending = True
            self._ring()
        if self.is_alive() and threading.current_thread() is not self:
            self.join(10)
        for _, answer in self._asked:
            if answer:
                answer.fail("engine_did_not_start", reason="closed")
        self._ear.close()
        self._bell.close()
        atexit.unregister(self.close)
