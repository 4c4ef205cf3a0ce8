"""Cached doors to slow engine calls; the keys are specs."""

import gc
from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.components.gallery import LONGEST_SIDE
from app.components.pad import SIDE
from models import engine
from models.arrays import Array, ImageArray
from models.datasets import DATASETS
from models.engine.answer import Answer
from models.images import SAMPLES
from models.images.numbers import typed_grid
from models.images.transform import resize, to_grey
from models.specs.augmentation import AugmentationSpec
from models.specs.picture import PictureSpec

PICTURES = 16
ANSWERS = 12
"""Sixteen pictures of 256 by 256 pixels are 3 MB."""


@cache
def freeze_heap() -> None:
    """Once per process: what the imports made is never garbage, so no collection needs to look at it again."""
    gc.collect()
    gc.freeze()


def _kept(image: Array) -> Array:
    """Shared by all visitors, so nobody may change it."""
    image.setflags(write=False)
    return image


@cache
def samples() -> Mapping[str, ImageArray]:
    """Every sample picture in its full size."""
    return {name: _kept(sample.make()) for name, sample in SAMPLES.items()}


@cache
def of_every_class(dataset: str, count: int) -> NDArray[np.uint8]:
    """`count` pictures (count, height, width, channels) of a shipped data set, one of each class in turn."""
    found = DATASETS[dataset]()
    classes = len(found.class_names)
    chosen = [int(np.flatnonzero(found.labels == number % classes)[number // classes]) for number in range(count)]
    shown = np.asarray(found.images[chosen], dtype=np.uint8)
    shown.setflags(write=False)
    return shown


@cache
def paper() -> ImageArray:
    """An empty drawing."""
    return _kept(np.zeros((SIDE, SIDE, 1), dtype=np.float32))


@cache
def thumbnails() -> Mapping[str, ImageArray]:
    """Every sample picture as small as the gallery shows it."""
    return {name: _kept(resize(image, min(max(image.shape[:2]), LONGEST_SIDE))) for name, image in samples().items()}


@lru_cache(maxsize=PICTURES)
def picture(spec: PictureSpec) -> ImageArray:
    """The picture that `spec` names, (height, width, channels).

    Raises:
        LearnerError: those of `models.images.numbers.typed_grid`.
    """
    sample = SAMPLES.get(spec.image)
    image = samples()[spec.image] if sample else typed_grid(spec.image)
    if sample and sample.kind == "photo":
        image = resize(image, spec.long_side)
    return _kept(to_grey(image) if spec.colour == "grey" else image)


@lru_cache(maxsize=ANSWERS)
def data_summary(name: str, classes: str, shares: tuple[float, float], seed: int) -> Answer:
    """The answer of a worker process to "data_summary", there or still to come; as with `varied`."""
    return engine.pose("data_summary", name=name, settings={}, classes=classes, shares=shares, seed=seed)


@lru_cache(maxsize=ANSWERS)
def ensemble(runs: tuple[tuple[str, float], ...]) -> Answer:
    """The answer to "ensemble" for runs, each with when it last changed; one that fails must not stay."""
    return engine.pose("ensemble", runs=tuple(run for run, _ in runs))


@lru_cache(maxsize=ANSWERS)
def varied(question: str, pictures: bytes, shape: tuple[int, ...], spec: AugmentationSpec) -> Answer:
    """The answer of a worker process to `question` about `pictures` (bytes of `shape`), there or still to come.

    Whoever asks again, while waiting or later, gets the same answer. One that fails must not stay: `varied.cache_clear()`.
    """
    return engine.pose(question, pictures=np.frombuffer(pictures, np.uint8).reshape(shape), spec=spec)
