"""A picture becomes what a network takes: its shape in the process that draws pages, its numbers in the worker. No Keras."""

import re
from typing import NamedTuple

import numpy as np

from models.arrays import Array, BatchArray, ImageArray
from models.errors import LearnerError
from models.images.centred import centred, scaled
from models.images.transform import resize, to_colour, to_grey
from models.specs.preprocessing import PreprocessingSpec

LONGEST_SIDE = 256
"""Networks that take any size get the picture as it is, up to this."""

IMAGENET_MEAN, IMAGENET_DEVIATION = "0.485 0.456 0.406", "0.229 0.224 0.225"
CAFFE_MEAN = "123.68 116.779 103.939"
"""Of red, green and blue, over all of ImageNet."""

Shape = tuple[int | None, ...]


class Fitted(NamedTuple):
    """A picture in the shape that a network takes.

    Attributes:
        image: (height, width, channels), 0 to 1. Three channels are red, green, blue; any other number repeats the grey one.
        steps: what was done to it, in order: "inverted"; "centred", "padded", "stretched" or "cropped".
    """

    image: ImageArray
    steps: tuple[str, ...]


def fitted(image: ImageArray, shape: Shape, spec: PreprocessingSpec) -> Fitted:
    """`image` in the shape that a network takes.

    Args:
        image: (height, width, channels). Numbers outside 0 to 1 are brought into it.
        shape: (height, width, channels) or (height, width) of the network; None where any size may come.
        spec: `fit` and `ground` are read.
    """
    channels = (shape[2] if len(shape) == 3 else 1) or 3
    shown = _unit(np.asarray(image, dtype=np.float32))
    shown = to_colour(shown) if channels == 3 else to_grey(shown)
    steps = []
    if spec.ground != "as_is" and is_light(shown) != (spec.ground == "light"):
        shown = np.asarray(1 - shown, dtype=np.float32)
        steps.append("inverted")
    shown, step = _fit(shown, *_sides(shown, shape), spec.fit)
    return Fitted(shown if channels in (1, 3) else shown.repeat(channels, axis=2), (*steps, step) if step else tuple(steps))


def _unit(image: ImageArray) -> ImageArray:
    low, high = float(image.min()), float(image.max())
    return image if low >= 0 and high <= 1 else (image - low) / ((high - low) or 1.0)


def _sides(image: ImageArray, shape: Shape) -> tuple[int, int]:
    height, width = shape[:2]
    if height and width:
        return height, width
    rows, columns = image.shape[:2]
    if height or width:
        factor = height / rows if height else (width or 1) / columns
        return height or max(1, round(rows * factor)), width or max(1, round(columns * factor))
    small = resize(image, LONGEST_SIDE) if max(rows, columns) > LONGEST_SIDE else image
    return small.shape[0], small.shape[1]


def is_light(image: ImageArray) -> bool:
    """Whether the edge of `image` is lighter than the middle between black and white."""
    edge = (image[0], image[-1], image[:, 0], image[:, -1])
    return bool(np.median(np.concatenate([side.mean(axis=-1) for side in edge])) > 0.5)


def _fit(image: ImageArray, height: int, width: int, fit: str) -> tuple[ImageArray, str]:
    """`image` as (height, width, channels), and what was done to it; only another size is nothing to speak of."""
    if fit == "centre" and image.shape[2] == 1:
        moved = centred(image, height, width)
        if moved is not None:
            return moved, "" if moved is image else "centred"
    rows, columns = image.shape[:2]
    if rows * width == columns * height:
        return (image if rows == height else scaled(image, height, width)), ""
    if fit == "stretch":
        return scaled(image, height, width), "stretched"
    if fit == "pad":
        return _padded(image, height, width), "padded"
    return _cropped(image, height, width), "cropped"


def _cropped(image: ImageArray, height: int, width: int) -> ImageArray:
    rows, columns = image.shape[:2]
    factor = min(rows / height, columns / width)
    tall, wide = max(1, round(height * factor)), max(1, round(width * factor))
    top, left = (rows - tall) // 2, (columns - wide) // 2
    return scaled(image[top : top + tall, left : left + wide], height, width)


def _padded(image: ImageArray, height: int, width: int) -> ImageArray:
    rows, columns = image.shape[:2]
    factor = min(height / rows, width / columns)
    tall, wide = min(height, max(1, round(rows * factor))), min(width, max(1, round(columns * factor)))
    whole = np.zeros((height, width, image.shape[2]), np.float32)
    top, left = (height - tall) // 2, (width - wide) // 2
    whole[top : top + tall, left : left + wide] = scaled(image, tall, wide)
    return whole


def numbers(images: BatchArray, spec: PreprocessingSpec) -> BatchArray:
    """`images` (images, height, width, channels), 0 to 1, as the network's own numbers.

    Raises:
        LearnerError: as `per_channel`.
    """
    channels = images.shape[-1]
    match spec.value_range:
        case "bytes":
            made = images * np.float32(255)
        case "signed":
            made = images * np.float32(2) - np.float32(1)
        case "imagenet":
            made = (images - per_channel("mean", IMAGENET_MEAN, channels)) / per_channel(
                "deviation", IMAGENET_DEVIATION, channels
            )
        case "caffe":
            made = images * np.float32(255) - per_channel("mean", CAFFE_MEAN, channels)
        case "own":
            made = (images - per_channel("mean", spec.mean, channels)) / per_channel("deviation", spec.deviation, channels)
        case _:
            made = images
    made = made[..., ::-1] if spec.channel_order == "bgr" and channels == 3 else made
    return np.ascontiguousarray(made, dtype=np.float32)


def per_channel(field: str, text: str, channels: int) -> Array:
    """One number for each channel from "0.5" or "0.485 0.456 0.406"; a grey picture has the mean of three.

    Raises:
        LearnerError: `preprocessing_numbers` (field, received, channels), `preprocessing_deviation` (received).
    """
    try:
        found = np.array([float(part) for part in re.split(r"[\s,;]+", text.strip()) if part], dtype=np.float32)
    except ValueError:
        found = np.array([], dtype=np.float32)
    if channels == 1 and len(found) == 3:
        found = found.mean(keepdims=True)
    if len(found) not in (1, channels) or not np.isfinite(found).all():
        raise LearnerError("preprocessing_numbers", field=field, received=text, channels=channels)
    if field == "deviation" and (found <= 0).any():
        raise LearnerError("preprocessing_deviation", received=text)
    return found


DIGITS = PreprocessingSpec(fit="centre", ground="dark")
OF_DATASETS = {
    "digits": DIGITS,
    "mnist": DIGITS,
    "fashion_mnist": PreprocessingSpec(fit="pad", ground="dark"),
}


def of_dataset(name: str) -> PreprocessingSpec:
    """How a picture becomes one like those of a data set."""
    return OF_DATASETS.get(name, PreprocessingSpec())


def of_shape(shape: Shape) -> PreprocessingSpec:
    """How a picture becomes one for an untrained network: grey squares of 28 pixels are taken for digits."""
    return DIGITS if tuple(shape) == (28, 28, 1) else PreprocessingSpec()
