"""Links that somebody mistyped, or wrote with bad intent: the page loads, says what it did not take, and works."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, expect_shapes, nudge, slider, widget

# More of these, and of each kind of setting, without a browser: tests/app/test_controls.py.
NONSENSE = ["0", "9" * 5000]


def problems(page: Page) -> list[str]:
    return widget(page, "link_problems").locator("li").all_inner_texts()


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: value[:12])
def test_a_number_that_cannot_be_is_named_and_replaced(visit: Visit, value: str) -> None:
    page = visit(f"/convolution?stride={quote(value)}&filters=3")
    expect_shapes(page, (1, 64, 96, 3), (1, 62, 94, 3))
    expect(slider(page, "stride")).to_have_value("1")
    (sentence,) = problems(page)
    assert "Stride" in sentence
    assert "whole numbers from 1 to 8" in sentence
    assert len(sentence) < 300
    nudge(page, "stride", 1)
    expect_shapes(page, (1, 64, 96, 3), (1, 31, 47, 3))
    expect_query(page, filters="3", stride="2")


def test_each_kind_of_setting_explains_itself(visit: Visit) -> None:
    page = visit(f"/convolution?bias=inf&stride=2&stride=3&colour=%00&language=xx&kernel={'1+' * 5000}")
    expect_shapes(page, (1, 64, 96, 3), (1, 62, 94, 4))
    told = " ".join(problems(page))
    assert len(problems(page)) == 5
    assert all(name in told for name in ("Bias", "Stride", "Channels", "Language", "Kernel"))
    page.get_by_role("button", name="Got it").click()
    expect(widget(page, "link_problems")).to_have_count(0)


MARKUP = ["<script>hacked=1</script>", "<img src=x onerror=hacked=1>", "![x](javascript:hacked=1)"]


def test_nothing_from_a_link_becomes_markup(visit: Visit) -> None:
    kernel, image, stride = map(quote, MARKUP)
    page = visit(f"/convolution?kernel={kernel}&image={image}&stride={stride}")
    expect(widget(page, "microscope")).to_be_visible()
    for markup in MARKUP:
        expect(page.locator("[class*=_problem]").filter(has_text=markup[:4]).first).to_be_visible()
    assert page.evaluate("typeof hacked") == "undefined"
    assert page.locator("[class*=_problem] :is(script, img)").count() == 0


def test_a_kernel_that_no_one_can_read_is_explained_where_it_stands(visit: Visit) -> None:
    page = visit("/convolution?kernel=1+2%3B+3")
    expect(widget(page, "kernel_problem")).to_be_visible()
    widget(page, "kernel_problem").get_by_role("button").first.click()
    expect(widget(page, "kernel_problem")).to_have_count(0)
    expect_query(page)
