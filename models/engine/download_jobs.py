"""What the download lane does; its workers import no Keras."""

import time
from collections.abc import Callable
from typing import Any

from models.datasets.download import download
from models.engine.line import Line

TELL_EVERY = 0.2
"""Seconds between two pieces of news."""


def fetch(line: Line, name: str) -> bool:
    """Fetch a set, tell (bytes here, bytes in all), end when anything is said; returns whether the set is there."""
    told = 0.0

    def tell(here: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            line.tell((here, total))

    return download(name, tell, lambda: bool(line.heard()))


QUESTIONS: dict[str, Callable[..., Any]] = {}
JOBS: dict[str, Callable[..., Any]] = {"fetch": fetch}
"""Name -> function; its first argument is the line to the supervisor."""
