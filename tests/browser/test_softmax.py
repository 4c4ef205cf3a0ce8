"""What the softmax page promises, in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, fits, nudge, number, slider, widget


def row(page: Page, index: int) -> Locator:
    return widget(page, "logits_diagram").locator(".logit").nth(index)


def probability(page: Page, index: int) -> Locator:
    return row(page, index).locator(".probability")


def everything_adds_up(page: Page) -> None:
    for line in widget(page, "logits_diagram").locator(".sum").all():
        terms = [number(text) for text in line.locator(".term").all_inner_texts()]
        assert sum(terms) == pytest.approx(number(line.locator(".total").inner_text()), abs=1e-9)


def test_a_link_opens_on_what_its_sender_saw(visit: Visit) -> None:
    sent = {"language": "ko", "classes": "4", "temperature": "2", "truth": "1", "logits": "3 1 -1 0.5", "names": "여우,늑대"}
    first = visit("/softmax?" + "&".join(f"{name}={value}" for name, value in sent.items()))
    for page in (first, visit("/" + first.url.split("/", 3)[3])):
        expect(page.get_by_role("heading", level=1)).to_contain_text("소프트맥스")
        expect(row(page, 1).locator(".class-name")).to_have_value("늑대")
        expect(row(page, 2).locator(".class-name")).to_have_value("새")
        expect(probability(page, 0)).to_have_text("0.5587")
        expect(widget(page, "truth").get_by_role("combobox")).to_have_value("늑대")
        everything_adds_up(page)
        expect_query(page, **sent)


def test_a_slider_moves_a_logit_and_every_probability(visit: Visit) -> None:
    page = visit("/softmax")
    expect(probability(page, 0)).to_have_text("0.6590")
    everything_adds_up(page)
    logit = row(page, 2).get_by_role("slider")
    logit.focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(row(page, 2).get_by_role("spinbutton")).to_have_value("1")
    expect_query(page, logits="2 1 1")
    expect(probability(page, 0)).to_have_text("0.5761")
    everything_adds_up(page)


def test_a_slider_is_dragged(visit: Visit) -> None:
    page = visit("/softmax")
    box = row(page, 1).get_by_role("slider").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    expect(row(page, 1).get_by_role("spinbutton")).to_have_value("10")
    expect(widget(page, "argmax")).to_contain_text("dog")
    expect_query(page, logits="2 10 0.1")
    expect(row(page, 1).get_by_role("spinbutton")).to_have_value("10")


def test_a_logit_of_1000_is_typed(visit: Visit) -> None:
    page = visit("/softmax")
    row(page, 0).get_by_role("spinbutton").fill("1000")
    expect(widget(page, "overflow_table")).to_contain_text("NaN")
    expect(probability(page, 0)).to_have_text("1.0000")
    expect_query(page, logits="1000 1 0.1")
    everything_adds_up(page)


def test_a_class_is_renamed_and_its_name_is_no_markup(visit: Visit) -> None:
    page = visit("/softmax")
    name = row(page, 0).locator(".class-name")
    name.fill("<b>tiger</b>, *x*")
    name.press("Enter")
    expect(widget(page, "argmax")).to_contain_text("<b>tiger</b>  *x*".replace("  ", " "))
    page.wait_for_url("**names=**")


def test_more_classes_and_a_higher_temperature(visit: Visit) -> None:
    page = visit("/softmax")
    nudge(page, "classes", 2)
    expect(widget(page, "logits_diagram").locator(".logit")).to_have_count(5)
    expect(row(page, 4).locator(".class-name")).to_have_value("horse")
    before = number(probability(page, 0).inner_text())
    nudge(page, "temperature", 5)
    expect_query(page, classes="5", temperature="1.5")
    expect(probability(page, 0)).not_to_have_text(f"{before:.4f}")
    assert number(probability(page, 0).inner_text()) < before
    everything_adds_up(page)


def test_the_buttons_set_logits(visit: Visit) -> None:
    page = visit("/softmax")
    page.get_by_role("button", name="A tie").click()
    expect(widget(page, "argmax")).to_contain_text("A tie: cat, dog")
    expect(row(page, 1).get_by_role("spinbutton")).to_have_value("2")
    page.get_by_role("button", name="Start").click()
    expect_query(page)
    expect(row(page, 1).get_by_role("spinbutton")).to_have_value("1")


def test_the_threshold_of_one_unit(visit: Visit) -> None:
    page = visit("/softmax?threshold=0.73")
    verdict = widget(page, "one_verdict")
    expect(verdict).to_contain_text("the answer is yes")
    nudge(page, "threshold", 1)
    expect(verdict).to_contain_text("the answer is no")
    plot = widget(page, "one_unit").locator(".plot.moving")
    plot.focus()
    page.keyboard.press("ArrowRight")
    expect(verdict).to_contain_text("the answer is yes")
    expect(slider(page, "one_logit")).to_have_value("1.1")
    expect_query(page, one_logit="1.1", threshold="0.74")


def test_a_finger_moves_a_logit(visit: Visit) -> None:
    page = visit("/softmax", has_touch=True, viewport={"width": 390, "height": 844})
    logit = row(page, 0).get_by_role("slider")
    logit.scroll_into_view_if_needed()
    logit.tap(position={"x": 20, "y": 15})
    expect(probability(page, 0)).not_to_have_text("0.6590")
    everything_adds_up(page)


@pytest.mark.parametrize("address", ["/softmax", "/softmax?classes=10&logits=1000+999+998+7&predict=true"])
def test_nothing_scrolls_sideways(visit: Visit, address: str) -> None:
    page = visit(address)
    expect(probability(page, 0)).to_be_visible()
    fits(page, 1024, 390)
