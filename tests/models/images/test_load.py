"""Whole files of every format and every kind of pixel."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, features

from models.images.load import LONGEST_SIDE, load_image, read_image
from tests.models.images.pictures import LOSSLESS, colour, encoded, grey, in_bytes


def codes(data: bytes) -> list[str]:
    return [code for code, _ in read_image(data).notes]


@pytest.mark.parametrize(("form", "settings"), LOSSLESS.items())
def test_colour_is_read_exactly(form: str, settings: dict[str, Any]) -> None:
    loaded = read_image(encoded(colour(), form, **settings))
    assert loaded.image.dtype == np.float32
    assert loaded.image.flags.c_contiguous
    np.testing.assert_array_equal(in_bytes(loaded.image), colour())
    assert loaded.notes == ()


@pytest.mark.parametrize(("form", "settings"), [*LOSSLESS.items(), ("GIF", {})])
def test_grey_is_read_exactly_as_one_channel(form: str, settings: dict[str, Any]) -> None:
    image = load_image(encoded(grey(), form, **settings))
    assert image.shape == (37, 53, 1)
    np.testing.assert_array_equal(in_bytes(image)[..., 0], grey())


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_jpeg_is_near(progressive: bool, subsampling: int) -> None:
    smooth = np.add.outer(np.arange(60), np.arange(100))[..., np.newaxis] + np.array([0, 40, 80])
    data = encoded(smooth.astype(np.uint8), "JPEG", quality=95, progressive=progressive, subsampling=subsampling)
    assert np.abs(in_bytes(load_image(data)) - smooth).max() < 6
    one = load_image(encoded(smooth[..., 0].astype(np.uint8), "JPEG", quality=95, progressive=progressive))
    assert one.shape == (60, 100, 1)
    assert np.abs(in_bytes(one)[..., 0] - smooth[..., 0]).max() < 6


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_tiff_of_every_compression(compression: str) -> None:
    np.testing.assert_array_equal(in_bytes(load_image(encoded(colour(), "TIFF", compression=compression))), colour())


def test_a_phone_picture_with_more_pictures_behind_it() -> None:
    first = Image.fromarray(colour())
    data = encoded(first, "MPO", save_all=True, append_images=[Image.fromarray(colour(seed=1))], quality=95)
    assert Image.open(BytesIO(data)).format == "MPO"
    np.testing.assert_array_equal(load_image(data), load_image(encoded(first, "JPEG", quality=95)))
    assert codes(data) == []


def test_a_palette_in_colour_and_in_grey() -> None:
    image = Image.new("P", (3, 2))
    image.putpalette([255, 0, 0, 0, 51, 0, 9, 9, 9])
    image.putdata([0, 1, 2, 2, 1, 0])
    for form in ("PNG", "GIF", "BMP", "TIFF"):
        pixels = in_bytes(load_image(encoded(image, form)))
        assert pixels[0].tolist() == [[255, 0, 0], [0, 51, 0], [9, 9, 9]], form
    image.putpalette([200, 200, 200, 7, 7, 7, 0, 0, 0])
    for form in ("PNG", "GIF", "TIFF"):
        assert in_bytes(load_image(encoded(image, form)))[..., 0].tolist() == [[200, 7, 0], [0, 7, 200]], form


def test_transparent_palette_entries_lie_on_white() -> None:
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 51, 0, 0, 0, 0])
    image.putdata([0, 1, 2])
    for form, clear in (("PNG", 2), ("GIF", 2), ("PNG", bytes([255, 255, 0]))):
        data = encoded(image, form, transparency=clear)
        assert in_bytes(load_image(data)).tolist() == [[[255, 0, 0], [0, 51, 0], [255, 255, 255]]]
        assert codes(data) == ["alpha_on_white"]
    half = in_bytes(load_image(encoded(image, "PNG", transparency=bytes([255, 128, 0]))))
    assert half[0, 1].tolist() == [127, 153, 127]


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
def test_alpha_lies_on_white(form: str) -> None:
    image = Image.new("RGBA", (3, 1))
    image.putdata([(10, 20, 30, 255), (0, 100, 200, 0), (0, 255, 0, 51)])
    data = encoded(image, form, **LOSSLESS[form])
    assert in_bytes(load_image(data)).tolist() == [[[10, 20, 30], [255, 255, 255], [204, 255, 204]]]
    assert codes(data) == ["alpha_on_white"]
    image.putalpha(255)
    assert codes(encoded(image, form, **LOSSLESS[form])) == []


def test_grey_with_alpha_stays_one_channel() -> None:
    image = Image.new("LA", (3, 1))
    image.putdata([(10, 255), (10, 0), (0, 51)])
    for form in ("PNG", "TIFF"):
        assert in_bytes(load_image(encoded(image, form)))[0, :, 0].tolist() == [10, 255, 204]


def test_one_transparent_grey_or_colour() -> None:
    for pixels, clear in ((np.array([[3, 7]], np.uint8), 7), (np.array([[3, 7]], np.uint16) * 257, 7 * 257)):
        data = encoded(pixels, "PNG", transparency=clear)
        assert in_bytes(load_image(data))[0, :, 0].tolist() == pytest.approx([3, 255])
        assert codes(data) == ["alpha_on_white"]
    data = encoded(np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8), "PNG", transparency=(4, 5, 6))
    assert in_bytes(load_image(data))[0].tolist() == [[1, 2, 3], [255, 255, 255]]
    bilevel = encoded(Image.fromarray(np.array([[0, 255]], np.uint8)).convert("1"), "PNG", transparency=0)
    assert load_image(bilevel)[0, :, 0].tolist() == [1, 1]


def test_cmyk() -> None:
    image = Image.new("CMYK", (4, 1))
    image.putdata([(0, 0, 0, 0), (255, 0, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255)])
    expected = [[255, 255, 255], [0, 255, 255], [255, 255, 0], [0, 0, 0]]
    assert in_bytes(load_image(encoded(image, "TIFF")))[0].tolist() == expected
    blocks = image.resize((64, 16), Image.Resampling.NEAREST)
    jpeg = in_bytes(load_image(encoded(blocks, "JPEG", quality=98)))
    assert np.abs(jpeg[8, 8::16] - expected).max() < 8


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_not_clipped(form: str) -> None:
    pixels = np.array([[0, 1, 255, 256], [30_000, 40_000, 65_534, 65_535]], dtype=np.uint16)
    image = load_image(encoded(pixels, form))
    np.testing.assert_allclose(image[..., 0], pixels / 65535, rtol=1e-6)


def test_sixteen_bits_of_the_other_byte_order() -> None:
    plane = Image.frombytes("I;16B", (2, 1), b"\x80\x00\xff\xff")
    assert load_image(encoded(plane, "TIFF"))[0, :, 0].tolist() == pytest.approx([0x8000 / 65535, 1])


@pytest.mark.parametrize(
    ("values", "white"), [([0, 1, 1], 1), ([0, 128, 255], 255), ([0, 300, 65535], 65535), ([0, 1, 65_536], 65_536)]
)
def test_32_bits_take_the_first_white_that_fits(values: list[int], white: int) -> None:
    for dtype in (np.int32, np.float32):
        image = load_image(encoded(np.array([values], dtype=dtype), "TIFF"))
        assert image[0, :, 0].tolist() == pytest.approx([value / white for value in values])


def test_measured_numbers_are_stretched_from_lowest_to_highest() -> None:
    data = encoded(np.array([[-3.0, -1.0, 1.0, np.nan]], dtype=np.float32), "TIFF")
    loaded = read_image(data)
    assert loaded.image[0, :, 0].tolist() == [0, 0.5, 1, 0]
    assert loaded.notes == (("stretched", {"low": -3.0, "high": 1.0}),)
    far = load_image(encoded(np.array([[-3e38, 0.0, 3e38]], dtype=np.float32), "TIFF"))
    assert far[0, :, 0].tolist() == pytest.approx([0, 0.5, 1])
    assert load_image(encoded(np.full((2, 3), -7, dtype=np.float32), "TIFF")).tolist() == [[[0]] * 3] * 2


def test_one_bit() -> None:
    pixels = np.array([[0, 255, 255], [255, 0, 255]], dtype=np.uint8)
    for form in ("PNG", "BMP", "TIFF", "GIF"):
        image = load_image(encoded(Image.fromarray(pixels).convert("1"), form))
        assert image[..., 0].tolist() == [[0, 1, 1], [1, 0, 1]], form
    assert load_image(encoded(Image.fromarray(pixels).convert("1"), "TIFF", compression="group4")).shape == (2, 3, 1)


def test_other_colour_spaces() -> None:
    red = Image.new("RGB", (24, 16), (200, 30, 40))
    for mode in ("YCbCr", "LAB"):
        if mode == "LAB" and not features.check("littlecms2"):
            continue
        image = red.convert(mode) if mode == "YCbCr" else Image.new("LAB", (24, 16), (110, 190, 160))
        pixels = in_bytes(load_image(encoded(image, "TIFF")))
        assert pixels.shape == (16, 24, 3)
        assert pixels[8, 8, 0] > pixels[8, 8, 1] + 50


FRAMES = [Image.fromarray(colour(seed=seed)) for seed in range(3)]


@pytest.mark.parametrize(("form", "settings"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True})])
def test_of_an_animation_the_first_frame_and_it_is_said(form: str, settings: dict[str, Any]) -> None:
    frames = [frame.quantize(200) for frame in FRAMES] if form == "GIF" else FRAMES
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=50, **settings)
    np.testing.assert_array_equal(in_bytes(load_image(data)), np.asarray(frames[0].convert("RGB")))
    assert codes(data) == ["animation_first_frame"]


def test_of_a_document_the_first_page_and_it_is_said() -> None:
    data = encoded(FRAMES[0], "TIFF", save_all=True, append_images=FRAMES[1:])
    np.testing.assert_array_equal(in_bytes(load_image(data)), colour(seed=0))
    assert codes(data) == ["first_page"]


@pytest.mark.parametrize(("shape", "expected"), [((1, 5000), (1, 1024)), ((5000, 1), (1024, 1)), ((3, 4096), (1, 1024))])
def test_long_thin_pictures_survive(shape: tuple[int, int], expected: tuple[int, int]) -> None:
    for form in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
        assert load_image(encoded(grey(*shape), form)).shape[:2] == expected, form


def test_a_single_pixel() -> None:
    for form in ("PNG", "GIF", "BMP", "TIFF", "WEBP", "JPEG"):
        assert load_image(encoded(np.array([[77]], np.uint8), form, **LOSSLESS.get(form, {}))).shape == (1, 1, 1)


def test_large_pictures_are_averaged_down() -> None:
    pixels = colour(3 * 500, 3 * LONGEST_SIDE)
    loaded = read_image(encoded(pixels, "PNG", compress_level=1))
    means = pixels.reshape(500, 3, LONGEST_SIDE, 3, 3).mean(axis=(1, 3))
    assert np.abs(in_bytes(loaded.image) - means).max() <= 0.5 + 1e-4
    assert loaded.notes == (("scaled_down", {"width": 3072, "height": 1500, "new_width": 1024, "new_height": 500}),)


def test_a_large_jpeg_is_averaged_down_too() -> None:
    rows = np.linspace(0, 250, 5000).astype(np.uint8)
    data = encoded(np.repeat(rows[:, np.newaxis], 3000, axis=1), "JPEG", quality=90)
    image = load_image(data)
    assert image.shape == (1024, 614, 1)
    assert np.abs(in_bytes(image)[:, 300, 0] - np.linspace(0, 250, 1024)).max() < 3


def test_a_large_sixteen_bit_picture_is_averaged_before_it_is_scaled() -> None:
    pixels = np.random.default_rng(0).integers(0, 65536, (100, 2048)).astype(np.uint16)
    image = load_image(encoded(pixels, "PNG"))
    assert image.shape == (50, 1024, 1)
    np.testing.assert_allclose(image[..., 0], pixels.reshape(50, 2, 1024, 2).mean(axis=(1, 3)) / 65535, atol=1e-5)
