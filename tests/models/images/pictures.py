"""Files made on the spot, and what the loader says to them."""

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.errors import LearnerError
from models.images.load import load_image

LOSSLESS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "WEBP": {"lossless": True, "exact": True},
    "BMP": {},
    "TIFF": {},
}
"""Formats that give back every pixel, with the settings for that."""


def colour(height: int = 37, width: int = 53, seed: int = 0) -> NDArray[np.uint8]:
    """Noise over a ramp: every row, column and channel differs from its neighbours."""
    noise = np.random.default_rng(seed).integers(0, 120, (height, width, 3))
    ramp = np.add.outer(np.arange(height) * 60 // height, np.arange(width) * 60 // width)
    return (noise + ramp[..., np.newaxis] + [5, 40, 10]).astype(np.uint8)


def grey(height: int = 37, width: int = 53, seed: int = 0) -> NDArray[np.uint8]:
    return colour(height, width, seed)[..., 0]


def encoded(pixels: Image.Image | NDArray[Any], form: str, **settings: Any) -> bytes:
    """The bytes of a file of format `form`."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    buffer = BytesIO()
    image.save(buffer, form, **settings)
    return buffer.getvalue()


def png(width: int, height: int, rows: bytes = b"", depth: int = 8, kind: int = 0, interlaced: int = 0) -> bytes:
    """A PNG with correct checksums, whatever it claims: `rows` are its pixels before compression."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = [struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff_with_its_directory_first(pixels: NDArray[np.uint8]) -> bytes:
    """A TIFF in compressed strips of 16 rows. Pillow writes the directory last; a cut then leaves no picture at all."""
    height, width, _ = pixels.shape
    strips = [zlib.compress(pixels[row : row + 16].tobytes()) for row in range(0, height, 16)]
    count, tags, extra = len(strips), 9, 8 + 2 + 9 * 12 + 4
    start = extra + 6 + 8 * count
    places = [start + sum(map(len, strips[:number])) for number in range(count)]
    fields = [(256, 1, width), (257, 1, height), (258, 3, extra), (259, 1, 8), (262, 1, 2)]
    fields += [(273, count, extra + 6), (277, 1, 3), (278, 1, 16), (279, count, extra + 6 + 4 * count)]
    directory = b"".join(struct.pack("<HHII", tag, 3 if tag == 258 else 4, many, value) for tag, many, value in fields)
    numbers = struct.pack(f"<HHH{2 * count}I", 8, 8, 8, *places, *map(len, strips))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", tags) + directory + bytes(4) + numbers + b"".join(strips)


def in_bytes(image: NDArray[Any]) -> NDArray[Any]:
    """0 to 1 as 0 to 255, not rounded."""
    return image * 255.0


def code_of(data: bytes) -> str:
    """The code of the refusal, or "" when `data` is taken."""
    try:
        load_image(data)
    except LearnerError as error:
        return error.code
    return ""
