"""Pictures of another size, another shape or another number of channels. Every function leaves its input as it was."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.arrays import ImageArray, check_axes

_AXES = ("height", "width", "channels")
_GREY_WEIGHTS = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def resize(image: ImageArray, long_side: int) -> ImageArray:
    """`image` with its longer side `long_side` pixels long; the shape of the picture is kept, each side at least 1.

    Shrinking averages the area that each new pixel covers; enlarging repeats the nearest pixel, so that pixels stay pixels.
    A picture of bytes (see `as_bytes`) stays one, its averages rounded to multiples of 1 / 255, so that it can travel as
    bytes at every size. All other numbers are never rounded: pictures of whole numbers (typed grids, bilevel scans), typed
    numbers outside 0 to 1, 16-bit pictures.

    Args:
        image: (height, width, channels), any finite numbers.
        long_side: 1 or more.

    Raises:
        ValueError: when the axes are others or `long_side` is below 1.
    """
    image = check_axes("image", image, _AXES)
    if long_side < 1:
        raise ValueError(f"long_side: expected 1 or more; received {long_side}")
    height, width = fitted(image.shape[:2], long_side)
    if long_side > max(image.shape[:2]):
        return _nearest(image, height, width)
    return _rounded_like(image, np.clip(area(image, height, width), image.min(), image.max()))


def fitted(shape: tuple[int, ...], long_side: int) -> tuple[int, int]:
    """(height, width) of a picture of `shape` when its longer side becomes `long_side`; each at least 1."""
    height, width = shape[:2]
    longest = max(height, width)
    return max(1, round(height * long_side / longest)), max(1, round(width * long_side / longest))


def area(pixels: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """`pixels` (height, width, channels) of uint8 or float32, shrunk: each new pixel is the mean of the area it covers."""
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small).reshape(height, width, pixels.shape[2])


def to_grey(image: ImageArray) -> ImageArray:
    """One channel: 0.299 red + 0.587 green + 0.114 blue, the luma of ITU-R BT.601. A grey picture stays as it is.

    A picture of bytes stays one, as in `resize`.
    """
    image = check_axes("image", image, _AXES)
    return image if image.shape[2] == 1 else _rounded_like(image, (image @ _GREY_WEIGHTS)[..., np.newaxis])


def to_colour(image: ImageArray) -> ImageArray:
    """Three channels: a grey picture is repeated for red, green and blue. A colour picture stays as it is."""
    image = check_axes("image", image, _AXES)
    return image if image.shape[2] == 3 else image.repeat(3, axis=2)


def as_bytes(image: ImageArray) -> NDArray[np.uint8] | None:
    """The bytes that stand for `image` without loss, when every value is k / 255 with k from 0 to 255; otherwise None."""
    if not (image.min() >= 0 and image.max() <= 1):
        return None  # also when there is a NaN
    pixels = np.rint(image * 255).astype(np.uint8)
    return pixels if np.array_equal(from_bytes(pixels), image) else None


def from_bytes(pixels: NDArray[np.uint8]) -> ImageArray:
    """0 to 255 as 0 to 1."""
    return pixels.astype(np.float32) / np.float32(255)


def _rounded_like(source: ImageArray, result: ImageArray) -> ImageArray:
    whole_numbers = np.array_equal(source, np.rint(source))
    if whole_numbers or as_bytes(source) is None:
        return result
    return from_bytes(np.rint(result * 255).astype(np.uint8))


def _nearest(image: ImageArray, height: int, width: int) -> ImageArray:
    # Exact whole-number arithmetic: OpenCV's nearest neighbour rounds the scale and can shift a column.
    rows = (2 * np.arange(height) + 1) * image.shape[0] // (2 * height)
    columns = (2 * np.arange(width) + 1) * image.shape[1] // (2 * width)
    return np.ascontiguousarray(image[rows[:, np.newaxis], columns])
