"""What a lane is, and how the host sets its limits."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """Workers of one kind.

    Attributes:
        questions: the module whose `QUESTIONS` the workers answer; they alone import it.
        workers: how many there are.
        seconds: how long one question may be worked on.
        megabytes: how much memory one worker may hold.
        start_seconds: how long a worker may take until its module is imported.
        longest_queue: how many questions may wait.
    """

    questions: str
    workers: int
    seconds: float
    megabytes: float
    start_seconds: float = 120.0
    longest_queue: int = 200


def quick() -> Lane:
    """The lane of quick questions. The defaults suit two cores, which trainings share."""
    return Lane(
        questions="models.engine.questions",
        workers=round(setting("CONVSCOPE_QUICK_WORKERS", 1)),
        seconds=setting("CONVSCOPE_QUESTION_SECONDS", 20),
        megabytes=setting("CONVSCOPE_WORKER_MB", 2500),
    )


def setting(name: str, default: float) -> float:
    """A positive number from the environment.

    Raises:
        ValueError: with the name and what stands there.
    """
    given = os.environ.get(name, "")
    try:
        number = float(given) if given.strip() else default
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ValueError(f"{name}: expected a number above 0; received {given!r}")
    return number
