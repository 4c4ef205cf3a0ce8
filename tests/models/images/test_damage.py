"""Cut, zero-filled, overwritten and random files: whole or refused, never half grey, and never another exception."""

import random
import struct
from typing import Any

import numpy as np
import pytest
from PIL import Image

from models.images.load import load_image
from tests.models.images.pictures import code_of, colour, encoded, png, tiff_with_its_directory_first

PICTURE = colour(96, 130)
ANIMATION: dict[str, Any] = {"save_all": True, "append_images": [Image.fromarray(colour(96, 130, seed=1))]}
FILES = {
    "png": encoded(PICTURE, "PNG"),
    "apng": encoded(PICTURE, "PNG", **ANIMATION),
    "jpeg": encoded(PICTURE, "JPEG"),
    "jpeg_progressive": encoded(PICTURE, "JPEG", progressive=True),
    "jpeg_restarts": encoded(PICTURE, "JPEG", restart_marker_rows=1),
    "jpeg_cmyk": encoded(Image.fromarray(PICTURE).convert("CMYK"), "JPEG"),
    "mpo": encoded(PICTURE, "MPO", **ANIMATION),
    "webp": encoded(PICTURE, "WEBP"),
    "webp_lossless": encoded(PICTURE, "WEBP", lossless=True),
    "webp_animated": encoded(PICTURE, "WEBP", **ANIMATION),
    "gif": encoded(PICTURE, "GIF"),
    "gif_animated": encoded(PICTURE, "GIF", **ANIMATION),
    "gif_interlaced": encoded(PICTURE, "GIF", interlace=True),
    "bmp": encoded(PICTURE, "BMP"),
    "tiff": encoded(PICTURE, "TIFF"),
    "tiff_lzw": encoded(PICTURE, "TIFF", compression="tiff_lzw"),
    "tiff_deflate": encoded(PICTURE, "TIFF", compression="tiff_adobe_deflate"),
    "tiff_jpeg": encoded(PICTURE, "TIFF", compression="jpeg"),
    "tiff_directory_first": tiff_with_its_directory_first(PICTURE),
}
EVERY_FILE = pytest.mark.parametrize("name", FILES)


@EVERY_FILE
def test_the_whole_file_is_taken(name: str) -> None:
    assert load_image(FILES[name]).shape == (96, 130, 3)


@EVERY_FILE
def test_a_file_cut_anywhere_is_refused_or_complete(name: str) -> None:
    whole = FILES[name]
    image = load_image(whole)
    cuts = {*range(1, 64), *range(len(whole) - 64, len(whole)), *np.linspace(64, len(whole) - 64, 120).astype(int).tolist()}
    for cut in cuts:
        code = code_of(whole[:cut])
        assert code in ("", "upload_damaged", "upload_not_an_image"), cut
        if not code:
            np.testing.assert_array_equal(load_image(whole[:cut]), image, err_msg=f"cut at {cut} of {len(whole)}")


@pytest.mark.parametrize("name", ["jpeg", "jpeg_progressive", "jpeg_restarts", "jpeg_cmyk", "png", "gif", "tiff_lzw"])
def test_a_file_whose_rest_is_zeros_is_refused(name: str) -> None:
    # What a download that broke off leaves behind when the place was reserved beforehand.
    whole = FILES[name]
    for share in (0.2, 0.5, 0.9):
        cut = int(len(whole) * share)
        assert code_of(whole[:cut] + bytes(len(whole) - cut)) == "upload_damaged", share


@pytest.mark.parametrize("name", ["jpeg", "jpeg_restarts", "jpeg_cmyk"])
def test_a_jpeg_that_ends_too_early_but_properly_is_refused(name: str) -> None:
    whole = FILES[name]
    # Of the last block of 8 x 8 pixels the details may be missing, no more: it takes fewer than 64 bytes.
    for cut in range(whole.index(b"\xff\xda") + 20, len(whole) - 64, 11):
        assert code_of(whole[:cut] + b"\xff\xd9") == "upload_damaged", cut


