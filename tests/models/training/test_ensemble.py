"""Several networks together, by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.errors import LearnerError
from models.training.ensemble import TEST, ensemble, story, together
from models.training.store import Store

LABELS = np.array([0, 1, 1, 0, 1], np.int32)
FIRST = [0.9, 0.2, 0.8, 0.4, 0.6]
SECOND = [0.8, 0.7, 0.3, 0.7, 0.6]
"""Probabilities of class 0 in five pictures. Together 0.85, 0.45, 0.55, 0.55, 0.6: only the last two classes 1 fail."""


def scores(first: list[float]) -> Any:
    return np.column_stack([first, 1 - np.array(first)]).astype(np.float32)


def test_the_mean_of_probabilities_by_hand() -> None:
    found = together([scores(FIRST), scores(SECOND)], LABELS)
    assert found.pictures == 5
    assert found.wrong.tolist() == [3, 2]
    assert (found.wrong_together, found.wrong_all) == (2, 1)
    assert found.gained.tolist() == [1, 3]
    assert found.lost.tolist() == [2]
    assert (found.gained_in_all, found.lost_in_all) == (2, 1)
    assert found.guesses_together.tolist() == [0, 1, 0, 0, 0]
    assert found.guesses.tolist() == [[0, 1, 0, 1, 0], [0, 0, 1, 0, 0]]


def test_what_is_said_of_it() -> None:
    right, wrong, unsure = scores([0.9, 0.1]), scores([0.3, 0.9]), scores([0.6, 0.4])
    labels = np.array([0, 1], np.int32)
    assert story(together([scores([0.9, 0.6]), scores([0.4, 0.1])], labels)) == "best"
    assert story(together([right, unsure, wrong], labels)) == "mean"
    assert story(together([right, right], labels)) == "same"
    certain = scores([0.0])
    assert story(together([scores([0.6]), scores([0.6]), certain], labels[:1])) == "worse"


def kept(store: Store, *, part: int = 0, tested: bool = True, **data: Any) -> str:
    run = store.create("ada", ("28x28x1", "flatten | dense 2"), {}, {"name": "digits", "classes": "0, 1", **data}).id
    test = np.array([part, 1, 2, 3, 4])
    store.write_arrays(run, TEST, {"part": test, "scores": scores(FIRST)})
    store.write_state(run, stage="finished", test={"accuracy": 0.5, "loss": 1.0} if tested else {})
    return run


def test_runs_that_cannot_be_put_together_are_told_apart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = kept(store)
    assert ensemble(store, [first, kept(store)]).found.pictures == 5
    others = {
        "ensemble_data": kept(store, name="mnist"),
        "ensemble_classes": kept(store, classes="1, 0"),
        "ensemble_parts": kept(store, part=7),
        "ensemble_unfinished": kept(store, tested=False),
        "run_unknown": "0" * 16,
    }
    for code, other in others.items():
        with pytest.raises(LearnerError, match=code):
            ensemble(store, [first, other])
