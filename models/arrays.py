"""The one convention for arrays, and the checks at the door."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

ImageArray = Array
"""(height, width, channels), 1 or 3 channels, RGB, float32, 0 to 1. Grids of typed numbers may hold any finite number."""

BatchArray = Array
"""(images, height, width, channels), float32, 0 to 1."""

Kernel = Array
"""(kernel_height, kernel_width, in_channels, filters), as Keras, float32."""

FeatureMaps = Array
"""(height, width, filters), float32, any number: what the convolution wrote, before the activation function."""

ActivationMaps = Array
"""(height, width, filters), float32: what came out of the activation function."""


def check_axes(name: str, array: Any, axes: tuple[str, ...]) -> Array:
    """`array` as float32 with exactly `axes`, none of them empty.

    Raises:
        ValueError: with the name, the expected axes and the received shape.
    """
    values = np.asarray(array, dtype=np.float32)
    if values.ndim != len(axes) or 0 in values.shape:
        raise ValueError(f"{name}: expected axes ({', '.join(axes)}), none empty; received shape {values.shape}")
    return values
