"""What will be answered to one question."""

import threading
from typing import Any

from models.engine import message
from models.errors import LearnerError


class Answer:
    """The answer to one question, there or still to come. Any thread may look at it, any number of times.

    Attributes:
        question: its name.
        stage: "queued" behind other questions, "starting" while no worker is ready, "asked" while one works on it, "done".
        wanted: False once nobody waits for it any more.
    """

    def __init__(self, question: str, payload: dict[str, Any]) -> None:
        self.question = question
        self.stage = "queued"
        self.wanted = True
        # Written here, in the thread of whoever asks: what cannot travel is that program's mistake.
        self.data = message.write((question, payload))
        self._outcome = b""
        self._done = threading.Event()

    @property
    def ready(self) -> bool:
        """Whether `value` returns or raises at once."""
        return self._done.is_set()

    @property
    def size(self) -> int:
        """Bytes that the answer holds; 0 before it is there."""
        return len(self._outcome)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the answer is there, at most `seconds`; returns whether it is."""
        return self._done.wait(seconds)

    def value(self) -> Any:
        """What was answered; waits for it. Each call returns arrays of its own.

        Raises:
            LearnerError: what the question raised, or `engine_...` when its worker did not survive it.
            RuntimeError: a programmer's mistake in the worker, with its traceback as text.
        """
        self._done.wait()
        kind, value, values = message.read(self._outcome)
        if kind == "learner_error":
            raise LearnerError(value, **values)
        if kind == "mistake":
            raise RuntimeError(f"question {self.question!r} failed in its worker:\n{value}")
        return value

    def forget(self) -> None:
        """Nobody waits for this answer any more: if no worker has begun, none will."""
        self.wanted = False

    def settle(self, outcome: bytes) -> None:
        """Give the answer, as a worker wrote it; the first one counts."""
        if not self.ready:
            self._outcome, self.data, self.stage = outcome, b"", "done"
            self._done.set()

    def fail(self, code: str, **values: Any) -> None:
        """Give the `LearnerError` that takes the place of an answer."""
        self.settle(message.write(("learner_error", code, values)))
