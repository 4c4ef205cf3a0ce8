"""What a page tells about a data set, small enough to travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.datasets import DATASETS, dataset_of
from models.datasets.choose import chosen
from models.datasets.dataset import Dataset
from models.datasets.split import split, stratified

PER_CLASS = 4
PARTS = ("training", "validation", "test")


@dataclass(frozen=True, eq=False)
class Summary:
    """A data set, cut down to its chosen classes and split.

    Attributes:
        image_shape: (height, width, channels).
        class_names: in order.
        counts: (parts, classes): pictures of each class in training, validation and test.
        samples: (classes, a few, height, width, channels), bytes.
        source: title, authors, address.
        licence: as the source says.
        all_classes: of the whole set.
    """

    image_shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    counts: NDArray[np.int64]
    samples: NDArray[np.uint8]
    source: str
    licence: str
    all_classes: tuple[str, ...]


def summary(name: str, settings: Mapping[str, Any], classes: str, shares: tuple[float, float], seed: int) -> Summary:
    """The summary of a set in `DATASETS`; `shares` of validation and test.

    Raises:
        LearnerError: those of `dataset_of`, `chosen` and `split`.
    """
    entry = DATASETS.get(name)
    if entry and entry.sketch:
        whole, of_each = entry.sketch(entry.settings(**settings))
        dataset = chosen(whole, classes)
        labels = np.tile(np.arange(len(dataset.class_names)), of_each)
        parts: Any = stratified(labels, *shares, seed)
    else:
        whole = dataset_of(name, **settings)
        dataset = chosen(whole, classes)
        found = split(dataset, *shares, seed)
        labels, parts = dataset.labels, [getattr(found, part) for part in PARTS]
    counts = np.stack([np.bincount(labels[part], minlength=len(dataset.class_names)) for part in parts])
    about = (dataset.source, dataset.licence, whole.class_names)
    return Summary(dataset.image_shape, dataset.class_names, counts, samples(dataset), *about)


def samples(dataset: Dataset) -> NDArray[np.uint8]:
    """The first few pictures of each class; a class with fewer shows some twice."""
    rows = []
    for label in range(len(dataset.class_names)):
        of_class = np.flatnonzero(dataset.labels == label)[:PER_CLASS]
        rows.append(dataset.batch(np.resize(of_class, PER_CLASS)))
    return np.rint(np.stack(rows) * 255).astype(np.uint8)
