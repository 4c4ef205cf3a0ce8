"""One unit of a network, in a real browser: what is printed adds up, one pointer moves through all maps, clicks lead on."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import settle
from tests.browser.steps import number, query, widget

NETWORK = (
    "conv 6 k3 relu | separable 5 k3 | conv 5 k2x4 s2 same | conv 3 k3 d2 same | transposed 4 k3 s2 | batch_norm | pool 2 "
    "| flatten | dense 4 relu | dense 3 softmax"
)

ROWS = ".step-rows .amount strong, .step-row.last > strong"


def look(visit: Visit, layer: str, **options: object) -> Page:
    address = f"/overview?language=en&image=coins&input=12x15x1&layers={quote(NETWORK)}&layer={layer}&map=1"
    page = visit(address, **options)
    # The first of all looks waits until a worker has started.
    expect(page.locator(".st-key-unit_reach .frame").first).to_be_visible(timeout=60_000)
    return page


def numbers(parts: Locator) -> list[float]:
    return [float(text.replace("−", "-")) for text in parts.all_inner_texts()]


def expect_sums(step: Locator) -> None:
    """The printed rows add up to the printed sum, and the printed products of each row to the row."""
    *rows, bias, total = numbers(step.locator(ROWS))
    assert sum(rows) + bias == pytest.approx(total, abs=1e-9)
    for line in step.locator(".products .line").all():
        products = numbers(line.locator(".grid.terms span"))
        assert sum(products) == pytest.approx(number(line.locator("> strong").inner_text()), abs=1e-9)


@pytest.mark.parametrize("layer", ["separable_2", "conv_3", "conv_4", "transposed_5"])
def test_what_is_printed_adds_up_under_the_pointer(visit: Visit, layer: str) -> None:
    page = look(visit, layer)
    step = widget(page, "unit_step")
    expect(step.get_by_test_id("step-total")).not_to_be_empty()
    expect_sums(step)
    before = step.locator(".status").inner_text()
    target = step.locator(".panel.small.part .frame").nth(1)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.3 * box["height"])
    expect(step.locator(".status")).not_to_have_text(before)
    expect_sums(step)
    assert "row" not in query(page)


def test_keys_and_clicks_pin_a_place_and_names_lead_on(visit: Visit) -> None:
    page = look(visit, "separable_2")
    step = widget(page, "unit_step")
    expect(step.locator(".status")).to_contain_text("[4, 5]")
    step.locator(".panel.feature .frame").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(step.locator(".status")).to_contain_text("[5, 6]")
    page.wait_for_url(re.compile("row=5&col=6"))
    settle(page)
    expect(widget(page, "unit")).to_contain_text("[5, 6] sees rows 5 to 9 and columns 6 to 10")
    step.get_by_role("button", name=re.compile(r"^conv_1 · map \d")).first.click()
    page.wait_for_url(re.compile("layer=conv_1"))
    expect(widget(page, "unit").get_by_role("heading", name=re.compile("conv_1"))).to_be_visible()


def test_other_layers_write_their_number_out(visit: Visit) -> None:
    page = look(visit, "batch_norm_6")
    expect(widget(page, "unit_passage").locator(".passage-lines")).to_contain_text("epsilon")
    page = look(visit, "pool_7")
    lines = widget(page, "unit_passage").locator(".passage-lines")
    expect(lines).to_contain_text("max(")
    inner, result = lines.inner_text().split("=")
    assert max(float(text.replace("−", "-")) for text in re.findall(r"−?[\d.]+", inner)) == number(result)


def test_a_dense_unit_on_a_phone(visit: Visit) -> None:
    page = look(visit, "dense_9", viewport={"width": 390, "height": 900}, has_touch=True)
    back = widget(page, "unit_back")
    expect(back.get_by_test_id("step-total")).not_to_be_empty()
    *rows, bias, total = numbers(back.locator(ROWS))
    assert sum(rows) + bias == pytest.approx(total, abs=1e-9)
    expect(widget(page, "unit_terms").get_by_test_id("terms-total")).to_be_visible()
    terms = numbers(widget(page, "unit_terms").locator("tbody tr td:nth-child(3)"))
    assert sum(terms[:-1]) == pytest.approx(terms[-1], abs=1e-9)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page = look(visit, "dense_10", viewport={"width": 390, "height": 900}, has_touch=True)
    expect(widget(page, "unit_softmax").get_by_test_id("probability")).to_be_visible()
    shares = numbers(widget(page, "unit_softmax").locator("tbody tr td:nth-child(5)"))
    assert sum(shares[:-1]) == pytest.approx(shares[-1], abs=1e-9) == 1
