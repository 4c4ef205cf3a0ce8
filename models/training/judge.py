"""How good a network is on some pictures, none of which it learns from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.datasets.dataset import Dataset
from models.datasets.split import Split, split
from models.specs.training import TrainingSpec
from models.training.steps import JUDGED_AT_ONCE, Steps

SHOWN_PICTURES = 16


@dataclass(frozen=True, eq=False)
class Judgement:
    """Loss and accuracy, (true class, predicted class), and what each picture is taken for: (pictures, classes)."""

    loss: float
    accuracy: float
    confusion: NDArray[np.int64]
    scores: NDArray[np.float32]


def parts_of(dataset: Dataset, training: TrainingSpec) -> Split:
    """Which pictures train, which judge, which are kept for the end."""
    return split(dataset, training.validation_share, training.test_share, training.split_seed)


def shown_pictures(dataset: Dataset, training: TrainingSpec) -> NDArray[np.int64]:
    """Numbers of the fixed test pictures: of each class in turn."""
    test = parts_of(dataset, training).test
    by_class = [test[dataset.labels[test] == label] for label in range(len(dataset.class_names))]
    rounds = -(-SHOWN_PICTURES // len(by_class))
    order = [int(of_class[turn]) for turn in range(rounds) for of_class in by_class if turn < len(of_class)]
    return np.array(order[:SHOWN_PICTURES], np.int64)


def judged(machine: Steps, dataset: Dataset, part: NDArray[np.int64]) -> Judgement:
    """The network on the pictures at `part`, as they are."""
    total, classes = 0.0, len(dataset.class_names)
    confusion, scores = np.zeros((classes, classes), np.int64), []
    for start in range(0, len(part), JUDGED_AT_ONCE):
        chosen = part[start : start + JUDGED_AT_ONCE].astype(np.int32)
        losses, guesses, found = machine.judge(chosen)
        total += float(losses.numpy().sum())
        np.add.at(confusion, (dataset.labels[chosen], guesses.numpy()), 1)
        scores.append(found.numpy())
    accuracy = float(np.trace(confusion) / len(part))
    return Judgement(total / len(part), accuracy, confusion, np.concatenate(scores))
