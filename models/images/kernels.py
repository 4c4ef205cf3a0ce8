"""Kernels with a name, of any size, and the filters that a layer makes of one."""

from collections.abc import Callable
from math import comb, sqrt

import numpy as np

from models.arrays import Array, Kernel
from models.errors import LearnerError
from models.images.numbers import parse_numbers
from models.specs.operations import KERNEL_SIZE, FilterSpec

CONSTANTS = (1.0, 10.0, -1.0)

Plane = Callable[[int], Array]
"""Kernel size -> (size, size) numbers."""


def _binomial(length: int) -> Array:
    return np.array([comb(length - 1, k) for k in range(length)], dtype=np.float32)


def _centre(size: int) -> int:
    return (size - 1) // 2


def identity(size: int) -> Array:
    """1 at the centre: the picture comes out as it went in."""
    plane = np.zeros((size, size), dtype=np.float32)
    plane[_centre(size), _centre(size)] = 1
    return plane


def box_blur(size: int) -> Array:
    """The mean of the window."""
    return np.full((size, size), 1 / size**2, dtype=np.float32)


def gaussian_blur(size: int) -> Array:
    """The binomial approximation of a Gaussian; adds up to 1."""
    line = _binomial(size) / 2 ** (size - 1)
    return np.outer(line, line)


def sharpen(size: int) -> Array:
    """The picture plus what distinguishes each pixel from the other pixels of its cross; adds up to 1."""
    return identity(size) - laplacian(size)


def sobel_vertical(size: int) -> Array:
    """Answers to vertical edges: positive where the picture brightens to the right.

    A derivative across, binomial smoothing along: I. Sobel, G. Feldman (1968), extended to other sizes as OpenCV does.
    """
    derivative = np.convolve(_binomial(size - 1), [-1, 1]).astype(np.float32)
    return np.outer(_binomial(size), derivative)


def sobel_horizontal(size: int) -> Array:
    """Answers to horizontal edges: positive where the picture brightens downwards."""
    return sobel_vertical(size).T


def laplacian(size: int) -> Array:
    """The sum of the centre's cross minus as many times the centre: zero on any flat surface."""
    plane = np.zeros((size, size), dtype=np.float32)
    plane[_centre(size), :] = plane[:, _centre(size)] = 1
    plane[_centre(size), _centre(size)] = -2 * (size - 1)
    return plane


def emboss(size: int) -> Array:
    """Light from the lower right: the distance from the rising diagonal, plus the centre itself; adds up to 1 for odd sizes."""
    steps = np.arange(size, dtype=np.float32) - _centre(size)
    return np.asarray(np.add.outer(steps, steps) + identity(size), dtype=np.float32)


def diagonal(size: int) -> Array:
    """Answers to lines that fall from left to right; zero on any flat surface."""
    return np.asarray(size * np.eye(size) - 1, dtype=np.float32)


def all_ones(size: int) -> Array:
    """The plain sum of the window."""
    return np.ones((size, size), dtype=np.float32)


KERNELS: dict[str, Plane] = {
    "sobel_vertical": sobel_vertical,
    "sobel_horizontal": sobel_horizontal,
    "laplacian": laplacian,
    "diagonal": diagonal,
    "sharpen": sharpen,
    "emboss": emboss,
    "box_blur": box_blur,
    "gaussian_blur": gaussian_blur,
    "identity": identity,
    "all_ones": all_ones,
}

SMALLEST = {"sobel_vertical": 2, "sobel_horizontal": 2, "laplacian": 2, "diagonal": 2, "sharpen": 2}
"""Kernels that compare neighbours need more than one pixel."""


