"""What travels between the web process and its workers, over their own authenticated connections only.

To a worker: `(question, payload)`. From it: first `READY`, then for each question one `Outcome`.
"""

import pickle
from typing import Any

Outcome = tuple[str, Any, Any]
"""`("answer", value, None)`, `("learner_error", code, values)` or `("mistake", traceback, None)`."""

READY: Outcome = ("ready", None, None)

MEMORY_EXIT = 86
"""The exit code of a worker that held more than it may."""


def write(message: Any) -> bytes:
    """`message` as bytes."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def read(data: bytes) -> Any:
    """The message in `data`."""
    return pickle.loads(data)
