"""All eight ways to hold a camera, pixel by pixel."""

from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image

from models.images.load import load_image, read_image
from tests.models.images.pictures import LOSSLESS, colour, encoded, grey, in_bytes

# EXIF 2.32, tag 274: the edges of the upright picture at which the stored first row and first column lie.
FIRST_ROW_AND_COLUMN = {
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}


def stored(upright: np.ndarray[Any, Any], orientation: int) -> np.ndarray[Any, Any]:
    """What a camera would write: rows counted from the edge that `orientation` names, columns from the other one."""
    first_row, first_column = FIRST_ROW_AND_COLUMN[orientation]
    if "bottom" in (first_row, first_column):
        upright = upright[::-1]
    if "right" in (first_row, first_column):
        upright = upright[:, ::-1]
    return upright.swapaxes(0, 1) if first_row in ("left", "right") else upright


def exif(orientation: int) -> Image.Exif:
    metadata = Image.Exif()
    metadata[ExifTags.Base.Orientation] = orientation
    return metadata


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
def test_every_orientation_is_turned_upright(form: str, orientation: int) -> None:
    for pixels in (colour(), grey()):
        lying = np.ascontiguousarray(stored(pixels, orientation))
        loaded = read_image(encoded(lying, form, exif=exif(orientation), **LOSSLESS[form]))
        np.testing.assert_array_equal(np.squeeze(in_bytes(loaded.image)), pixels)
        assert loaded.image.flags.c_contiguous
        if form != "TIFF":
            assert [code for code, _ in loaded.notes] == (["oriented"] if orientation != 1 else [])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_of_a_phone(orientation: int) -> None:
    quarters = np.zeros((32, 48), dtype=np.uint8)
    quarters[:16, 24:], quarters[16:, :24], quarters[16:, 24:] = 80, 160, 240
    image = load_image(encoded(np.ascontiguousarray(stored(quarters, orientation)), "JPEG", exif=exif(orientation)))
    assert np.abs(in_bytes(image)[..., 0] - quarters).max() < 4


def test_a_large_turned_picture_tells_its_upright_size() -> None:
    loaded = read_image(encoded(grey(40, 2000), "PNG", exif=exif(6)))
    assert loaded.image.shape == (1024, 20, 1)
    sizes = {"width": 40, "height": 2000, "new_width": 20, "new_height": 1024}
    assert loaded.notes == (("oriented", {}), ("scaled_down", sizes))


@pytest.mark.parametrize("value", [0, 9, 65_535])
def test_an_impossible_orientation_is_left_alone(value: int) -> None:
    np.testing.assert_array_equal(in_bytes(load_image(encoded(colour(), "PNG", exif=exif(value)))), colour())


@pytest.mark.parametrize("metadata", [b"", b"x", b"Exif\0\0", b"Exif\0\0II*\0\x08\0\0\0\xff\xff", b"Exif\0\0MM\0*" + bytes(40)])
def test_broken_metadata_do_not_spoil_a_picture(metadata: bytes) -> None:
    for form in ("PNG", "WEBP", "JPEG"):
        image = load_image(encoded(colour(), form, exif=metadata, **LOSSLESS.get(form, {})))
        assert image.shape == (37, 53, 3), form
