"""What the augmentation page promises, in a real browser."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import Server
from tests.browser.steps import expect_query, fits, nudge, option, slider, widget

COLD = 90_000
"""Milliseconds that a first answer may take on a busy machine."""

TURNED = "/augmentation?language=en&rotation=40&fill_mode=constant"


def tiles(page: Page, key: str = "variants") -> Locator:
    """The pictures of a group."""
    return widget(page, key).locator(".frame")


def expect_variants(page: Page) -> None:
    """Wait for sixteen variants; a worker process may have to load TensorFlow first."""
    expect(tiles(page)).to_have_count(16, timeout=COLD)


@pytest.fixture(scope="module", autouse=True)
def _warm(server: Server, chrome: Browser) -> None:
    """The first visitor waits for TensorFlow."""
    page = chrome.new_page()
    page.goto(server.url + TURNED, timeout=COLD)
    expect_variants(page)
    page.close()


def pixels(page: Page, key: str, number: int) -> str:
    """What a picture shows, as text."""
    return str(tiles(page, key).nth(number).locator("canvas").evaluate("canvas => canvas.toDataURL()"))


def test_the_page_opens_on_the_picture_and_a_recipe_varies_it(visit: Visit) -> None:
    page = visit("/augmentation?language=en")
    expect(widget(page, "nothing_varied")).to_contain_text("Nothing is varied yet")
    expect(tiles(page, "unvaried")).to_have_count(1)
    widget(page, "start_photo").get_by_role("button").click()
    expect_variants(page)
    expect(slider(page, "rotation")).to_have_value("10")
    assert len({pixels(page, "variants", number) for number in range(16)}) == 16
    option(page, "pictures", "16 digits").click()
    expect(tiles(page).first.locator("canvas")).to_have_js_property("width", 28)


def test_a_link_opens_on_the_very_variants_of_its_sender(visit: Visit) -> None:
    address = f"{TURNED}&seed=7&variant=5"
    seen = []
    for page in (visit(address), visit(address)):
        expect_variants(page)
        expect(tiles(page).nth(5)).to_have_attribute("aria-checked", "true")
        expect_query(page, language="en", rotation="40", fill_mode="constant", seed="7", variant="5")
        seen.append(pixels(page, "variants", 5))
    assert seen[0] == seen[1]


def test_a_slider_and_again_draw_other_variants(visit: Visit) -> None:
    page = visit(TURNED)
    expect_variants(page)
    described = tiles(page).nth(2)
    before = described.get_attribute("aria-label") or ""
    nudge(page, "rotation", 5)
    expect(described).not_to_have_attribute("aria-label", before)
    before = described.get_attribute("aria-label") or ""
    widget(page, "again").get_by_role("button").click()
    expect(described).not_to_have_attribute("aria-label", before)
    expect_query(page, language="en", rotation="45", fill_mode="constant", seed="1")


def test_a_variant_is_chosen_by_click_and_by_keyboard(visit: Visit) -> None:
    page = visit(TURNED)
    expect_variants(page)
    tiles(page).nth(6).click()
    expect(widget(page, "closer")).to_contain_text("Drawn for variant 7")
    expect_query(page, language="en", rotation="40", fill_mode="constant", variant="6")
    page.keyboard.press("ArrowRight")
    expect(widget(page, "closer")).to_contain_text("Drawn for variant 8")
    page.keyboard.press("ArrowDown")
    expect(widget(page, "closer")).to_contain_text("Drawn for variant 12")
    page.keyboard.press("Home")
    expect(widget(page, "closer")).to_contain_text("Drawn for variant 1")
    expect(tiles(page).first).to_be_focused()
    phrase = (tiles(page).first.get_attribute("aria-label") or "").split(": ")[1]
    expect(widget(page, "closer")).to_contain_text(phrase)


def test_a_finger_chooses_a_variant(visit: Visit) -> None:
    page = visit(TURNED, has_touch=True, viewport={"width": 390, "height": 844})
    expect_variants(page)
    tiles(page).nth(9).tap()
    expect(widget(page, "closer")).to_contain_text("Drawn for variant 10")


def test_a_click_chooses_what_fills_the_border(visit: Visit) -> None:
    page = visit(TURNED)
    expect(tiles(page, "fill_modes")).to_have_count(4, timeout=COLD)
    before = pixels(page, "variants", 0)
    tiles(page, "fill_modes").nth(3).click()
    expect_query(page, language="en", rotation="40", fill_mode="wrap")
    expect(widget(page, "keras_code")).to_contain_text('fill_mode="wrap"')
    page.wait_for_function(
        """before => document.querySelector(".st-key-variants [data-testid=stBidiComponentIsolated]")
            .shadowRoot.querySelector("canvas").toDataURL() !== before""",
        arg=before,
    )


def test_a_range_upside_down_is_mended_by_its_button(visit: Visit) -> None:
    page = visit("/augmentation?language=en&zoom_low=1.5&zoom_high=0.8")
    expect(widget(page, "range_problem")).to_contain_text("the smallest is 1.5 and the largest 0.8")
    widget(page, "range_problem").get_by_role("button", name="0.80 to 1.50").click()
    expect_variants(page)
    expect_query(page, language="en", zoom_low="0.8", zoom_high="1.5")


def test_a_card_is_judged_and_explained(visit: Visit) -> None:
    page = visit("/augmentation?language=en&image=digit_6")
    expect(tiles(page, "card")).to_have_count(2)
    widget(page, "judge_same").get_by_role("button").click()
    expect(widget(page, "judge")).to_contain_text("It is a 9 now")
    widget(page, "judge_next").get_by_role("button").click()
    expect(widget(page, "judge")).to_contain_text("Card 2 of 4")


def workers(server: Server) -> list[int]:
    """The process ids of the server's worker processes."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == server.process and b"models.engine.worker" in command:
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_a_worker_that_is_killed_costs_nobody_anything(visit: Visit, server: Server) -> None:
    page = visit(TURNED)
    expect_variants(page)
    before = workers(server)
    assert before
    for process in before:
        os.kill(process, signal.SIGKILL)
    described = tiles(page).nth(2)
    label = described.get_attribute("aria-label") or ""
    nudge(page, "rotation", 3)
    retry = widget(page, "sixteen_problem").get_by_role("button")
    expect(retry.or_(described).first).to_be_visible()
    if retry.count():
        retry.click()
    expect(described).not_to_have_attribute("aria-label", label, timeout=COLD)
    assert not set(before) & set(workers(server))


@pytest.mark.parametrize("address", ["/augmentation", f"{TURNED}&noise=0.1&erasing=0.5&crop=0.2&hue=30&pictures=shapes"])
def test_nothing_scrolls_sideways(visit: Visit, address: str) -> None:
    page = visit(address)
    expect(tiles(page, "fill_modes")).to_have_count(4, timeout=COLD)
    fits(page, 1024, 390)
