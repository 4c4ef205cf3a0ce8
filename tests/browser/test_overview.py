"""What the map of a network promises, in a real browser."""

from itertools import pairwise
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import Server, settle
from tests.browser.steps import option, query, widget

SMALL = {
    "image": "digit_3",
    "network": "layers",
    "input": "28x28x1",
    "layers": "conv 4 k3 same relu | pool 2 | conv 20 k3 same relu | pool 2 | flatten | dense 10 softmax",
}


@pytest.fixture(scope="module", autouse=True)
def warm(server: Server, chrome: Browser) -> None:
    """A worker that has imported TensorFlow: on a busy machine that takes longer than anybody waits for a page."""
    page = chrome.new_page()
    page.goto(server.url + address())
    page.locator(".st-key-network_map .name").first.wait_for(timeout=60_000)
    page.close()


def address(**more: str) -> str:
    return "/overview?" + urlencode({**SMALL, **more})


def scroller(page: Page) -> Locator:
    return widget(page, "network_map").locator(".scroller")


def opened(visit: Visit, where: str, **options: object) -> Page:
    page = visit(where, **options)
    expect(widget(page, "network_map").locator(".name").first).to_be_visible()
    return page


def middle(page: Page, name: str) -> tuple[float, float]:
    """Where the topmost maps of a layer are, in the map's own pixels; of two columns those of the first."""
    found = widget(page, "network_map").locator(".name", has=page.get_by_text(name, exact=True)).bounding_box()
    all_of_it = scroller(page).bounding_box()
    assert found
    assert all_of_it
    return found["x"] - all_of_it["x"] + found["width"] / 2, all_of_it["height"] / 2


# What stands under each column's label, as one number for each column.
COLUMNS = """() => {
  const root = document.querySelector(".st-key-network_map [data-testid=stBidiComponentIsolated]").shadowRoot;
  const left = root.querySelector(".sheet").getBoundingClientRect().left;
  const canvases = [...root.querySelectorAll(".ground canvas")];
  return [...root.querySelectorAll(".sort")].map((label) => {
    const box = label.getBoundingClientRect();
    const copy = new OffscreenCanvas(box.width, canvases[0].height - 60).getContext("2d", { willReadFrequently: true });
    for (const canvas of canvases) copy.drawImage(canvas, parseFloat(canvas.style.left) - (box.left - left), 0);
    const { data } = copy.getImageData(0, 0, copy.canvas.width, copy.canvas.height);
    return data.reduce((sum, value, index) => (sum * 31 + value * (1 + (index % 7))) | 0, 0);
  });
}"""


def maps_drawn(page: Page) -> list[str]:
    """The numbers of the maps of each column, in their order, as the table says them."""
    cells = widget(page, "network_map").locator("tbody td:nth-child(7)")
    return [cell or "" for cell in cells.all_text_contents()]


def painted(page: Page) -> int:
    return int(widget(page, "network_map").locator(".network-map").get_attribute("data-painted") or 0)


def expect_painted(page: Page, more_than: int) -> None:
    page.wait_for_function(
        """before => Number(document.querySelector(".st-key-network_map [data-testid=stBidiComponentIsolated]")
        .shadowRoot.querySelector(".network-map").dataset.painted) > before""",
        arg=more_than,
    )


def test_a_map_is_pointed_at_and_chosen(visit: Visit) -> None:
    page = opened(visit, address())
    tip = widget(page, "network_map").locator(".tip")
    expect(tip).to_be_hidden()
    x, y = middle(page, "pool_2")
    scroller(page).hover(position={"x": x, "y": y - 20})
    expect(tip).to_contain_text("pool_2 · Pooled map")
    expect(tip).to_contain_text("% zeros")
    scroller(page).click(position={"x": x, "y": y - 20})
    page.wait_for_url("**layer=pool_2**")
    settle(page)
    assert {"row", "col"} <= query(page).keys()
    again = opened(visit, "/" + page.url.split("/", 3)[3])
    assert query(again)["layer"] == "pool_2"


def test_the_keyboard_goes_everywhere(visit: Visit) -> None:
    page = opened(visit, address())
    scroller(page).focus()
    page.keyboard.press("Home")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(widget(page, "network_map").locator("[aria-live]")).to_contain_text("conv_1 · Activation map")
    page.keyboard.press("End")
    expect(widget(page, "network_map").locator("[aria-live]")).to_contain_text("%")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**layer=dense_6**")


def test_each_stroke_changes_every_column(visit: Visit) -> None:
    page = opened(visit, address())
    option(page, "source", "Draw").click()
    pad = widget(page, "drawing").locator(".square")
    expect(pad).to_be_visible()
    settle(page)
    box = pad.bounding_box()
    assert box
    seen = [page.evaluate(COLUMNS)]
    for stroke in range(2):
        before = painted(page)
        page.mouse.move(box["x"] + 50 + 60 * stroke, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 60 + 60 * stroke, box["y"] + 150)
        page.mouse.up()
        expect_painted(page, before)
        settle(page)
        seen.append(page.evaluate(COLUMNS))
    assert len(seen[0]) == 10
    for one, other in pairwise(seen):
        assert all(before != after for before, after in zip(one, other, strict=True))
    table = widget(page, "network_map").locator("table")
    expect(table.locator("tbody tr")).to_have_count(10)
    expect(widget(page, "network_map").locator("p")).to_contain_text("%")


def test_another_picture_keeps_what_is_open_and_the_place(visit: Visit) -> None:
    page = opened(visit, address(), viewport={"width": 800, "height": 900})
    more = widget(page, "network_map").locator(".more").first
    more.click()
    expect(more).to_have_text("Strongest only")
    scroller(page).evaluate("scroller => scroller.scrollLeft = 240")
    before, drawn = painted(page), maps_drawn(page)
    assert [len(row.split(",")) for row in drawn] == [1, 4, 4, 4, 20, 20, 8, 1, 1, 1]
    widget(page, "image_gallery").get_by_role("radio", name="Digit 7").click()
    expect_painted(page, before)
    settle(page)
    assert maps_drawn(page) == drawn
    expect(more).to_have_text("Strongest only")
    assert scroller(page).evaluate("scroller => scroller.scrollLeft") == 240
    assert query(page)["opened"] == "2"


def test_a_block_is_folded_and_unfolded(visit: Visit) -> None:
    page = opened(visit, address())
    names = widget(page, "network_map").locator(".name strong")
    expect(names.filter(has_text="conv_1")).to_have_count(1)
    block = widget(page, "network_map").locator(".block").first
    block.click()
    expect(names.filter(has_text="conv_1")).to_have_count(0)
    expect(block).to_have_attribute("aria-expanded", "false")
    block.click()
    expect(names.filter(has_text="conv_1")).to_have_count(1)


def test_on_a_phone_the_map_scrolls_inside_itself(visit: Visit) -> None:
    page = opened(visit, address(language="ko"), viewport={"width": 390, "height": 844}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert scroller(page).evaluate("scroller => scroller.scrollWidth > scroller.clientWidth")
    expect(widget(page, "network_map").locator(".whole-strip")).to_be_visible()
    x, y = middle(page, "conv_1")
    scroller(page).tap(position={"x": x + 30, "y": y - 20})
    page.wait_for_url("**layer=conv_1**")
