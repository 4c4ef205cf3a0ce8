"""Cached doors to slow engine calls; the keys are specs."""

import gc
from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np

from app.components.gallery import LONGEST_SIDE
from app.components.pad import SIDE
from models.arrays import Array, ImageArray
from models.images import SAMPLES
from models.images.numbers import typed_grid
from models.images.transform import resize, to_grey
from models.specs.picture import PictureSpec

PICTURES = 16


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
