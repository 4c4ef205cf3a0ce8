"""What a lane is, and how the host sets its limits."""

from dataclasses import dataclass

from models.settings import setting


@dataclass(frozen=True)
class Lane:
    """Workers of one kind.

    Attributes:
        questions: the module whose `QUESTIONS` the workers answer; they alone import it.
        workers: how many there are.
        seconds: how long one question may be worked on, and how long a job may say nothing.
        megabytes: how much memory one worker may hold.
        start_seconds: how long a worker may take until its module is imported.
        longest_queue: how many questions may wait.
        answers_per_worker: after so many a worker is replaced, and its memory comes back.
        background: whether its work, which takes long, stands back for everything else on the machine.
    """

    questions: str
    workers: int
    seconds: float
    megabytes: float
    start_seconds: float = 120.0
    longest_queue: int = 200
    answers_per_worker: float = float("inf")
    background: bool = False


def quick() -> Lane:
    """The lane of quick questions. The defaults suit two cores, which trainings share."""
    return Lane(
        questions="models.engine.questions",
        workers=round(setting("CONVSCOPE_QUICK_WORKERS", 1)),
        seconds=setting("CONVSCOPE_QUESTION_SECONDS", 20),
        megabytes=setting("CONVSCOPE_WORKER_MB", 2500),
    )


def training() -> Lane:
    """The lane of trainings. Further workers share the same cores."""
    return Lane(
        questions="models.engine.training_jobs",
        workers=round(setting("CONVSCOPE_TRAINING_WORKERS", 1)),
        seconds=setting("CONVSCOPE_BATCH_SECONDS", 120),
        megabytes=setting("CONVSCOPE_TRAINING_MB", 4000),
        longest_queue=round(setting("CONVSCOPE_LONGEST_QUEUE", 100)),
        answers_per_worker=24,
        background=True,
    )


def download() -> Lane:
    """The lane that fetches data sets over the network; its workers hold no TensorFlow."""
    return Lane("models.engine.download_jobs", workers=1, seconds=60, megabytes=1000, start_seconds=60)
