"""The worker processes: they hold TensorFlow, the process that draws pages does not. The only package that starts a process.

A question is a name in a worker's `QUESTIONS` and the arrays and plain values that go with it. `pose` puts it to a lane and
returns at once with an `Answer`; `ask` waits for what is answered.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from models.engine.answer import Answer
from models.engine.downloads import Downloads
from models.engine.lane import Lane, download, quick, training
from models.engine.supervised_training import Place
from models.engine.supervisor import NAME, Supervisor
from models.engine.trainings import Trainings
from models.training.record import Record
from models.training.store import Store

LANES: Mapping[str, Callable[[], Lane]] = {"quick": quick, "training": training, "download": download}
"""Lane -> how it is set up. Each has workers of its own, so that a look inside never waits behind longer work."""

_starting = threading.RLock()
_started: list[Supervisor] = []
_trainings: list[Trainings] = []
_downloads: list[Downloads] = []


def engine() -> Supervisor:
    """The one engine of this process, started on first need; its workers start with the first question of their lane."""
    with _starting:
        if not _started or not _started[0].is_alive():
            # Streamlit forgets modules whose source has changed, and with them this list, but no thread.
            for thread in threading.enumerate():
                if thread.name == NAME and hasattr(thread, "close"):
                    thread.close()
            supervisor = Supervisor({name: lane() for name, lane in LANES.items()})
            supervisor.start()
            _started[:] = [supervisor]
        return _started[0]


def warm_up(lane: str = "quick") -> None:
    """Start the workers of `lane` before there is a question."""
    engine().warm_up(lane)


def pose(question: str, **payload: Any) -> Answer:
    """Put `question` to the quick lane; returns at once.

    Raises:
        LearnerError: `engine_busy`, when too many questions wait already.
    """
    return engine().pose("quick", question, payload)


def ask(question: str, **payload: Any) -> Any:
    """The answer to `question`, waited for.

    Raises:
        LearnerError: what the question itself raises, and `engine_busy`, `engine_died`, `engine_too_slow`, `engine_memory`,
            `engine_did_not_start`.
        RuntimeError: a programmer's mistake in the worker, with its traceback as text.
    """
    return pose(question, **payload).value()


def trainings() -> Trainings:
    """The trainings of this process, and the runs that its data folder keeps."""
    with _starting:
        if not _trainings:
            _trainings.append(Trainings(Store(), engine))
        return _trainings[0]


def downloads() -> Downloads:
    """The data sets that this process fetches."""
    with _starting:
        if not _downloads:
            _downloads.append(Downloads(engine))
        return _downloads[0]


def submit(network: tuple[str, str], training: Mapping[str, Any], dataset: Mapping[str, Any], owner: str = "") -> str:
    """Train in a worker process; returns the run's id.

    Args:
        network: (input, layers) in notation.
        training: the fields of a `TrainingSpec`, as JSON has them.
        dataset: `name` and what else `models.datasets.choose.data_of` reads.
        owner: who asks; each has one training at a time, and a second one asked for is the same.

    Raises:
        LearnerError: `engine_busy`, `disk_full`.
    """
    return trainings().submit(owner, network, training, dataset)


def position(run: str) -> Place | None:
    """The run's place in the queue; None when it does not wait."""
    return trainings().position(run)


def stop(run: str) -> None:
    """End the run at its next batch; what it has is kept."""
    trainings().stop(run)


def snapshots(run: str) -> Record:
    """What the run has shown so far."""
    return trainings().record(run)


def close() -> None:
    """End all workers. The next question starts the engine anew."""
    _trainings.clear()
    _downloads.clear()
    with _starting:
        while _started:
            _started.pop().close()
