"""A picture as the bytes of a PNG file."""

from io import BytesIO

import numpy as np
from PIL import Image

from models.arrays import ImageArray, check_axes


def to_png(image: ImageArray) -> bytes:
    """`image` (height, width, 1 or 3 channels) as PNG; what is below 0 is black, what is above 1 white.

    Raises:
        ValueError: for other axes.
    """
    values = check_axes("image", image, ("height", "width", "channels"))
    if values.shape[2] not in (1, 3):
        raise ValueError(f"image: expected 1 or 3 channels; received {values.shape[2]}")
    pixels = np.rint(values.clip(0, 1) * 255).astype(np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(buffer, "PNG")
    return buffer.getvalue()
