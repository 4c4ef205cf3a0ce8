"""What Pillow does not check: whether a file was written to its end. It fills the rest with grey or black and says nothing.

Sources: JPEG markers and scans, ITU-T T.81; PNG chunks and passes, PNG specification (third edition), sections 5 and 8.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile

_MOST_SCANS = 100
_NOISE = bytes(range(255)) * 8
_BAIT = _NOISE + b"".join(bytes([0xFF, 0xD0 + number]) + _NOISE for number in range(8))  # with every restart marker
_JPEG_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PNG_PASSES = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


def is_complete(data: bytes, kind: str) -> bool:
    """Whether the picture in `data` has all its pixels, as far as Pillow does not check that by itself.

    Raises:
        OSError, SyntaxError, struct.error, zlib.error, KeyError: for data that cannot be followed at all.
    """
    match kind:
        case "JPEG":
            return _jpeg_is_complete(data)
        case "PNG":
            return _png_is_complete(data)
        case "BMP":
            return _bmp_is_complete(data)
        case _:
            return True


def webp_size(data: bytes) -> tuple[int, int]:
    """(width, height) of the canvas as the header of a WebP file says; (0, 0) when it has no header.

    Source: the WebP container specification and RFC 6386, section 9.1.
    """
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return 0, 0


def _jpeg_is_complete(data: bytes) -> bool:
    """A scan that has all its data ignores bytes added behind it; a starving one eats them and looks different.

    The number of scans is limited because each one makes the decoder walk over the whole picture.
    """
    ends = _scan_ends(data)
    if not 1 <= len(ends) <= _MOST_SCANS:
        return False
    pieces = [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)], strict=True)]
    return np.array_equal(_sketch(data), _sketch(_BAIT.join(pieces)))


def _scan_ends(data: bytes) -> list[int]:
    """Where each scan of the first picture in `data` ends; nothing when the marker for the picture's end is missing."""
    ends: list[int] = []
    position, in_scan = 2, False
    while marker := _JPEG_MARKER.search(data, position):
        code = marker[1][0]
        if in_scan:
            ends.append(marker.start())
        if code == _END_OF_IMAGE:
            return ends
        position = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")
        in_scan = code == _START_OF_SCAN
    return []


def _sketch(data: bytes) -> NDArray[np.uint8]:
    image = JpegImageFile(BytesIO(data))
    image.draft(image.mode, (1, 1))
    return np.asarray(image)


def _png_is_complete(data: bytes) -> bool:
    """Every chunk has its checksum, there is a last one, and the pixel data unpack to as many bytes as there are pixels."""
    missing, inflater = _png_bytes(data), zlib.decompressobj()
    for name, content in _png_chunks(data):
        if name == b"IEND":
            return missing <= 0
        if name == b"IDAT":
            # Small pieces, and no more than needed: 20 MB can unpack to 20 GB.
            for start in range(0, len(content), 4096):
                missing -= len(inflater.decompress(content[start : start + 4096])) if missing > 0 else 0
    return False


def _bmp_is_complete(data: bytes) -> bool:
    """A run of two bytes stands for 255 pixels at most. Pillow fills the rest of millions of pixels one by one."""
    header, width, height, _, _, compression = struct.unpack_from("<IiiHHI", data, 14)
    runs = header >= 40 and compression in (1, 2)
    return not runs or abs(width * height) <= 128 * len(data)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    while position < len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        content = data[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + length)
        if checksum != zlib.crc32(content, zlib.crc32(name)):
            return
        yield name, content
        position += 12 + length


def _png_bytes(data: bytes) -> int:
    width, height, depth, colour, interlaced = struct.unpack_from(">IIBB2xB", data, 16)
    bits = depth * _PNG_CHANNELS[colour]
    passes = _PNG_PASSES if interlaced else ((0, 0, 1, 1),)
    sizes = [(-(-(height - top) // down), -(-(width - left) // right)) for top, left, down, right in passes]
    return sum(rows * (1 + -(-columns * bits // 8)) for rows, columns in sizes if rows > 0 and columns > 0)
