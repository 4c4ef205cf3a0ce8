"""What is not taken, and what the refusal says."""

import struct
import threading
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFile

from models.errors import LearnerError
from models.images.load import MOST_BYTES, load_image
from tests.models.images.pictures import code_of, colour, encoded, grey, in_bytes, png


def refusal(data: bytes) -> tuple[str, dict[str, Any]]:
    with pytest.raises(LearnerError) as caught:
        load_image(data)
    return caught.value.code, caught.value.values


def test_nothing() -> None:
    assert refusal(b"") == ("upload_empty", {})


def test_too_many_bytes_are_refused_unread() -> None:
    assert refusal(bytes(MOST_BYTES + 1)) == ("upload_too_large", {"megabytes": 20.1, "limit": 20})
    assert refusal(bytes(MOST_BYTES)) == ("upload_not_an_image", {})


def test_too_many_pixels_are_refused_from_the_header_alone() -> None:
    expected = ("upload_too_many_pixels", {"width": 10_000, "height": 5001, "megapixels": 50.1, "limit": 50})
    assert refusal(png(10_000, 5001)) == expected
    bmp = b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 10_000, 5001, 1, 24, 0, 0, 0, 0, 0, 0)
    assert refusal(bmp) == expected
    assert refusal(b"GIF89a" + struct.pack("<HHBBB", 10_000, 5001, 0, 0, 0) + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;") == expected
    tags = [(256, 10_000), (257, 5001), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 5001), (279, 1)]
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, n) for tag, n in tags)
    assert refusal(tiff + bytes(4)) == expected
    canvas = (9_999).to_bytes(3, "little") + (5000).to_bytes(3, "little")
    assert refusal(b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + canvas) == expected


@pytest.mark.parametrize("lossless", [True, False])
def test_the_size_of_a_webp_is_read_before_pillow_sees_it(lossless: bool) -> None:
    data = bytearray(encoded(colour(), "WEBP", lossless=lossless))
    if lossless:
        data[21:25] = (16383 | 16383 << 14).to_bytes(4, "little")
    else:
        data[26:30] = struct.pack("<HH", 16383, 16383)
    assert refusal(bytes(data))[0] == "upload_too_many_pixels"


def test_a_jpeg_header_of_4_gigapixels() -> None:
    data = bytearray(encoded(grey(), "JPEG"))
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = b"\xff\xff\xff\xff"
    values = refusal(bytes(data))[1]
    assert values == {"width": 65535, "height": 65535, "megapixels": 4294.9, "limit": 50}


@pytest.mark.parametrize("size", [(1 << 31) - 1, 0])
def test_impossible_sizes(size: int) -> None:
    assert refusal(png(size, size))[0] in ("upload_too_many_pixels", "upload_damaged")


def test_as_many_pixels_as_allowed() -> None:
    assert load_image(png(10_000, 5000, rows=bytes(5000 * 1251), depth=1)).shape == (512, 1024, 1)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><svg></svg></html>", "SVG"),
        (b"<!doctype HTML><title>a</title>", "HTML"),
        (b"PK\3\4\x14\0\6\0", "ZIP"),
        (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf", "AVIF"),
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "MP4"),
        (b"8BPS\0\1", "Photoshop"),
        (b"\0\0\1\0\1\0", "ICO"),
        (b"\xff\x0a\xfa\x01", "JPEG XL"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    ],
)
def test_other_kinds_of_files_are_called_by_their_name(data: bytes, kind: str) -> None:
    assert refusal(data) == ("upload_other_kind", {"kind": kind})


@pytest.mark.parametrize("brands", [b"heic\0\0\0\0mif1heic", b"heix\0\0\0\0mif1", b"mif1\0\0\0\0heic", b"msf1\0\0\0\0hevc"])
def test_pictures_of_an_iphone_have_their_own_advice(brands: bytes) -> None:
    assert refusal(struct.pack(">I", len(brands) + 8) + b"ftyp" + brands + bytes(64)) == ("upload_heic", {})


@pytest.mark.parametrize("data", [b"\0", b"BM", b"BMW is a car, not a bitmap", b"II", b"RIFF\0\0\0\0WAVEfmt ", "글자".encode()])
def test_anything_else(data: bytes) -> None:
    assert refusal(data) == ("upload_not_an_image", {})


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_beginning_alone_is_a_damaged_file(form: str) -> None:
    assert refusal(encoded(colour(), form)[:14]) == ("upload_damaged", {"format": form})


def test_pillows_settings_neither_matter_nor_change(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(colour(), "PNG")
    for truncated, pixels in ((True, 10), (True, None), (False, 1)):
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", truncated)
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pixels)
        np.testing.assert_array_equal(in_bytes(load_image(data)), colour())
        for form in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
            whole = encoded(colour(), form)
            assert code_of(whole[: len(whole) // 2]) == "upload_damaged", form
        assert refusal(png(10_000, 5001))[0] == "upload_too_many_pixels"
        assert truncated == ImageFile.LOAD_TRUNCATED_IMAGES
        assert pixels == Image.MAX_IMAGE_PIXELS


def test_memory_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_little(_: ImageFile.ImageFile) -> None:
        raise MemoryError

    monkeypatch.setattr(ImageFile.ImageFile, "load_prepare", too_little)
    assert refusal(encoded(colour(), "PNG")) == ("upload_needs_memory", {"megabytes": 0.1})


def test_many_threads_at_once() -> None:
    whole, results = encoded(colour(), "PNG"), []
    work = [whole, whole[:500]] * 8
    threads = [threading.Thread(target=lambda data=data: results.append(code_of(data))) for data in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [""] * 8 + ["upload_damaged"] * 8
