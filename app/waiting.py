"""Questions to the worker processes, and what a page says while they answer."""

import time
from contextlib import suppress
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app import cache, i18n, problems
from app.components.answers import nothing
from models import engine
from models.engine.answer import Answer
from models.errors import LearnerError
from models.specs.augmentation import AugmentationSpec

AT_ONCE = 0.25
"""Seconds without a word: shorter waits only flicker."""
STEP = 0.2
START = 6.0
"""Seconds in which a worker has usually imported TensorFlow; the bar's full length while it does."""


def prepare() -> None:
    """Start the worker processes while the learner still looks around."""
    engine.warm_up()


def ask_early(question: str, pictures: NDArray[np.uint8], spec: AugmentationSpec) -> None:
    """Put a question whose answer is wanted later in this run, so that it is worked on meanwhile; `asked` tells of faults."""
    with suppress(LearnerError):
        cache.varied(question, pictures.tobytes(), pictures.shape, spec)


def asked(question: str, pictures: NDArray[np.uint8], spec: AugmentationSpec) -> Any:
    """What was answered to `question`; None when there is no answer, which the page has then explained."""
    try:
        return waited(cache.varied(question, pictures.tobytes(), pictures.shape, spec))
    except (LearnerError, RuntimeError) as error:
        cache.varied.cache_clear()
        if not isinstance(error, LearnerError):
            raise
        problems.show(error, {i18n.raw("waiting.try_again"): nothing}, key=f"{question}_problem")
        return None


def waited(answer: Answer) -> Any:
    """What was answered; until then the page says what it is waiting for, and stays open to the next click.

    Raises:
        LearnerError, RuntimeError: as `Answer.value`.
    """
    place, begun = st.empty(), time.monotonic()
    if answer.wait(AT_ONCE):
        return answer.value()
    while not answer.wait(STEP):
        # Each of these lets Streamlit break off this run when the learner moves on.
        waiting, stage = time.monotonic() - begun, answer.stage
        if stage != "done":
            words = i18n.text(f"waiting.{stage}", seconds=f"{waiting:.0f}")
            place.progress(min(waiting / START, 0.95) if stage == "starting" else 0.95, words)
    place.empty()
    return answer.value()
