"""What travels between the web process and its workers, over their own authenticated connections only.

To a worker: `(question, payload)`, and `(COMMAND, command)` while it works on a job. From it: first `READY`, then for each
question one `Outcome`, before which a job may send any number of messages that begin with `TOLD`.
"""

import pickle
from typing import Any

Outcome = tuple[str, Any, Any]
"""`("answer", value, None)`, `("learner_error", code, values)` or `("mistake", traceback, None)`."""

READY: Outcome = ("ready", None, None)

COMMAND = ""
"""Stands where a question has its name."""

TOLD = b"told"
"""Before the bytes of what a job tells; no pickle begins like this."""

MEMORY_EXIT = 86
"""The exit code of a worker that held more than it may."""


def write(message: Any) -> bytes:
    """`message` as bytes."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def read(data: bytes) -> Any:
    """The message in `data`."""
    return pickle.loads(data)
