"""Several networks that answer together: the mean of their probabilities. NumPy alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.datasets.choose import data_of
from models.errors import LearnerError
from models.training.store import Run, Store

SHOWN = 12
TEST = "test"
"""Under this name a run keeps what its network takes every test picture for."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """How good several networks are together on the pictures of the test.

    Attributes:
        pictures: how many there are.
        wrong: (networks,): how many each has wrong.
        wrong_together: how many their mean has wrong.
        wrong_all: how many every single one has wrong.
        gained: numbers of some pictures that the mean has right though networks have them wrong, the most first.
        gained_in_all: how many the mean has right of which half the networks or more are wrong.
        lost: numbers of some pictures that the mean has wrong though networks have them right, the most first.
        lost_in_all: how many the mean has wrong though half the networks or more have them right.
        guesses: (networks, pictures): the class that each names.
        guesses_together: (pictures,): the class that the mean names.
    """

    pictures: int
    wrong: NDArray[np.int64]
    wrong_together: int
    wrong_all: int
    gained: NDArray[np.int64]
    gained_in_all: int
    lost: NDArray[np.int64]
    lost_in_all: int
    guesses: NDArray[np.int64]
    guesses_together: NDArray[np.int64]


def together(scores: Sequence[NDArray[np.float32]], labels: NDArray[np.int32]) -> Ensemble:
    """The networks whose probabilities for the same pictures are `scores`, each (pictures, classes)."""
    guesses = np.stack([of_one.argmax(axis=1) for of_one in scores])
    mean = np.mean(scores, axis=0).argmax(axis=1)
    wrong = (guesses != labels).sum(axis=0)
    right = len(scores) - wrong
    is_right = mean == labels
    return Ensemble(
        pictures=len(labels),
        wrong=(guesses != labels).sum(axis=1),
        wrong_together=int((~is_right).sum()),
        wrong_all=int((right == 0).sum()),
        gained=_most(np.where(is_right, wrong, 0)),
        gained_in_all=int((is_right & (2 * wrong >= len(scores))).sum()),
        lost=_most(np.where(is_right, 0, right)),
        lost_in_all=int((~is_right & (2 * right >= len(scores))).sum()),
        guesses=guesses,
        guesses_together=mean,
    )


def _most(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where `counts` is not 0, the highest first, of equal ones the earlier first."""
    order = np.argsort(-counts, kind="stable")[:SHOWN]
    return order[counts[order] > 0]


def story(found: Ensemble) -> str:
    """What to say of it: `best` (better than each part), `mean` (better than their mean), `same`, `worse`."""
    if found.wrong_together < found.wrong.min():
        return "best"
    if found.wrong_together < found.wrong.mean():
        return "mean"
    return "same" if found.wrong_together == found.wrong.mean() else "worse"


@dataclass(frozen=True, eq=False)
class Looked:
    """An ensemble with the pictures to show: bytes (pictures, height, width, channels), their labels and class names."""

    found: Ensemble
    images: NDArray[np.uint8]
    labels: NDArray[np.int32]
    class_names: tuple[str, ...]

    @property
    def numbers(self) -> NDArray[np.int64]:
        """Of the pictures that are shown: first those gained, then those lost."""
        return np.concatenate([self.found.gained, self.found.lost])


def ensemble(store: Store, names: Sequence[str]) -> Looked:
    """The runs called `names` together, on the test part that they have in common.

    Raises:
        LearnerError: `run_unknown` (run), `ensemble_unfinished` (run), `ensemble_data`, `ensemble_classes` and
            `ensemble_parts` (run, other), and those of `data_of`.
    """
    runs = [_read(store, name) for name in names]
    for run in runs[1:]:
        _check(runs[0], run)
    tests = [_test(store, run) for run in runs]
    for run, (part, _) in zip(runs[1:], tests[1:], strict=True):
        if not np.array_equal(part, tests[0][0]):
            raise LearnerError("ensemble_parts", run=runs[0].id, other=run.id)
    dataset, part = data_of(runs[0].dataset), tests[0][0]
    found = together([scores for _, scores in tests], dataset.labels[part])
    shown = part[np.concatenate([found.gained, found.lost])]
    images = np.rint(dataset.batch(shown) * 255).astype(np.uint8)
    return Looked(found, images, dataset.labels[shown], dataset.class_names)


def _read(store: Store, name: str) -> Run:
    run = store.read(name)
    if not run:
        raise LearnerError("run_unknown", run=name)
    return run


def _check(first: Run, run: Run) -> None:
    """That both learnt the same."""
    for code, fields in (("ensemble_data", ("name", "settings")), ("ensemble_classes", ("classes",))):
        if any((first.dataset.get(field) or "") != (run.dataset.get(field) or "") for field in fields):
            raise LearnerError(code, run=first.id, other=run.id)


def _test(store: Store, run: Run) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    found = store.arrays(run.id, TEST) or {}
    if not run.state.test or "part" not in found or "scores" not in found:
        raise LearnerError("ensemble_unfinished", run=run.id)
    return found["part"], found["scores"]
