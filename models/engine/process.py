"""One worker process as its supervisor sees it."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path

from models.engine import message
from models.engine.answer import Answer
from models.engine.job import Job
from models.engine.lane import Lane

ROOT = Path(__file__).parents[2]
FOR_TENSORFLOW = {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "2"}
LOWER_PRIORITY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # on Windows; elsewhere the worker is nice by itself


class WorkerProcess:
    """A worker from its start to its end.

    Attributes:
        connection: None until the worker has let us in.
        ready: whether it has imported its questions.
        answer: the question that it works on, or None.
        answered: how many questions it has answered.

    Raises:
        OSError: when the system starts no process.
    """

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.connection: Connection | None = None
        self.ready = False
        self.answer: Answer | None = None
        self.answered = 0
        self.deadline = time.monotonic() + lane.start_seconds
        self._folder = "" if os.name == "nt" else tempfile.mkdtemp(prefix="convscope-")
        self._address = rf"\\.\pipe\convscope-{secrets.token_hex(16)}" if os.name == "nt" else f"{self._folder}/worker"
        self._key = secrets.token_bytes(32)
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "models.engine.worker"],
            cwd=ROOT,
            env={**os.environ, **FOR_TENSORFLOW},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            creationflags=LOWER_PRIORITY,
        )
        lane = self.lane
        place = {"address": self._address, "key": self._key.hex()}
        told = {**place, "questions": lane.questions, "megabytes": lane.megabytes, "background": lane.background}
        with suppress(OSError):  # a process that ended at once is found out by `has_ended`
            assert process.stdin
            process.stdin.write(json.dumps(told).encode() + b"\n")
            process.stdin.flush()
        return process

    def connect(self) -> None:
        """Connect, when the worker listens already."""
        with suppress(OSError, EOFError, AuthenticationError), self._bounded(self.lane.start_seconds):
            self.connection = Client(self._address, authkey=self._key)

    def give(self, answer: Answer) -> bool:
        """Put a question to the worker, which must be ready and idle; False when it has gone before it could hear it."""
        assert self.connection
        self.answer, answer.stage = answer, "asked"
        self.deadline = time.monotonic() + self.lane.seconds
        try:
            with self._bounded(self.lane.seconds):
                self.connection.send_bytes(answer.data)
        except OSError:
            if not self.overdue:
                self.answer = None
                return False
        if isinstance(answer, Job):
            answer.start()
        return True

    def pass_on(self) -> None:
        """Tell the job that it works on what is to be told."""
        if not isinstance(self.answer, Job) or not self.connection:
            return
        with suppress(OSError):  # one that has gone is found out by `take`
            while self.answer.commands:
                with self._bounded(self.lane.seconds):
                    self.connection.send_bytes(self.answer.commands.popleft())

    def take(self) -> bool:
        """Take what the worker has sent, when it has sent something; False when it has gone."""
        try:
            if not self.connection or not self.connection.poll():
                return True
            with self._bounded(self.lane.seconds):
                data = self.connection.recv_bytes()
        except (EOFError, OSError):
            return False
        if self.answer and data.startswith(message.TOLD):
            self.deadline = time.monotonic() + self.lane.seconds
            if isinstance(self.answer, Job):
                self.answer.hear(data)
        elif self.answer:
            answer, self.answer = self.answer, None
            self.answered += 1
            answer.settle(data)
        elif message.read(data) == message.READY:
            self.ready = True
        return True

    @contextmanager
    def _bounded(self, seconds: float) -> Iterator[None]:
        """A worker that stops in the middle of a message must not stop its supervisor."""
        guard = threading.Timer(seconds, self.process.kill)
        guard.daemon = True
        guard.start()
        try:
            yield
        finally:
            guard.cancel()

    @property
    def idle(self) -> bool:
        """Whether it waits for a question."""
        return self.ready and self.answer is None

    @property
    def has_ended(self) -> bool:
        """Whether there is no such process any more."""
        return self.process.poll() is not None

    def seconds_left(self) -> float | None:
        """How long it may still take for what it is doing; None when it is idle."""
        return None if self.idle else self.deadline - time.monotonic()

    def end(self) -> int | None:
        """End the process, if it has not ended by itself; returns its exit code."""
        if self.connection:
            self.connection.close()
        with suppress(subprocess.TimeoutExpired):
            # One that closed its end is about to have an exit code that says why.
            self.process.wait(0 if self.overdue else 1)
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.stdin:
            with suppress(OSError):
                self.process.stdin.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        return self.process.returncode

    @property
    def overdue(self) -> bool:
        """Whether it takes longer than it may."""
        left = self.seconds_left()
        return left is not None and left <= 0
