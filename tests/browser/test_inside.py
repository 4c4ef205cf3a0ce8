"""Which network is looked into, in a browser: brought as a file, chosen by keyboard, and reached from where it was built."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, option, query, widget
from tests.models.network.keras_files import PLAIN

START = 60_000
"""Milliseconds until a busy machine has TensorFlow warm."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("networks")
    (folder / "mine.keras").write_bytes(PLAIN)
    (folder / "broken.keras").write_bytes(PLAIN[:2000])
    return folder


def bring(page: Page, file: Path) -> None:
    page.locator("[class*=st-key-network_upload] input[type=file]").first.set_input_files(file)


def test_a_file_is_brought_and_another_one_refused(visit: Visit, files: Path) -> None:
    page = visit("/overview?network=file&image=camera")
    bring(page, files / "mine.keras")
    expect(page.locator(".seen")).to_contain_text("9 × 7 · grey", timeout=START)
    expect(widget(page, "network_file")).to_contain_text("mine.keras")
    expect_query(page, image="camera")
    page.get_by_role("button", name="Another file").click()
    bring(page, files / "broken.keras")
    expect(widget(page, "upload_refused")).to_contain_text("cannot be read to its end")
    expect(widget(page, "network_file")).to_contain_text("mine.keras")
    widget(page, "upload_refused").get_by_role("button").click()
    expect(widget(page, "upload_refused")).to_have_count(0)


def test_the_choice_is_made_by_keyboard(visit: Visit) -> None:
    page = visit("/overview?network=digits&image=digit_6")
    expect(page.locator(".seen img")).to_be_visible(timeout=START)
    option(page, "network_kind", "Built by me").focus()
    page.keyboard.press("Enter")
    expect_query(page, network="layers", image="digit_6")
    expect(widget(page, "network_choice")).to_contain_text("28x28x1: conv 32 k3 same relu")


def test_from_the_network_that_was_built_to_its_inside(visit: Visit) -> None:
    page = visit("/network?input=9x7x1&layers=conv+4+k3+relu+|+flatten+|+dense+3+softmax")
    widget(page, "look_inside").get_by_role("button").click()
    expect(page.locator(".seen")).to_contain_text("9 × 7 · grey", timeout=START)
    page.wait_for_function("location.search.includes('network=layers')")
    assert query(page)["input"] == "9x7x1"


def test_on_a_phone_nothing_is_cut(visit: Visit) -> None:
    page = visit("/overview?network=shapes&image=star&language=ko")
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator(".seen img")).to_be_visible(timeout=START)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for box in [widget(page, "network_kind").bounding_box(), page.locator(".seen").bounding_box()]:
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
