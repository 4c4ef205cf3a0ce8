"""Questions that go wrong in every way that a worker must survive or be replaced after."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from models.errors import LearnerError


def echo(**payload: Any) -> dict[str, Any]:
    return payload


def pid() -> int:
    return os.getpid()


def priority() -> int:
    return os.nice(0)


def refuse(size: int) -> None:
    raise LearnerError("window_does_not_fit", span=size, padded=3)


def stumble() -> None:
    raise KeyError("no such thing")


def unsendable() -> Any:
    return threading.Lock()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(3)


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def freeze() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def hoard(megabytes: int) -> int:
    kept = [np.ones((2**20,), np.uint8) for _ in range(megabytes)]
    time.sleep(30)
    return len(kept)


QUESTIONS: dict[str, Callable[..., Any]] = {
    question.__name__: question
    for question in (echo, pid, priority, refuse, stumble, unsendable, die, leave, sleep, freeze, hoard)
}
