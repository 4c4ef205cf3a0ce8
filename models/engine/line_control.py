"""What a training is told over its worker's line."""

import time

from models.engine.line import Line
from models.settings import setting
from models.training.record import Told
from models.training.snapshot import MANY, Control

HEARTBEAT = 0.5
"""Seconds between two signs of life while a training is paused."""


class LineControl(Control):
    """Pause, go, batch, epoch, stop (why), rate (the new one); and the host's limits."""

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
