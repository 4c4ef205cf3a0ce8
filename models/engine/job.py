"""Longer work: it tells how it goes, and can be told something."""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from models.engine import message
from models.engine.answer import Answer


class Job(Answer):
    """An answer that takes a while.

    Attributes:
        begun: when a worker began (`time.monotonic`), 0 before.
        commands: what the worker is still to be told, in order.
    """

    def __init__(
        self, question: str, payload: dict[str, Any], on_told: Callable[[Any], None], on_end: Callable[[], None]
    ) -> None:
        super().__init__(question, payload)
        self.begun = 0.0
        self.commands: deque[bytes] = deque()
        self._on_told = on_told
        self._on_end = on_end

    def hear(self, data: bytes) -> None:
        """Take what the worker has told; called in the supervisor's thread."""
        self._on_told(message.read(data[len(message.TOLD) :]))

    def command(self, command: Any) -> None:
        """Note what the worker is to be told; `Supervisor.ring` has it sent."""
        self.commands.append(message.write((message.COMMAND, command)))

    def start(self) -> None:
        """A worker begins."""
        self.begun = time.monotonic()

    def settle(self, outcome: bytes) -> None:
        """As every answer; then whoever looks after the job is told that it has ended."""
        first = not self.ready
        super().settle(outcome)
        if first:
            self._on_end()
