"""Pillow, held to our rules: which readers, which exceptions, and none of its process-wide settings."""

import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

READERS: dict[str, type[ImageFile.ImageFile]] = {
    "PNG": PngImageFile,
    "JPEG": JpegImageFile,
    "WEBP": WebPImageFile,
    "GIF": GifImageFile,
    "BMP": BmpImageFile,
    "TIFF": TiffImageFile,
}
"""The formats that are read, and no others. The MPO of phones and stereo cameras is a JPEG with more pictures behind it."""

UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
"""What the readers raise when bytes are not what they say they are."""

_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def pillow_by_our_rules() -> Iterator[None]:
    """Pillow's settings and Python's warnings belong to the whole process: ours hold while one picture is decoded.

    Nothing truncated passes, and the limit of pixels is ours. One at a time also bounds the memory: a picture of 50
    megapixels needs some 400 MB for a moment.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before
