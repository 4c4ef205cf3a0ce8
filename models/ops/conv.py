"""Convolution as neural networks mean it (cross-correlation: the kernel is not flipped), on one picture."""

import cv2
import numpy as np

from models.arrays import Array, FeatureMaps, ImageArray, Kernel, check_axes
from models.ops.window import output_size, padding_amounts
from models.specs.operations import ConvSpec


def pad(image: ImageArray, spec: ConvSpec) -> ImageArray:
    """`image` (height, width, channels) with the rows and columns of zeros that `spec` puts around it."""
    height, width = image.shape[:2]
    rows = padding_amounts(height, spec.spans[0], spec.stride, spec.padding)
    columns = padding_amounts(width, spec.spans[1], spec.stride, spec.padding)
    return np.pad(image, (rows, columns, (0, 0)))


def convolve(image: ImageArray, kernel: Kernel, spec: ConvSpec, bias: Array | float | None = None) -> FeatureMaps:
    """Slide every filter of `kernel` over `image`.

    Args:
        image: (height, width, channels), any finite numbers.
        kernel: (kernel_height, kernel_width, channels, filters); its first two axes are `spec.kernel_shape`.
        spec: stride, padding and dilation of the walk.
        bias: one number for each filter, or one for all; None adds nothing.

    Returns:
        Feature maps (output_height, output_width, filters), float32, equal to Keras' `Conv2D` within 1e-4.

    Raises:
        LearnerError: `window_does_not_fit`, with the numbers of the side that is too short.
        ValueError: when the axes, the channels or the kernel size disagree.
    """
    image = check_axes("image", image, ("height", "width", "channels"))
    kernel = check_axes("kernel", kernel, ("kernel_height", "kernel_width", "in_channels", "filters"))
    if kernel.shape[:2] != spec.kernel_shape:
        raise ValueError(
            f"kernel: expected {spec.kernel_shape} as its first axes, from spec.kernel_size; received {kernel.shape}"
        )
    if kernel.shape[2] != image.shape[2]:
        raise ValueError(f"kernel: expected {image.shape[2]} input channels as the image has; received {kernel.shape[2]}")
    shape = [output_size(size, span, spec.stride, spec.padding) for size, span in zip(image.shape[:2], spec.spans, strict=True)]
    maps = np.stack([_filtered(pad(image, spec), kernel[..., f], spec, shape) for f in range(kernel.shape[3])], axis=-1)
    return maps if bias is None else maps + np.asarray(bias, dtype=np.float32)


def _filtered(padded: ImageArray, kernel: Array, spec: ConvSpec, shape: list[int]) -> Array:
    spread = np.zeros((*spec.spans, kernel.shape[2]), dtype=np.float32)
    spread[:: spec.dilation, :: spec.dilation] = kernel
    sides = [slice(0, size * spec.stride, spec.stride) for size in shape]
    total = np.zeros(shape, dtype=np.float32)
    for channel in range(kernel.shape[2]):
        plane = np.ascontiguousarray(padded[..., channel])
        full = cv2.filter2D(plane, cv2.CV_32F, spread[..., channel], anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        total += full[sides[0], sides[1]][: shape[0], : shape[1]]
    return total
