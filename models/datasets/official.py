"""The sets that everybody knows, read without a network from files of Keras' own names and layout."""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from models.datasets.batches import read_batch
from models.datasets.dataset import Dataset
from models.datasets.digits import LICENCE, NAMES, SOURCE
from models.datasets.numeric import Bytes, Expected, read_idx, read_npz, readable
from models.errors import LearnerError
from models.hyperparameters import Spec

Part = tuple[Bytes, Bytes]
BATCHES = tuple(f"data_batch_{number}" for number in range(1, 6))
FASHION = ("t_shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle_boot")
THINGS = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def folder() -> Path:
    """Where Keras keeps its data sets."""
    home = os.environ.get("KERAS_HOME")
    return (Path(home) if home else Path.home() / ".keras") / "datasets"


FILES: dict[str, tuple[str, ...]] = {
    "mnist": ("mnist.npz",),
    "fashion_mnist": tuple(
        f"fashion-mnist/{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")
    ),
    "cifar10": tuple(f"cifar-10-batches-py/{name}" for name in (*BATCHES, "test_batch")),
}
"""Name -> its files within `folder()`."""

CLASS_NAMES: dict[str, tuple[str, ...]] = {"mnist": NAMES, "fashion_mnist": FASHION, "cifar10": THINGS}
"""Name, as in `keras.datasets` -> its classes."""

OTHER_PLACES = {"cifar-10-batches-py": "cifar-10-batches-py-target/cifar-10-batches-py"}
"""Keras 3 unpacks an archive into a folder of its own."""


def paths(name: str) -> list[Path]:
    """The files of a set, in the order of `FILES`, whether or not they are there."""
    found = []
    for file in FILES[name]:
        first, _, rest = file.partition("/")
        path, other = folder() / file, folder() / OTHER_PLACES.get(first, first) / rest
        found.append(other if readable(other) and not readable(path) else path)
    return found


def present(name: str) -> bool:
    """Whether every file of a set is there."""
    return all(readable(path) for path in paths(name))


def needed(name: str) -> list[Path]:
    """The files of a set.

    Raises:
        LearnerError: `dataset_missing` (dataset, folder, files) when one is not there.
    """
    if not present(name):
        raise LearnerError("dataset_missing", dataset=name, folder=str(folder()), files=FILES[name])
    return paths(name)


def joined(name: str, parts: list[Part], about: tuple[tuple[str, ...], str, str]) -> Dataset:
    """One set of all `parts`, the last of which is the official test part."""
    images, labels = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    pictures = images if images.ndim == 4 else images[..., None]
    return Dataset(pictures, labels, *about, official_test=len(parts[-1][1]), name=name)


def kept(load: Callable[[list[Path]], Dataset]) -> Callable[[Spec], Dataset]:
    """`load` of the files of its set, done once as long as they stay the same: reading and checking them takes seconds."""

    @lru_cache(maxsize=1)
    def loaded(stamps: tuple[tuple[Path, int, int], ...]) -> Dataset:
        return load([path for path, _, _ in stamps])

    def of_now(_: Spec) -> Dataset:
        found = needed(load.__name__)
        return loaded(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in found))

    return of_now


@kept
def mnist(files: list[Path]) -> Dataset:
    """70,000 handwritten digits, 28x28, one channel; the last 10,000 are the test part."""
    (path,) = files
    sizes = {"train": 60_000, "test": 10_000}
    images = {f"x_{part}": Expected((size, 28, 28)) for part, size in sizes.items()}
    labels = {f"y_{part}": Expected((size,), below=10) for part, size in sizes.items()}
    found = read_npz(path, images | labels)
    return joined("mnist", [(found[f"x_{part}"], found[f"y_{part}"]) for part in sizes], (NAMES, SOURCE, LICENCE))


@kept
def fashion_mnist(files: list[Path]) -> Dataset:
    """70,000 grey pictures of clothes, 28x28, one channel; the last 10,000 are the test part."""
    parts = []
    for size, (images, labels) in ((60_000, files[:2]), (10_000, files[2:])):
        parts.append((read_idx(images, Expected((size, 28, 28))), read_idx(labels, Expected((size,), below=10))))
    source = "Fashion-MNIST, Han Xiao, Kashif Rasul, Roland Vollgraf, https://github.com/zalandoresearch/fashion-mnist"
    return joined("fashion_mnist", parts, (FASHION, source, "MIT"))


@kept
def cifar10(files: list[Path]) -> Dataset:
    """60,000 coloured pictures of animals and vehicles, 32x32, three channels; the last 10,000 are the test part."""
    parts = []
    for path in files:
        images, labels = read_batch(path, Expected((10_000, 3 * 32 * 32)), Expected((10_000,), below=10))
        parts.append((images.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), labels))
    source = "CIFAR-10, Alex Krizhevsky, https://www.cs.toronto.edu/~kriz/cifar.html"
    return joined("cifar10", parts, (THINGS, source, "As its source says: free to use with a citation of its report"))
