"""Pictures of one's own in a browser: a phone's photo, a damaged file, numbers, a drawing."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, expect_shapes, option, widget

ORIENTATION = 0x0112
TURNED_RIGHT = 6


def photo() -> bytes:
    """What a phone held upright writes: 400 x 300 pixels that lie on their side, and a note to turn them."""
    pixels = np.zeros((300, 400, 3), dtype=np.uint8)
    pixels[:, :200] = 255
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", exif=exif)
    return file.getvalue()


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def upload(page: Page, name: str, content: bytes) -> None:
    widget(page, "upload").locator("input[type=file]").set_input_files(file(name, content))


def test_a_phone_photo_stands_upright(visit: Visit) -> None:
    page = visit("/convolution?stride=2")
    option(page, "source", "Upload").click()
    upload(page, "photo.jpg", photo())
    expect_shapes(page, (1, 96, 72, 3), (1, 47, 35, 4))
    expect(widget(page, "picture_bar")).to_contain_text("never in the link")
    expect_query(page, stride="2")


def test_a_file_that_is_no_picture_leaves_the_last_one(visit: Visit) -> None:
    page = visit("/convolution")
    option(page, "source", "Upload").click()
    upload(page, "photo.jpg", photo())
    expect_shapes(page, (1, 96, 72, 3), (1, 94, 70, 4))
    for content in (photo()[: len(photo()) // 2], b"", b"<svg onload=alert(1)>"):
        upload(page, "<b>damaged</b>.jpg", content)
        expect(widget(page, "upload_problem")).to_be_visible()
        expect_shapes(page, (1, 96, 72, 3), (1, 94, 70, 4))
        upload(page, "photo.jpg", photo())
        expect(widget(page, "upload_problem")).to_have_count(0)


def test_a_sample_is_chosen_from_the_strip(visit: Visit) -> None:
    page = visit("/convolution")
    widget(page, "image_gallery").get_by_role("radio", name="Grid 5 × 7").click()
    expect_shapes(page, (1, 5, 7, 1), (1, 3, 5, 4))
    expect_query(page, image="grid_5x7")


def test_typed_numbers_become_a_picture(visit: Visit) -> None:
    page = visit("/convolution")
    option(page, "source", "Numbers").click()
    expect_shapes(page, (1, 3, 3, 1), (1, 1, 1, 4))
    cell = widget(page, "image_numbers").locator("input[data-at]").first
    cell.fill("12")
    cell.press("Enter")
    expect_query(page, image="12 2 3; 4 5 6; 7 8 9")
    again = visit("/convolution?image=12+2+3%3B+4+5+6%3B+7+8+9")
    expect(widget(again, "image_numbers").locator("input[data-at]").first).to_have_value("12")


@pytest.mark.parametrize("device", [{}, {"has_touch": True}], ids=["mouse", "touch"])
def test_a_drawing_is_a_picture(visit: Visit, device: dict[str, Any]) -> None:
    page = visit("/convolution?kernel=all_ones&filters=1", **device)
    option(page, "source", "Draw").click()
    pad = widget(page, "drawing").locator(".square")
    expect(pad).to_be_visible()
    pad.scroll_into_view_if_needed()
    map_of_drawing = widget(page, "filter_maps").locator(".frame")
    before = map_of_drawing.get_attribute("aria-label") or ""
    if device:
        pad.tap(position={"x": 90, "y": 90})
    else:
        pad.hover(position={"x": 60, "y": 60})
        page.mouse.down()
        pad.hover(position={"x": 160, "y": 130})
        page.mouse.up()
    expect(map_of_drawing).not_to_have_attribute("aria-label", before)