def test_a_progressive_jpeg_whose_first_scan_starves_is_refused() -> None:
    whole = FILES["jpeg_progressive"]
    first = whole.index(b"\xff\xda")
    second = whole.index(b"\xff\xda", first + 1)
    assert code_of(whole[: (first + second) // 2] + b"\xff\xd9") == "upload_damaged"


def test_a_jpeg_with_something_behind_its_end_is_taken() -> None:
    for name in ("jpeg", "jpeg_progressive", "jpeg_restarts"):
        np.testing.assert_array_equal(load_image(FILES[name] + b"trailer" * 40), load_image(FILES[name]))


def test_a_jpeg_of_very_many_scans_is_refused() -> None:
    whole = FILES["jpeg_progressive"]
    last = whole.rindex(b"\xff\xda")
    assert code_of(whole[:-2] + whole[last:-2] * 200 + b"\xff\xd9") == "upload_damaged"


def bmp_of_runs(width: int, height: int, runs: bytes) -> bytes:
    header = struct.pack("<IHHIIiiHHIIiiII", 62 + len(runs), 0, 0, 62, 40, width, height, 1, 8, 1, 0, 0, 0, 2, 0)
    return b"BM" + header + bytes([0, 0, 255, 0, 9, 9, 9, 0]) + runs


def test_a_bmp_of_runs_has_enough_of_them() -> None:
    two_rows = bytes([3, 0, 2, 1, 0, 0, 5, 1, 0, 1])
    image = load_image(bmp_of_runs(5, 2, two_rows))
    assert (image[1, :, 0] * 255).tolist() == [255, 255, 255, 9, 9]
    assert code_of(bmp_of_runs(5, 2, two_rows[:4])) == "upload_damaged"
    assert code_of(bmp_of_runs(8000, 6000, two_rows)) == "upload_damaged"


def png_of(rows: bytes, interlaced: int = 0) -> bytes:
    return png(130, 96, rows, kind=2, interlaced=interlaced)


def test_a_png_with_too_few_rows_is_refused() -> None:
    rows = [b"\0" + row.tobytes() for row in PICTURE]
    assert code_of(png_of(b"".join(rows))) == ""
    assert code_of(png_of(b"".join(rows[:-1]))) == "upload_damaged"
    assert code_of(png_of(b"".join(rows[:40]), interlaced=1)) == "upload_damaged"


def test_an_interlaced_png_is_taken() -> None:
    passes = [
        PICTURE[top::down, left::right]
        for top, left, down, right in (
            (0, 0, 8, 8),
            (0, 4, 8, 8),
            (4, 0, 8, 4),
            (0, 2, 4, 4),
            (2, 0, 4, 2),
            (0, 1, 2, 2),
            (1, 0, 2, 1),
        )
    ]
    rows = b"".join(b"\0" + row.tobytes() for part in passes for row in part)
    np.testing.assert_array_equal(load_image(png_of(rows, interlaced=1)) * 255.0, PICTURE)


def test_a_png_with_one_wrong_bit_is_refused() -> None:
    whole = bytearray(FILES["png"])
    for place in range(60, len(whole) - 16, 997):
        whole[place] ^= 1
        assert code_of(bytes(whole)) == "upload_damaged", place
        whole[place] ^= 1


@EVERY_FILE
def test_overwritten_files_are_taken_or_refused(name: str) -> None:
    dice = random.Random(name)
    for _ in range(60):
        data = bytearray(FILES[name])
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(dice.choice((40, 400, len(data))))] = dice.randrange(256)
        code_of(bytes(data))


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"RIFF____WEBPVP8 ",
        b"RIFF____WEBPVP8X",
    ],
)
def test_random_bytes_are_taken_or_refused(start: bytes) -> None:
    for seed in range(60):
        dice = random.Random(seed)
        assert code_of(start + dice.randbytes(dice.choice((0, 1, 30, 300, 3000)))) != ""
