"""Convolution as neural networks mean it (cross-correlation: the kernel is not flipped), on one picture.

Method: a convolution is a matrix product, filters times windows (K. Chellapilla, S. Puri, P. Simard, "High performance
convolutional neural networks for document processing", 2006). Windows overlap: to write them all out copies every pixel
kernel_height x kernel_width times. Here it is copied kernel_width times only: each row of the picture is written once for each
kernel column, shifted. Then the windows of one output row are kernel_height such rows, one unbroken piece of memory, and those
of the next output row are the piece that begins `stride` rows further on: the product reads them where they lie.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from math import ceil

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from models.arrays import Array, FeatureMaps, ImageArray, Kernel, check_axes
from models.ops.window import output_size, padding_amounts
from models.specs.operations import ConvSpec

COPIED = 2**18
"""How many numbers are copied for one tile: 1 MB, which stays in the processor's second cache."""

COLUMNS = 64
"""Tiles are a multiple of so many output columns wide: as many as OpenBLAS computes at a time, in the processor's registers."""

WINDOWS = 2**13
"""How many numbers the windows of one output row of a tile may hold, where more than `COLUMNS` fit: 32 KB, the first cache.

So every product stays below a million multiplications, up to which OpenBLAS reads the matrices where they lie. It rearranges
larger ones first, and with few filters that takes longer than the product itself."""

LONG_WORK = 50_000_000
"""From so many multiplications on, a millisecond or two, other threads help."""

HELPERS = min(os.cpu_count() or 1, 4) - 1
_POOL = ThreadPoolExecutor(max(HELPERS, 1))  # its threads start with the first long work


def pad(image: ImageArray, spec: ConvSpec) -> ImageArray:
    """`image` (height, width, channels) with the rows and columns of zeros that `spec` puts around it; itself without any."""
    height, width, channels = image.shape
    top, bottom = padding_amounts(height, spec.spans[0], spec.stride, spec.padding)
    left, right = padding_amounts(width, spec.spans[1], spec.stride, spec.padding)
    if not any((top, bottom, left, right)):
        return image
    padded = np.zeros((top + height + bottom, left + width + right, channels), dtype=np.float32)
    padded[top : top + height, left : left + width] = image
    return padded


def convolve(image: ImageArray, kernel: Kernel, spec: ConvSpec, bias: Array | float | None = None) -> FeatureMaps:
    """Slide every filter of `kernel` over `image`.

    Args:
        image: (height, width, channels), any finite numbers.
        kernel: (kernel_height, kernel_width, channels, filters); its first two axes are `spec.kernel_shape`.
        spec: stride, padding and dilation of the walk.
        bias: one number for each filter, or one for all; None adds nothing.

    Returns:
        Feature maps (output_height, output_width, filters), float32, equal to Keras' `Conv2D` within 1e-4. Each map lies in
        memory as one piece: `maps.transpose(2, 0, 1)` is contiguous, not `maps`.

    Raises:
        LearnerError: `window_does_not_fit`, with the numbers of the side that is too short.
        ValueError: when the axes, the channels, the kernel size or the number of biases disagree.
    """
    image = check_axes("image", image, ("height", "width", "channels"))
    kernel = check_axes("kernel", kernel, ("kernel_height", "kernel_width", "in_channels", "filters"))
    biases = np.asarray(0 if bias is None else bias, dtype=np.float32)
    _check_agreement(image, kernel, spec, biases)
    height = output_size(image.shape[0], spec.spans[0], spec.stride, spec.padding, "height")
    width = output_size(image.shape[1], spec.spans[1], spec.stride, spec.padding, "width")
    maps = np.empty((kernel.shape[3], height, width), dtype=np.float32)
    weights = kernel.transpose(3, 0, 2, 1).reshape(kernel.shape[3], -1)
    tiles = iter(list(_tiles(pad(image, spec), maps, spec)))

    def work() -> None:
        for source, target in tiles:  # one iterator for all threads: each takes the next tile that is left
            np.matmul(weights, _windows(source, target, spec), out=target.transpose(1, 0, 2))
            if biases.any():
                target += biases.reshape(-1, 1, 1)

    _share(work, HELPERS if maps.size * weights.shape[1] >= LONG_WORK else 0)
    return maps.transpose(1, 2, 0)


def _check_agreement(image: Array, kernel: Array, spec: ConvSpec, biases: Array) -> None:
    channels, filters = kernel.shape[2:]
    if kernel.shape[:2] != spec.kernel_shape:
        raise ValueError(f"kernel: expected first axes {spec.kernel_shape}, from spec.kernel_size; received {kernel.shape}")
    if channels != image.shape[2]:
        raise ValueError(f"kernel: expected {image.shape[2]} input channels as the image has; received {channels}")
    if biases.shape not in ((), (filters,)):
        raise ValueError(f"bias: expected one number, or {filters} for as many filters; received shape {biases.shape}")


def _share(work: Callable[[], None], helpers: int) -> None:
    """Do `work` together with so many other threads; one that is still busy elsewhere at the end is not waited for."""
    shares = [_POOL.submit(work) for _ in range(helpers)]
    work()
    for share in shares:
        if not share.cancel():
            share.result()


def _tiles(padded: ImageArray, maps: Array, spec: ConvSpec) -> Iterator[tuple[Array, Array]]:
    """Views: the piece of the picture (row, channel, kernel column, output column) from which to compute a piece of `maps`.

    The rows of a dilated window lie `dilation` apart. So the output rows `phase`, `phase + dilation`, ... read only every
    `dilation`-th row of the picture, from `phase * stride` on; among these rows their windows are ordinary ones.
    """
    shifted = sliding_window_view(padded, spec.spans[1], axis=1)[:, :: spec.stride, :, :: spec.dilation].transpose(0, 2, 3, 1)
    height, width = maps.shape[1:]
    kernel_height, one_row = spec.kernel_shape[0], padded.shape[2] * spec.kernel_shape[1]
    columns = min(max(WINDOWS // (kernel_height * one_row) // COLUMNS, 1) * COLUMNS, width)
    most_rows = max((COPIED // (one_row * columns) - kernel_height) // spec.stride + 1, 1)
    for phase in range(min(spec.dilation, height)):
        sources, targets = shifted[phase * spec.stride :: spec.dilation], maps[:, phase :: spec.dilation]
        rows = ceil(targets.shape[1] / ceil(targets.shape[1] / most_rows))
        for row in range(0, targets.shape[1], rows):
            for col in range(0, width, columns):
                target = targets[:, row : row + rows, col : col + columns]
                bottom = (row + target.shape[1] - 1) * spec.stride + kernel_height
                yield sources[row * spec.stride : bottom, :, :, col : col + columns], target


def _windows(source: Array, target: Array, spec: ConvSpec) -> Array:
    """A copy of `source` seen as the windows of `target`: (output row, kernel row x channel x kernel column, output column)."""
    rows = np.ascontiguousarray(source)
    row, _, _, number = rows.strides
    _, height, width = target.shape
    inside = spec.kernel_shape[0] * source.shape[1] * source.shape[2]
    return as_strided(rows, (height, inside, width), (row * spec.stride, width * number, number), writeable=False)
