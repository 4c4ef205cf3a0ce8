"""Several sample pictures of one size, as a batch."""

from collections.abc import Mapping

import numpy as np

from models.arrays import BatchArray, ImageArray
from models.images.samples import Sample
from models.images.transform import resize, to_colour


def sheet(samples: Mapping[str, Sample], images: Mapping[str, ImageArray], kind: str, count: int, side: int) -> BatchArray:
    """`count` pictures (count, height, width, channels) of the `samples` of one kind, in turn.

    Photographs are cut to the square in their middle, `side` pixels, in colour; digits keep their own size.

    Raises:
        ValueError: when no sample is of this kind.
    """
    chosen = [images[name] for name, sample in samples.items() if sample.kind == kind]
    if not chosen:
        raise ValueError(f"kind: expected that of a sample; received {kind!r}")
    if kind == "photo":
        chosen = [to_colour(resize(square(image), side)) for image in chosen]
    return np.stack([chosen[number % len(chosen)] for number in range(count)])


def square(image: ImageArray) -> ImageArray:
    """The largest square in the middle of `image`."""
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : top + side, left : left + side]
