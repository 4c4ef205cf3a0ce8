"""An uploaded file becomes a picture: told by its content, measured before it is decoded, whole or refused."""

import math
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import ImageFile

from models.arrays import ImageArray
from models.errors import LearnerError
from models.images.complete import is_complete, webp_size
from models.images.orientation import orientation, upright
from models.images.pillow import READERS, UNREADABLE, pillow_by_our_rules
from models.images.pixels import Note, pixels_of
from models.images.recognise import recognise
from models.images.transform import area, fitted

MOST_BYTES = 20 * 2**20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1024


@dataclass(frozen=True, eq=False)
class LoadedImage:
    """A picture and what was done to it on the way in.

    `notes` are (code, values): `animation_first_frame`, `first_page`, `alpha_on_white`, `stretched` (low, high),
    `oriented`, `scaled_down` (width, height, new_width, new_height).
    """

    image: ImageArray
    notes: tuple[Note, ...] = ()


def load_image(data: bytes) -> ImageArray:
    """The picture in an uploaded file: `read_image(data).image`."""
    return read_image(data).image


def read_image(data: bytes) -> LoadedImage:
    """The picture in an uploaded file: PNG, JPEG, WebP, GIF, BMP or TIFF.

    Returns:
        (height, width, channels), float32, 0 to 1, upright, at most 1024 pixels long; one channel for a grey picture,
        otherwise RGB. Of an animation the first frame, of a document the first page.

    Raises:
        LearnerError: `upload_empty`, `upload_too_large`, `upload_heic`, `upload_other_kind`, `upload_not_an_image`,
            `upload_too_many_pixels`, `upload_damaged` or `upload_needs_memory`.
    """
    if not data:
        raise LearnerError("upload_empty")
    megabytes = _rounded_up(len(data) / 2**20)
    if len(data) > MOST_BYTES:
        raise LearnerError("upload_too_large", megabytes=megabytes, limit=MOST_BYTES // 2**20)
    kind = recognise(data)
    with pillow_by_our_rules():
        try:
            image = _opened(data, kind)
            if not is_complete(data, kind):
                raise LearnerError("upload_damaged", format=kind)
            return _decoded(image, kind)
        except UNREADABLE as error:
            raise LearnerError("upload_damaged", format=kind) from error
        except MemoryError as error:
            raise LearnerError("upload_needs_memory", megabytes=megabytes) from error


def _opened(data: bytes, kind: str) -> ImageFile.ImageFile:
    if kind == "WEBP":
        # Pillow's reader takes memory for the whole canvas as soon as it opens a file.
        _check_pixels(*webp_size(data))
    image = READERS[kind](BytesIO(data))
    _check_pixels(*image.size)
    return image


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        megapixels = _rounded_up(width * height / 1e6)
        limit = MOST_PIXELS // 1_000_000
        raise LearnerError("upload_too_many_pixels", width=width, height=height, megapixels=megapixels, limit=limit)


def _decoded(image: ImageFile.ImageFile, kind: str) -> LoadedImage:
    notes: list[Note] = []
    if getattr(image, "is_animated", False):
        notes.append(("first_page" if kind == "TIFF" else "animation_first_frame", {}))
    width, height = image.size
    values, more = _small_values(image, kind)
    notes += more
    turn = orientation(image)
    if turn != 1:
        notes.append(("oriented", {}))
    if turn >= 5:
        width, height = height, width
    values = upright(values, turn)
    if max(width, height) > LONGEST_SIDE:
        new_height, new_width = values.shape[:2]
        notes.append(("scaled_down", {"width": width, "height": height, "new_width": new_width, "new_height": new_height}))
    return LoadedImage(values, tuple(notes))


def _small_values(image: ImageFile.ImageFile, kind: str) -> tuple[ImageArray, list[Note]]:
    width, height = image.size
    new_height, new_width = fitted((height, width), min(LONGEST_SIDE, max(width, height)))
    # A JPEG can be decoded at a half, a quarter or an eighth of its size; the rest of the way is averaged as for the others.
    image.draft(image.mode, (2 * new_width, 2 * new_height))
    image.load()
    pixels, white, notes = pixels_of(image)
    values = np.clip(area(pixels, new_height, new_width).astype(np.float32) / np.float32(white), 0, 1)
    return _grey_if_grey(values) if kind == "WEBP" or image.mode in ("P", "PA") else values, notes


def _grey_if_grey(values: ImageArray) -> ImageArray:
    # Neither WebP nor a palette can say that a picture is grey: its pixels do.
    first = values[..., :1]
    return first if (values == first).all() else values


def _rounded_up(value: float) -> float:
    return float(math.ceil(value * 10)) / 10
