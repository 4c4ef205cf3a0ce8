"""Which pictures train, which judge the training, and which are kept for the end."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from models.datasets.dataset import Dataset, Indices
from models.errors import LearnerError

FEWEST_PER_CLASS = 3


@dataclass(frozen=True, eq=False)
class Split:
    """Numbers of pictures: no picture is in two parts, each class has its share of every part."""

    training: Indices
    validation: Indices
    test: Indices


def split(dataset: Dataset, validation_share: float, test_share: float, seed: int) -> Split:
    """`dataset` in three parts, drawn from `seed`; every part has pictures of every class.

    An official test part is the test part, and then `test_share` means nothing; `validation_share` is of all that is left
    over by an official test part, else of the whole.

    Raises:
        LearnerError: `too_few_pictures` (class_name, count, needed) for a class that cannot be in all three parts.
    """
    first_test = len(dataset) - dataset.official_test
    free = dataset.labels[:first_test]
    counts = np.bincount(free, minlength=len(dataset.class_names))
    scarce = int(counts.argmin())
    if counts[scarce] < FEWEST_PER_CLASS:
        numbers = {"count": int(counts[scarce]), "needed": FEWEST_PER_CLASS}
        raise LearnerError("too_few_pictures", class_name=dataset.class_names[scarce], **numbers)
    share = 0.0 if dataset.official_test else test_share
    training, validation, test = stratified(free, validation_share, share, seed)
    return Split(training, validation, np.arange(first_test, len(dataset)) if dataset.official_test else test)


def stratified(labels: Any, validation_share: float, test_share: float, seed: int) -> tuple[Any, Any, Any]:
    """(training, validation, test): sorted indices of labels; each class gives its share of every part, at least one.

    A share of 0 makes an empty part. The exported programs contain this function as it stands.
    """
    random = np.random.default_rng(seed)
    parts: tuple[list[Any], ...] = ([], [], [])
    for label in np.unique(labels):
        of_class = random.permutation(np.flatnonzero(labels == label))
        sizes = [max(1, int(len(of_class) * share + 1e-9)) if share else 0 for share in (validation_share, test_share)]
        validation, test, training = np.split(of_class, np.cumsum(sizes))
        for part, indices in zip(parts, (training, validation, test), strict=True):
            part.append(indices)
    training, validation, test = (np.sort(np.concatenate(part)) for part in parts)
    return training, validation, test
