"""The kernels of a layer in a real browser: one slider moves everything, kernels are chosen, read and copied."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import SETTLED, Server, settle
from tests.browser.steps import number, query, widget

NETWORK = "/kernels?language=en&image=digit_3&network=digits_small"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
WARM = 60_000


@pytest.fixture(scope="module", autouse=True)
def warm(server: Server, chrome: Browser) -> None:
    """The first look at a network waits for TensorFlow and for 5,000 pictures: once for all tests."""
    page = chrome.new_page()
    page.goto(server.url + NETWORK)
    page.wait_for_selector(".st-key-kernel_dream canvas", timeout=WARM)
    page.wait_for_selector(SETTLED, state="attached", timeout=WARM)
    page.close()


def look(visit: Visit, more: str = "", **options: object) -> Page:
    page = visit(NETWORK + more, **options)
    expect(film(page).locator(".answer").first).to_be_visible()
    return page


def film(page: Page) -> Locator:
    return widget(page, "kernel_film")


def painted(page: Page, kind: str) -> str:
    """What is painted in the first tile: of the kernel, or of the map that it makes."""
    return str(film(page).locator(f"canvas.{kind}").first.evaluate("canvas => canvas.toDataURL()"))


def state(page: Page) -> list[str]:
    told = [
        film(page).locator(place).inner_text() for place in (".kernel-chart .note >> nth=0", ".answer.best", ".detail-about")
    ]
    return [painted(page, "kernel"), painted(page, "map"), *told]


def test_one_slider_moves_kernels_maps_weights_and_answers(visit: Visit) -> None:
    page = look(visit)
    slider = film(page).get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^Trained"))
    trained = state(page)
    slider.focus()
    page.keyboard.press("Home")
    expect(film(page).locator(".epoch")).to_have_text("Untrained")
    expect(film(page).locator("[data-epoch='0']")).to_be_visible()
    assert all(before != after for before, after in zip(trained, state(page), strict=True))
    film(page).get_by_role("button", name="One epoch on").click()
    expect(film(page).locator(".epoch")).to_contain_text("Trained")
    assert state(page) == trained
    film(page).get_by_role("button", name="Play all epochs").click()
    expect(film(page).locator(".epoch")).to_have_text("Untrained")
    expect(film(page).locator(".epoch")).to_contain_text("Trained")


def test_a_kernel_is_chosen_by_click_and_by_keyboard_and_read_in_numbers(visit: Visit) -> None:
    page = look(visit, "&layer=conv_3")
    kernels = film(page).get_by_role("radio")
    expect(kernels).to_have_count(6)
    kernels.nth(2).click()
    expect(film(page).locator(".detail-title")).to_have_text("filter 2")
    page.wait_for_url(re.compile("map=2"))
    settle(page)
    kernels.nth(2).focus()
    page.keyboard.press("ArrowRight")
    expect(film(page).locator(".detail-title")).to_have_text("filter 3")
    page.wait_for_url(re.compile("map=3"))
    settle(page)
    slices = film(page).locator(".detail-slices .grid")
    expect(slices).to_have_count(4)
    numbers = [number(text) for text in slices.first.locator("span").all_inner_texts()]
    assert len(numbers) == 9
    assert max(map(abs, numbers)) > 0.05
    expect(widget(page, "kernel_patches").locator(".frame")).to_have_count(12)
    expect(widget(page, "kernel_dream").locator("canvas")).to_be_visible()


def test_the_numbers_of_a_kernel_are_copied(visit: Visit) -> None:
    page = look(visit, permissions=["clipboard-read", "clipboard-write"])
    film(page).get_by_role("button", name="Copy the numbers").click()
    expect(film(page).get_by_role("button", name="Copied")).to_be_visible()
    rows = page.evaluate("navigator.clipboard.readText()").split("\n")
    shown = [number(text) for text in film(page).locator(".detail-slices .grid span").all_inner_texts()]
    copied = [float(value) for row in rows for value in row.split(" ")]
    assert (len(rows), len(copied)) == (5, 25)
    assert copied == pytest.approx(shown, abs=0.006)


def test_a_riddle_is_answered_and_everything_can_be_seen_on_a_phone(visit: Visit) -> None:
    page = visit(NETWORK + "&predict=true", **PHONE)
    expect(widget(page, "kernel_riddle").locator(".hiding figure").first).to_be_visible()
    expect(film(page)).to_have_count(0)
    widget(page, "predict_trained").get_by_role("radio", name="A", exact=True).tap()
    expect(widget(page, "kernel_riddle")).to_have_count(0)
    expect(widget(page, "predict_trained")).to_contain_text(re.compile("is trained|It is"))
    expect(widget(page, "kernel_beside").get_by_text("Change", exact=True).first).to_be_visible()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    film(page).locator(".kernel-chart").nth(1).scroll_into_view_if_needed()
    expect(film(page).get_by_role("slider")).to_be_in_viewport()
    assert "predict" in query(page)
