"""Why a network needs activation functions: two convolutions without one between them are a single convolution.

Derivation: the second kernel reads sums of products; multiplied out, the product of entry (a, b) of the first with entry
(c, d) of the second always meets the input pixel (a + c, b + d).
"""

import numpy as np

from models.arrays import Array, FeatureMaps, ImageArray, Kernel, check_axes
from models.errors import LearnerError

AXES = ("kernel_height", "kernel_width", "in_channels", "filters")


def collapse(first: Kernel, second: Kernel) -> Kernel:
    """The one kernel that does what `first` and then `second` do, at stride 1, without padding or dilation.

    Args:
        first: (height1, width1, channels, middle).
        second: (height2, width2, middle, filters).

    Returns:
        (height1 + height2 - 1, width1 + width2 - 1, channels, filters), float32.

    Raises:
        ValueError: when `second` does not read as many channels as `first` writes, or for other axes.
    """
    first, second = check_axes("first", first, AXES), check_axes("second", second, AXES)
    if first.shape[3] != second.shape[2]:
        raise ValueError(f"second: expected {first.shape[3]} input channels, the filters of first; received {second.shape[2]}")
    height, width = second.shape[:2]
    sides = (first.shape[0] + height - 1, first.shape[1] + width - 1)
    kernel = np.zeros((*sides, first.shape[2], second.shape[3]), dtype=np.float32)
    for row, col in np.ndindex(height, width):
        kernel[row : row + first.shape[0], col : col + first.shape[1]] += first @ second[row, col]
    return kernel


def collapse_bias(first_bias: Array, second: Kernel, second_bias: Array) -> Array:
    """The bias of the collapsed convolution: what `second` makes of the first bias, and the second bias.

    Args:
        first_bias: (middle,).
        second: (height2, width2, middle, filters).
        second_bias: (filters,).

    Returns:
        (filters,), float32.

    Raises:
        ValueError: when a bias does not have one number for each channel of its convolution.
    """
    second = check_axes("second", second, AXES)
    for name, bias, length in (("first_bias", first_bias, second.shape[2]), ("second_bias", second_bias, second.shape[3])):
        if np.shape(bias) != (length,):
            raise ValueError(f"{name}: expected shape ({length},); received {np.shape(bias)}")
    return np.asarray(first_bias @ second.sum(axis=(0, 1)) + second_bias, dtype=np.float32)


def carried_out(image: ImageArray, kernel: Kernel) -> FeatureMaps:
    """The convolution of `image` with a kernel of any size, at stride 1, without padding: two of 11 make one of 21.

    Raises:
        LearnerError: `window_does_not_fit`.
        ValueError: for other axes, or when the channels differ.
    """
    image, kernel = check_axes("image", image, ("height", "width", "channels")), check_axes("kernel", kernel, AXES)
    if kernel.shape[2] != image.shape[2]:
        raise ValueError(f"kernel: expected {image.shape[2]} input channels as the image has; received {kernel.shape[2]}")
    sides = list(zip(("height", "width"), image.shape[:2], kernel.shape[:2], strict=True))
    for side, size, span in sides:
        if span > size:
            raise LearnerError("window_does_not_fit", side=side, span=span, size=size, padded=size, missing=span - size)
    height, width = (size - span + 1 for _, size, span in sides)
    maps = np.zeros((height, width, kernel.shape[3]), dtype=np.float32)
    for row, col in np.ndindex(*kernel.shape[:2]):
        maps += image[row : row + height, col : col + width] @ kernel[row, col]
    return maps
