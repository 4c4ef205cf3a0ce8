"""A data set cut down to some of its classes."""

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from models.datasets import dataset_of
from models.datasets.dataset import Dataset
from models.errors import LearnerError

FEWEST_CLASSES = 2


def data_of(asked: Mapping[str, Any]) -> Dataset:
    """The data of a run: `name`, `settings` and `classes`.

    Raises:
        LearnerError: those of `models.datasets.dataset_of` and `chosen`.
    """
    whole = dataset_of(str(asked["name"]), **asked.get("settings", {}))
    return chosen(whole, str(asked.get("classes", "")))


def chosen(dataset: Dataset, classes: str) -> Dataset:
    """`dataset` with the classes in `classes` only, numbered from 0 in that order; with no text all of them.

    Args:
        dataset: is left as it was.
        classes: names with commas between them: "3, 8".

    Raises:
        LearnerError: `unknown_class` (word, nearest, classes), `class_twice` (word), `too_few_classes` (count, needed).
    """
    names = [part.strip() for part in classes.split(",") if part.strip()]
    if not names:
        return dataset
    numbers = [number_of(dataset, name) for name in names]
    if len(numbers) < FEWEST_CLASSES:
        raise LearnerError("too_few_classes", count=len(numbers), needed=FEWEST_CLASSES)
    renumbered = np.full(len(dataset.class_names), -1, np.int32)
    for new, old in enumerate(numbers):
        if renumbered[old] >= 0:
            raise LearnerError("class_twice", word=dataset.class_names[old])
        renumbered[old] = new
    labels = renumbered[dataset.labels]
    kept = np.flatnonzero(labels >= 0)
    return replace(
        dataset,
        images=dataset.images[kept],
        labels=labels[kept],
        class_names=tuple(dataset.class_names[number] for number in numbers),
        official_test=int((kept >= len(dataset) - dataset.official_test).sum()) if dataset.official_test else 0,
    )


def number_of(dataset: Dataset, name: str) -> int:
    """The number of the class called `name`."""
    known = [known.lower() for known in dataset.class_names]
    if name.lower() not in known:
        near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0)[0]
        nearest = dataset.class_names[known.index(near)]
        raise LearnerError("unknown_class", word=name[:40], nearest=nearest, classes=dataset.class_names)
    return known.index(name.lower())
