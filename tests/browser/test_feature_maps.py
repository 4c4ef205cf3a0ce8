"""All feature maps in a real browser: sliders move the maps, the chart chooses layers, every place tells its numbers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import settle
from tests.browser.steps import nudge, query, widget

NETWORK = "/feature-maps?language=en&image=digit_3&network=digits"
PHONE = {"viewport": {"width": 390, "height": 900}, "has_touch": True}


def look(visit: Visit, more: str = "", **options: object) -> Page:
    page = visit(NETWORK + more, **options)
    expect(widget(page, "map_cards").locator(".card").first).to_be_visible()
    return page


def pixels(page: Page, tile: int) -> str:
    """What is painted in one tile of the first card."""
    canvas = widget(page, "map_cards").locator(".card").first.locator("canvas").nth(tile)
    return str(canvas.evaluate("canvas => canvas.toDataURL()"))


def test_a_slider_moves_the_maps_and_putting_back_ends_the_comparison(visit: Visit) -> None:
    page = look(visit)
    expect(widget(page, "map_cards").locator(".card").first.locator("canvas")).to_have_count(3)
    nudge(page, "down", 2)
    page.wait_for_url(re.compile("down=2"))
    settle(page)
    expect(widget(page, "map_cards").locator(".card").first.locator("canvas")).to_have_count(9)
    assert pixels(page, 0) != pixels(page, 1)
    expect(page.get_by_text("2 ÷ 2 = 1 (rows)")).to_be_visible()
    widget(page, "back").get_by_text("Lay its maps back").click()
    page.wait_for_url(re.compile("back=true"))
    settle(page)
    page.get_by_role("button", name="Put back").click()
    expect(widget(page, "map_cards").locator(".card").first.locator("canvas")).to_have_count(3)
    assert "down" not in query(page)


def test_the_chart_chooses_layers_by_keyboard_and_by_pointer(visit: Visit) -> None:
    page = look(visit, "&down=1")
    chart = widget(page, "maps_depth").get_by_role("slider")
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("layer=conv_3"))
    expect(widget(page, "map_cards").locator(".head .from").first).to_contain_text("conv_3")
    expect(chart).to_have_attribute("aria-valuetext", re.compile(r"conv_3.*Differs, place by place: [\d.]+ %"))
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 60)
    expect(widget(page, "maps_depth").locator(".readout")).to_contain_text("dense_8 · activation")
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + 60)
    page.wait_for_url(re.compile("layer=dense_8"))
    expect(widget(page, "map_cards").locator(".card")).to_have_count(10)


def test_a_place_tells_its_numbers_in_every_step(visit: Visit) -> None:
    page = look(visit)
    cards = widget(page, "map_cards")
    card = cards.locator(".card").first
    card.locator(".frame").first.hover(position={"x": 30, "y": 30})
    told = cards.locator(".readout")
    expect(told).to_contain_text(re.compile(r"map 3: feature \[\d+, \d+\] \S+ · activation \[\d+, \d+\] \S+ · pooled"))
    before = told.inner_text()
    card.focus()
    page.keyboard.press("ArrowDown")
    expect(told).not_to_have_text(before)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("map=3"))
    page.get_by_role("button", name=re.compile("Take map 3 of conv_1 apart")).click()
    page.wait_for_url(re.compile("/overview.*layer=conv_1.*map=3"))


@pytest.mark.parametrize("more", ["&down=2", "&against=network&beside=digits_small&layer=dense_8"])
def test_on_a_phone_nothing_scrolls_sideways(visit: Visit, more: str) -> None:
    page = look(visit, more, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    card = widget(page, "map_cards").locator(".card").first
    card.scroll_into_view_if_needed()
    card.tap()
    expect(card).to_have_attribute("aria-pressed", "true")
