"""A job's line to its supervisor, in the worker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from models.engine import message


class Line:
    """What a job tells while it works, and what it is told. Only the job's own thread uses it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, value: Any) -> None:
        """Say how it goes; a job that says nothing for as long as its lane allows has hung."""
        with _ending_with_supervisor():
            self._connection.send_bytes(message.TOLD + message.write(value))

    def heard(self, seconds: float = 0.0) -> list[Any]:
        """The commands that have come; waits for the first, at most `seconds`."""
        commands: list[Any] = []
        with _ending_with_supervisor():
            while self._connection.poll(0.0 if commands else seconds):
                name, command = message.read(self._connection.recv_bytes())
                if name == message.COMMAND:
                    commands.append(command)
        return commands


@contextmanager
def _ending_with_supervisor() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError):
        os._exit(0)
