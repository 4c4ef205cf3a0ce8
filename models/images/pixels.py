"""The pixels of an opened picture as numbers, whatever it calls them: palette, alpha, CMYK, 1 to 32 bits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

BACKGROUND = "white"
"""What lies behind the transparent parts of a picture."""

Note = tuple[str, dict[str, int | float]]
"""A code (`[notes.<code>]` in `assets/i18n`) and the numbers that stand in its sentence."""

Pixels = tuple[NDArray[Any], float, list[Note]]
"""(height, width, 1 or 3) of uint8, uint16 or float32; the number that means white; what was done."""

_GREY_MODES = ("1", "L", "LA", "La")
_PIXELS_AT_A_TIME = 2_000_000
_USUAL_WHITES = (1.0, 255.0, 65535.0)


def pixels_of(image: Image.Image) -> Pixels:
    """The pixels of `image`, which is loaded; black is 0 in all of them.

    Raises:
        ValueError: for a mode without a way to RGB, or floating-point pixels without a single finite number.
    """
    if image.mode.startswith("I;16"):
        return _sixteen_bits(image)
    if image.mode in ("I", "F"):
        return _measurements(image)
    return _eight_bits(image)


def _eight_bits(image: Image.Image) -> Pixels:
    # A few rows at a time: on the way to RGB Pillow copies a picture several times, with 4 bytes for every pixel.
    target = "L" if image.mode in _GREY_MODES else "RGB"
    width, height = image.size
    pixels = np.empty((height, width, len(target)), dtype=np.uint8)
    rows = max(1, _PIXELS_AT_A_TIME // width)
    clear = False
    for top in range(0, height, rows):
        band = image.crop((0, top, width, min(top + rows, height)))
        if band.has_transparency_data:
            band, some = _on_background(band, target)
            clear = clear or some
        pixels[top : top + rows] = _planes(np.asarray(band.convert(target)))
    return pixels, 255.0, [("alpha_on_white", {})] if clear else []


def _on_background(image: Image.Image, target: str) -> tuple[Image.Image, bool]:
    """`image` without alpha, and whether anything of the background can be seen."""
    layers = image.convert("LA" if target == "L" else "RGBA")
    alpha = layers.getchannel("A")
    flat = Image.new(target, layers.size, BACKGROUND)
    flat.paste(layers.convert(target), mask=alpha)
    return flat, bool(np.asarray(alpha).min() < 255)


def _sixteen_bits(image: Image.Image) -> Pixels:
    plane = np.asarray(image).astype(np.uint16)
    clear = image.info.get("transparency")
    if clear is None or not (plane == clear).any():
        return _planes(plane), 65535.0, []
    return _planes(np.where(plane == clear, np.uint16(65535), plane)), 65535.0, [("alpha_on_white", {})]


def _measurements(image: Image.Image) -> Pixels:
    # 32-bit pixels have no white of their own: the first usual one that none exceeds, or else lowest to highest.
    plane = np.asarray(image).astype(np.float32)
    finite = np.isfinite(plane)
    if not finite.any():
        raise ValueError("pixels: expected at least one finite number; received none")
    low, high = float(plane[finite].min()), float(plane[finite].max())
    plane = np.where(finite, plane, np.float32(low))
    for white in _USUAL_WHITES:
        if low >= 0 and high <= white:
            return _planes(plane), white, []
    # In double precision: the distance between two float32 numbers can be more than a float32 holds.
    stretched = (plane.astype(np.float64) - low) / ((high - low) or 1.0)
    return _planes(stretched.astype(np.float32)), 1.0, [("stretched", {"low": low, "high": high})]


def _planes(pixels: NDArray[Any]) -> NDArray[Any]:
    return pixels if pixels.ndim == 3 else pixels[..., np.newaxis]
