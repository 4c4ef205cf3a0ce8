"""Pictures small enough to check by hand, built by code. Zeros and ones unless the function says otherwise."""

import numpy as np

from models.arrays import ImageArray


def step_edge() -> ImageArray:
    """Dark on the left, bright on the right: (10, 14, 1)."""
    return _grey(np.tile(np.arange(14) >= 7, (10, 1)))


def stripes() -> ImageArray:
    """Upright stripes, two columns wide: (12, 16, 1)."""
    return _grey(np.tile(np.arange(16) // 2 % 2, (12, 1)))


def checkerboard() -> ImageArray:
    """Squares of two by two pixels: (12, 16, 1)."""
    row, col = np.indices((12, 16)) // 2
    return _grey((row + col) % 2)


def single_pixel() -> ImageArray:
    """One bright pixel in the middle of (15, 17, 1): every kernel up to 11 x 11 leaves its whole, turned-about print."""
    image = np.zeros((15, 17))
    image[7, 8] = 1
    return _grey(image)


def grid_3x3() -> ImageArray:
    """1 to 9 in reading order: (3, 3, 1)."""
    return _grey(np.arange(1, 10).reshape(3, 3))


def grid_5x7() -> ImageArray:
    """Whole numbers 0 to 9 with an edge, a bright dot, a ramp and a dark row: (5, 7, 1)."""
    return _grey(
        [
            [1, 1, 1, 6, 6, 6, 6],
            [1, 1, 1, 6, 9, 6, 6],
            [1, 1, 1, 6, 6, 6, 6],
            [2, 3, 4, 5, 6, 7, 8],
            [0, 0, 0, 0, 0, 0, 0],
        ]
    )


def colour_patches() -> ImageArray:
    """Red, green, blue over yellow, white, black, three by three pixels each: (6, 9, 3)."""
    patches = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 1, 0], [1, 1, 1], [0, 0, 0]]], dtype=np.float32)
    return patches.repeat(3, axis=0).repeat(3, axis=1)


def _grey(plane: object) -> ImageArray:
    return np.asarray(plane, dtype=np.float32)[..., np.newaxis]