def slices(kernel: str, size: int) -> Array:
    """The numbers that `kernel` (a name or typed numbers) stands for.

    Args:
        kernel: a name in `KERNELS`, which takes `size`, or typed numbers, which bring their own size.
        size: kernel size in pixels, 1 to 11.

    Returns:
        (kernel_height, kernel_width, slices): 1 slice for all input channels, or 3.

    Raises:
        LearnerError: `kernel_too_small` for a name that needs neighbours; those of `models.images.numbers.parse_numbers` for
            typed numbers; `unknown_kernel` for a word that is neither.
    """
    if kernel in KERNELS:
        if size < SMALLEST.get(kernel, 1):
            raise LearnerError("kernel_too_small", kernel=kernel, kernel_size=size, smallest=SMALLEST[kernel])
        return KERNELS[kernel](size)[..., None]
    if not any(character.isdigit() for character in kernel):
        raise LearnerError("unknown_kernel", received=kernel, options=tuple(KERNELS))
    return parse_numbers(kernel, KERNEL_SIZE.high, (1, 3))


def resized(plane: Array, size: int) -> Array:
    """(height, width, slices) cut, or surrounded with zeros, to (size, size, slices), the centre kept."""
    result = np.zeros((size, size, plane.shape[2]), dtype=np.float32)
    source, target = [], []
    for side in plane.shape[:2]:
        offset = _centre(size) - _centre(side)
        target.append(slice(max(offset, 0), min(offset + side, size)))
        source.append(slice(max(-offset, 0), max(-offset, 0) + target[-1].stop - target[-1].start))
    result[tuple(target)] = plane[tuple(source)]
    return result


def filters(plane: Array, spec: FilterSpec, channels: int) -> Kernel:
    """The filters that `spec` makes of one kernel.

    Args:
        plane: (kernel_height, kernel_width, slices) as `slices` gives it; one slice serves all input channels.
        spec: how many filters, how they differ, the seed.
        channels: input channels of the picture.

    Returns:
        (kernel_height, kernel_width, channels, spec.filters), float32.

    Raises:
        LearnerError: `kernel_channels` when the typed slices are not the picture's channels.
    """
    if plane.shape[2] not in (1, channels):
        raise LearnerError("kernel_channels", slices=plane.shape[2], channels=channels)
    plane = np.repeat(plane, channels, axis=2) if plane.shape[2] == 1 else plane
    if spec.arrangement == "random":
        return _glorot((*plane.shape, spec.filters), spec.seed)
    if spec.arrangement == "constants":
        values = np.resize(np.array(CONSTANTS, dtype=np.float32), spec.filters)
        return np.broadcast_to(values, (*plane.shape, spec.filters)).astype(np.float32)
    return np.stack([turned(plane, turn / spec.filters) for turn in range(spec.filters)], axis=-1)


def turned(plane: Array, turn: float) -> Array:
    """(height, width, slices) turned clockwise by `turn` (0 to 1, a whole turn), ring by ring: the numbers walk along their
    ring and keep their sum; a quarter turn of a square is exact, and so is an eighth of a 3x3 kernel.
    """
    result = plane.copy()
    for depth in range((min(plane.shape[:2]) + 1) // 2):
        ring = _ring(plane.shape[0], plane.shape[1], depth)
        values = plane[ring[:, 0], ring[:, 1]]
        whole, part = divmod(turn * len(ring), 1)
        moved = (1 - part) * np.roll(values, int(whole), axis=0) + part * np.roll(values, int(whole) + 1, axis=0)
        result[ring[:, 0], ring[:, 1]] = moved
    return result


def _ring(height: int, width: int, depth: int) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    top, left, bottom, right = depth, depth, height - 1 - depth, width - 1 - depth
    walk = [(top, col) for col in range(left, right + 1)] + [(row, right) for row in range(top + 1, bottom + 1)]
    if bottom > top and right > left:
        walk += [(bottom, col) for col in range(right - 1, left - 1, -1)] + [(row, left) for row in range(bottom - 1, top, -1)]
    return np.array(walk)


def _glorot(shape: tuple[int, ...], seed: int) -> Kernel:
    """X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010)."""
    window = shape[0] * shape[1]
    limit = sqrt(6 / (window * shape[2] + window * shape[3]))
    return np.random.default_rng(seed).uniform(-limit, limit, shape).astype(np.float32)
