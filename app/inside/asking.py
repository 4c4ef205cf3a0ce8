"""Questions about the chosen network, put to a worker process; what was answered is kept for whoever asks the same."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

import numpy as np

from app import i18n, problems, waiting
from app.components.answers import nothing
from app.inside import network_link
from models import engine
from models.engine.answer import Answer
from models.errors import LearnerError
from models.network.source import NetworkSource

MOST_ANSWERS = 120
MOST_BYTES = 24_000_000
"""What the process that draws pages keeps of answers, for all visitors together."""

GONE = ("network_run_gone", "epoch_gone", "network_file_gone", "network_link_unknown")
"""Here the same question again would not help."""


class Sourced(Protocol):
    """Something that says which network it is about, as `app.inside.choice.Chosen` does."""

    @property
    def source(self) -> NetworkSource:
        """The network."""


class _Answers:
    """The newest answers, bounded in number and bytes; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Any, Answer] = OrderedDict()

    def posed(self, key: Any, question: str, payload: Mapping[str, Any]) -> Answer:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = engine.pose(question, **payload)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and (len(self._kept) > MOST_ANSWERS or self._bytes() > MOST_BYTES):
                self._kept.popitem(last=False)
            return self._kept[key]

    def forget(self, key: Any) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def _bytes(self) -> int:
        return sum(answer.size for answer in self._kept.values())


_answers = _Answers()


def posed(question: str, chosen: Sourced | NetworkSource, **payload: Any) -> Answer:
    """Put `question` about a network, whose answer is wanted later in this run, or the answer that is there already.

    Raises:
        LearnerError: `engine_busy`.
    """
    source = chosen if isinstance(chosen, NetworkSource) else chosen.source
    return _answers.posed(_key(question, source, payload), question, {"source": source, **payload})


def ask_early(question: str, chosen: Sourced | NetworkSource, **payload: Any) -> None:
    """As `posed`, so that it is worked on meanwhile; `asked` tells of faults."""
    with suppress(LearnerError):
        posed(question, chosen, **payload)


def answered(question: str, chosen: Sourced | NetworkSource, **payload: Any) -> Any:
    """What is answered to `question`, waited for with words.

    Raises:
        LearnerError: what the question raised, or `engine_...`; whoever asks again asks anew.
        RuntimeError: a programmer's mistake in the worker.
    """
    source = chosen if isinstance(chosen, NetworkSource) else chosen.source
    try:
        return waiting.waited(posed(question, source, **payload))
    except (LearnerError, RuntimeError):
        _answers.forget(_key(question, source, payload))
        raise


def asked(question: str, chosen: Sourced | NetworkSource, **payload: Any) -> Any | None:
    """What is answered to `question` about a network; None when there is no answer, which the page has then explained.

    Args:
        question: a name in `models.engine.questions.QUESTIONS`; its function takes `source` and `payload`.
        chosen: the network, or what has it as `source`.
        payload: what the function is called with; arrays, or plain values that are hashable.
    """
    try:
        return answered(question, chosen, **payload)
    except LearnerError as error:
        explain(error, key=f"{question}_problem")
        return None


def explain(error: LearnerError, key: str) -> None:
    """Say what is wrong with a network or a question about it, with a way on."""
    mends = {}
    match error.code:
        case "run_unknown":
            error = LearnerError("network_run_gone", run=error.values["run"])
        case "engine_too_slow":
            error = LearnerError("look_too_slow", seconds=error.values["seconds"])
        case "engine_memory":
            error = LearnerError("look_memory", megabytes=error.values["megabytes"])
    if error.code == "epoch_gone":
        mends[i18n.raw("inside.newest_instead")] = network_link.show_newest
    if error.code in GONE:
        mends[i18n.raw("inside.own_instead")] = network_link.show_own
    elif error.code.startswith(("engine_", "look_")):
        mends[i18n.raw("waiting.try_again")] = nothing
    problems.show(error, mends, key=key)


def _key(question: str, source: NetworkSource, payload: Mapping[str, Any]) -> Any:
    return question, source, tuple((name, _hashable(value)) for name, value in sorted(payload.items()))


def _hashable(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        digest = hashlib.blake2b(np.ascontiguousarray(value).tobytes(), digest_size=16).digest()
        return digest, value.shape, value.dtype.str
    return tuple(_hashable(part) for part in value) if isinstance(value, list | tuple) else value
