"""Each sentence about a training stands where its numbers are, and nowhere else."""

import numpy as np
import pytest

from models.training.record import Record, Told
from models.training.story import story


def record(
    losses: list[float], validation: list[float], accuracy: float = 0.8, val_accuracy: float = 0.8, gain: float = 0
) -> Record:
    made = Record()
    for number, (loss, val) in enumerate(zip(losses, validation, strict=True), 1):
        right = val_accuracy + number * gain
        batches = np.array([[number * 10, loss, accuracy]], np.float32)
        epochs = np.array([[number, number * 10, loss, accuracy, val, right, 0.1, 1]], np.float32)
        made.add(Told(grown={"batches": batches, "epochs": epochs}))
    return made


def batch(loss: float) -> Record:
    made = Record()
    made.add(Told(grown={"batches": np.array([[7, loss, 0]], np.float32)}))
    return made


CASES = {
    "waiting": Record(),
    "diverged": batch(float("nan")),
    "first_epoch": batch(2.3),
    "nothing_learnt": record([2.3], [2.3], 0.1, 0.1),
    "by_heart": record([0.5, 0.4, 0.3, 0.2, 0.1], [0.5, 0.4, 0.45, 0.5, 0.6]),
    "near_perfect": record([0.1, 0.05], [0.1, 0.05], 0.99, 0.992),
    "flat": record([0.5, 0.4, 0.39, 0.38, 0.37], [0.5, 0.4, 0.45, 0.44, 0.43]),
    "easier_check": record([0.6, 0.5], [0.4, 0.3], 0.8, 0.85),
    "one_epoch": record([0.6], [0.4]),
    "wobbling": record([0.6, 0.5], [0.4, 0.45]),
    "surer": record([0.6, 0.5], [0.5, 0.4]),
    "learning": record([0.6, 0.5], [0.5, 0.4], gain=0.01),
}


@pytest.mark.parametrize(("code", "shown"), CASES.items())
def test_the_sentence_fits_the_numbers(code: str, shown: Record) -> None:
    assert story(shown, 10)[0] == code


def test_the_sentence_has_the_numbers() -> None:
    assert story(CASES["by_heart"], 10)[1] == {"epochs": 3, "best": 2, "gap": 0.0}
    assert story(CASES["nothing_learnt"], 4)[1] == {"accuracy": 10.0, "chance": 25.0}


def test_one_that_has_ended_is_not_learning_any_more() -> None:
    assert story(CASES["learning"], 10, ended=True)[0] == "still_better"
    assert story(CASES["wobbling"], 10, ended=True)[0] == "wobbling"
