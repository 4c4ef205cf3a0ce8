"""The workers of one lane and the questions that wait for them. Only the supervisor's thread touches a pool."""

from collections import deque

from models.engine import message
from models.engine.answer import Answer
from models.engine.lane import Lane
from models.engine.process import WorkerProcess


class Pool:
    """First come, first served. A worker that dies takes its own question with it and is replaced at once.

    One that dies before it was ever ready is not replaced until somebody asks again: a broken installation must not start
    processes for ever.
    """

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.wanted = False
        self.waiting: deque[Answer] = deque()
        self.workers: list[WorkerProcess] = []

    def tend(self) -> None:
        """Take answers, let go of the dead, start what is missing, hand out questions."""
        for worker in list(self.workers):
            if worker.connection is None:
                worker.connect()
            gone = not worker.take() or worker.has_ended or worker.overdue
            if gone or (worker.idle and worker.answered >= self.lane.answers_per_worker):
                self._bury(worker)
        while self.wanted and len(self.workers) < self.lane.workers:
            self._start()
        for worker in self.workers:
            if worker.idle:
                self._hand_out(worker)
            worker.pass_on()
        warm = any(worker.ready for worker in self.workers)
        for answer in self.waiting:
            answer.stage = "queued" if warm else "starting"

    def _start(self) -> None:
        try:
            self.workers.append(WorkerProcess(self.lane))
        except OSError as error:
            self._give_up(str(error))

    def _hand_out(self, worker: WorkerProcess) -> None:
        while self.waiting:
            answer = self.waiting.popleft()
            if answer.wanted:
                if not worker.give(answer):
                    self.waiting.appendleft(answer)
                return
            answer.fail("engine_busy", waiting=len(self.waiting))

    def _bury(self, worker: WorkerProcess) -> None:
        worker.take()  # the answer may have come with the last breath
        too_slow, answer = worker.overdue, worker.answer
        code = worker.end()
        self.workers.remove(worker)
        if not worker.ready:
            self._give_up(f"{code}")
        elif answer and code == message.MEMORY_EXIT:
            answer.fail("engine_memory", megabytes=round(self.lane.megabytes))
        elif answer and too_slow:
            answer.fail("engine_too_slow", seconds=round(self.lane.seconds, 1))
        elif answer:
            answer.fail("engine_died", ended=code)

    def _give_up(self, reason: str) -> None:
        self.wanted = False
        while self.waiting:
            self.waiting.popleft().fail("engine_did_not_start", reason=reason)

    def seconds_to_look(self, patience: float) -> float | None:
        """How long nothing needs to be looked at, unless somebody asks or answers; None is for ever."""
        if any(worker.connection is None for worker in self.workers):
            return patience
        left = [seconds for worker in self.workers if (seconds := worker.seconds_left()) is not None]
        return max(0.0, min(left)) if left else None

    def close(self) -> None:
        """End all workers; nobody's question is left without an answer."""
        self.wanted = False
        for worker in self.workers:
            worker.deadline = 0.0
            answer = worker.answer
            worker.process.kill()
            worker.end()
            if answer:
                answer.fail("engine_died", ended=None)
        self.workers.clear()
        self._give_up("closed")
