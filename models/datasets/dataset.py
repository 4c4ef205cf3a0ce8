"""What a data set is: labelled pictures with the names of their classes, their source and licence."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.arrays import BatchArray

Pictures = NDArray[np.uint8] | NDArray[np.float32]
Labels = NDArray[np.int32]
Indices = NDArray[np.int64]
PER_BYTE = np.float32(1 / 255)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Labelled pictures.

    Attributes:
        images: (images, height, width, channels), 1 or 3 channels. Shipped sets hold bytes (uint8, 0 to 255): full CIFAR-10
            is 184 MB that way, and four times as much in float32. A notebook may give float32 from 0 to 1 instead.
            `batch` gives float32 from 0 to 1 of either.
        labels: (images,), int32, the number of each picture's class, from 0.
        class_names: of each class; `[classes]` in the words has what a learner reads.
        source: title, authors, address.
        licence: as the source says.
        official_test: so many pictures at the end are the test part that everybody uses; 0 when there is none.
        name: in `DATASETS`, or empty.

    Raises:
        ValueError: for other axes, types or ranges, or labels that do not fit.
    """

    images: Pictures
    labels: NDArray[Any]
    class_names: tuple[str, ...]
    source: str
    licence: str
    official_test: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "images", check_images(self.images))
        object.__setattr__(self, "labels", check_labels(self.labels, len(self.images), len(self.class_names)))
        object.__setattr__(self, "class_names", tuple(self.class_names))
        if not 0 <= self.official_test < len(self.images):
            raise ValueError(f"official_test: expected 0 to {len(self.images) - 1}; received {self.official_test}")

    def __len__(self) -> int:
        return len(self.images)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(height, width, channels) of a picture."""
        _, height, width, channels = self.images.shape
        return height, width, channels

    @property
    def counts(self) -> dict[str, int]:
        """Class name -> how many pictures."""
        counts = np.bincount(self.labels, minlength=len(self.class_names))
        return {name: int(count) for name, count in zip(self.class_names, counts, strict=True)}

    def batch(self, indices: Any) -> BatchArray:
        """The pictures at `indices`, (images, height, width, channels), float32, 0 to 1."""
        chosen: BatchArray = self.images[indices].astype(np.float32)
        return chosen * PER_BYTE if self.images.dtype == np.uint8 else chosen


def check_images(images: Any) -> Pictures:
    """`images` as bytes, or as float32 from 0 to 1, unchanged where it is that already."""
    array = np.asarray(images)
    if array.ndim != 4 or 0 in array.shape or array.shape[3] not in (1, 3):
        raise ValueError(f"images: expected (images, height, width, 1 or 3 channels), none empty; received {array.shape}")
    if array.dtype == np.uint8:
        return array
    if array.dtype.kind != "f":
        raise ValueError(f"images: expected uint8 or floating point; received {array.dtype}")
    values = array.astype(np.float32, copy=False)
    # NaN fails both comparisons.
    if not (values.min() >= 0 and values.max() <= 1):
        raise ValueError(f"images: expected 0 to 1; received {values.min()} to {values.max()}")
    return values


def check_labels(labels: Any, pictures: int, classes: int) -> Labels:
    """`labels` as int32, one for each of `pictures`, from 0 to `classes` - 1."""
    array = np.asarray(labels)
    if array.shape != (pictures,) or array.dtype.kind not in "iu":
        raise ValueError(f"labels: expected {pictures} whole numbers; received {array.dtype} of shape {array.shape}")
    if array.min() < 0 or array.max() >= classes:
        raise ValueError(f"labels: expected 0 to {classes - 1}; received {array.min()} to {array.max()}")
    return array.astype(np.int32)
