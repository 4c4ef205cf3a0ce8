"""The one kernel that comes closest to what several operations do: how far a single convolution can go.

Method: linear least squares over the windows of the picture (C. F. Gauss, "Theoria motus", 1809), by the normal equations.
"""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from models.arrays import Array, FeatureMaps, ImageArray, Kernel, check_axes

MOST_WINDOWS = 8000
"""More windows than this say the same again: a regular sample of them is taken."""


def best_kernel(image: ImageArray, target: FeatureMaps, sides: Sequence[int]) -> tuple[Kernel, Array]:
    """The kernel and the bias whose convolution of `image` (stride 1, no padding) is nearest to `target`.

    Args:
        image: (height, width, channels).
        target: (height - sides[0] + 1, width - sides[1] + 1, filters).
        sides: kernel height and kernel width.

    Returns:
        (kernel_height, kernel_width, channels, filters) and (filters,), float32: least mean squared difference on the windows.

    Raises:
        ValueError: when `target` has not one row and column for each window.
    """
    image, target = check_axes("image", image, ("height", "width", "channels")), np.asarray(target, dtype=np.float32)
    windows = sliding_window_view(image, tuple(sides), axis=(0, 1))
    if windows.shape[:2] != target.shape[:2]:
        raise ValueError(f"target: expected height and width {windows.shape[:2]}; received {target.shape[:2]}")
    count = windows.shape[0] * windows.shape[1]
    chosen = np.unique(np.linspace(0, count - 1, min(count, MOST_WINDOWS)).astype(np.intp))
    rows, columns = np.divmod(chosen, windows.shape[1])
    inputs = windows[rows, columns].reshape(len(chosen), -1).astype(np.float64)
    inputs = np.concatenate([inputs, np.ones((len(chosen), 1))], axis=1)
    answers = target[rows, columns].astype(np.float64)
    weights = np.linalg.lstsq(inputs.T @ inputs, inputs.T @ answers, rcond=None)[0]
    kernel = weights[:-1].reshape(image.shape[2], *sides, target.shape[2]).transpose(1, 2, 0, 3)
    return np.ascontiguousarray(kernel, dtype=np.float32), weights[-1].astype(np.float32)
