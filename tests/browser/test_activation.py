"""What the activation page promises, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, fits, nudge, number, slider, widget


def readout(page: Page, key: str = "curve") -> str:
    return widget(page, key).get_by_test_id("readout").inner_text()


def expect_readout(page: Page, text: str, key: str = "curve") -> None:
    expect(widget(page, key).get_by_test_id("readout")).to_contain_text(text)


def test_a_link_opens_on_what_its_sender_saw(visit: Visit) -> None:
    sent = {"language": "ko", "image": "digit_6", "activation": "tanh", "at": "-0.5", "bias": "2", "second": "emboss"}
    first = visit("/activation?" + "&".join(f"{name}={value}" for name, value in sent.items()) + "&between=true")
    for page in (first, visit("/" + first.url.split("/", 3)[3])):
        expect(page.get_by_role("heading", level=1)).to_contain_text("활성화 함수")
        expect(slider(page, "bias")).to_have_value("2")
        expect_readout(page, "tanh(−0.5) = −0.4621")
        expect_readout(page, "tanh′(−0.5) = 0.7864")
        expect_query(page, **sent, between="true")


def test_the_point_is_dragged_along_both_curves(visit: Visit) -> None:
    page = visit("/activation")
    expect_readout(page, "ReLU(1) = 1")
    plot = widget(page, "curve").locator(".plot.moving").first
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2, steps=6)
    expect_readout(page, "= 0")
    page.mouse.up()
    page.wait_for_url("**at=-**")
    expect(page.locator(".katex").first).to_contain_text("max")


def test_the_arrow_keys_move_the_point(visit: Visit) -> None:
    page = visit("/activation?activation=sigmoid&at=0")
    plot = widget(page, "curve").locator(".plot.moving").last
    plot.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect_readout(page, "Sigmoid(1.2) = 0.7685")
    expect(plot).to_have_attribute("aria-valuenow", "1.2")
    expect_query(page, activation="sigmoid", at="1.2")
    page.keyboard.press("Home")
    expect_readout(page, "Sigmoid(−8)")


def test_a_finger_moves_the_point(visit: Visit) -> None:
    page = visit("/activation?activation=tanh", has_touch=True, viewport={"width": 390, "height": 844})
    plot = widget(page, "curve").locator(".plot.moving").first
    plot.scroll_into_view_if_needed()
    before = readout(page)
    plot.tap(position={"x": 80, "y": 80})
    expect(widget(page, "curve").get_by_test_id("readout")).not_to_have_text(before)


def test_the_bias_takes_the_derivative_away(visit: Visit) -> None:
    page = visit("/activation?activation=sigmoid&image=digit_6&bias=9.5")
    metric = widget(page, "lost").locator("[data-testid=stMetricValue]").last
    before = number(metric.inner_text())
    nudge(page, "bias", 5)
    expect(metric).not_to_have_text(f"{before}")
    assert number(metric.inner_text()) < before
    sweep = widget(page, "sweep").locator(".plot.moving")
    sweep.focus()
    page.keyboard.press("Home")
    expect(slider(page, "bias")).to_have_value("-10")
    expect_query(page, activation="sigmoid", image="digit_6", bias="-10")


def test_two_convolutions_are_one_until_a_relu_stands_between(visit: Visit) -> None:
    page = visit("/activation?image=digit_6")
    told = widget(page, "largest_difference")
    expect(told).to_contain_text("only the rounding")
    widget(page, "between").locator("label").first.click(position={"x": 10, "y": 10})
    expect(told).to_contain_text("no single kernel does it")
    expect(widget(page, "two_layers_kernels")).to_contain_text("ReLU")
    expect_query(page, image="digit_6", between="true")


def test_a_change_of_the_function_changes_the_activation_map(visit: Visit) -> None:
    page = visit("/activation?image=digit_6")
    alternative = widget(page, "activation_map_map").locator(".frame")
    before = alternative.get_attribute("aria-label") or ""
    widget(page, "activation").get_by_role("combobox").click()
    page.get_by_role("option", name="tanh").click()
    expect(alternative).not_to_have_attribute("aria-label", before)
    expect_readout(page, "tanh(1)")
    expect_query(page, image="digit_6", activation="tanh")


@pytest.mark.parametrize("address", ["/activation", "/activation?kernel_size=11&activation=gelu&between=true&predict=true"])
def test_nothing_scrolls_sideways(visit: Visit, address: str) -> None:
    page = visit(address)
    expect(widget(page, "two_layers_difference").locator("canvas")).to_be_attached()
    expect(widget(page, "curve").get_by_test_id("readout")).to_be_visible()
    fits(page, 1024, 390)
