"""What the pooling page promises, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, expect_shapes, fits, frame, nudge, number, option, slider, total, widget

MICROSCOPE = "pooling_microscope"
GRID = "/pooling?image=grid_5x7&row=0&col=0"


def expect_point(page: Page, row: int, column: int) -> None:
    """Wait until the microscope stands on a pixel of the pooled map."""
    expect(widget(page, MICROSCOPE).locator(".status")).to_contain_text(f"[{row}, {column}]")


def numbers(text: str) -> list[float]:
    return [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def test_a_link_opens_on_what_its_sender_saw(visit: Visit) -> None:
    sent = {
        "language": "ko",
        "image": "coins",
        "long_side": "64",
        "kind": "average",
        "size": "5",
        "stride": "3",
        "padding": "same",
        "pooled": "relu",
        "kernel": "1 0 -1; 2 0 -2; 1 0 -1",
        "filters": "2",
        "filter": "1",
        "down": "2",
        "follow": "false",
    }
    first = visit("/pooling?" + "&".join(f"{name}={value}" for name, value in sent.items()))
    for page in (first, visit("/" + first.url.split("/", 3)[3])):
        expect(page.get_by_role("heading", level=1)).to_contain_text("풀링")
        expect(slider(page, "size")).to_have_value("5")
        expect(slider(page, "stride")).to_have_value("3")
        expect(slider(page, "down")).to_have_value("2")
        expect_shapes(page, (1, 50, 64, 2), (1, 17, 22, 2))
        expect(widget(page, "keras_line")).to_contain_text("AveragePooling2D(pool_size=5, strides=3")
        expect(widget(page, MICROSCOPE)).to_contain_text("필터 2")
        expect_query(page, **sent)


def test_the_stride_follows_the_size_until_somebody_moves_it(visit: Visit) -> None:
    page = visit("/pooling")
    expect_shapes(page, (1, 64, 96, 3), (1, 32, 48, 3))
    nudge(page, "size", 2)
    expect_shapes(page, (1, 64, 96, 3), (1, 16, 24, 3))
    expect_query(page, size="4", stride="4")
    expect(slider(page, "stride")).to_have_value("4")
    nudge(page, "stride", -3)
    expect_shapes(page, (1, 64, 96, 3), (1, 61, 93, 3))
    expect_query(page, size="4", stride="1", follow="false")
    nudge(page, "size", -1)
    expect_shapes(page, (1, 64, 96, 3), (1, 62, 94, 3))
    expect_query(page, size="3", stride="1", follow="false")


def terms_add_up(page: Page) -> None:
    """The terms of a mean add up to its sum, and the sum divided by their count is the mean, as they are written."""
    terms = numbers(page.locator(".terms").inner_text())
    shown, divisor = (number(page.get_by_test_id(name).inner_text()) for name in ("sum", "divisor"))
    assert len(terms) == divisor
    assert sum(terms) == pytest.approx(shown, abs=1e-9)
    assert number(total(page).inner_text()) == pytest.approx(shown / divisor, abs=1e-3)


def test_the_mouse_moves_the_window_and_the_mean_adds_up(visit: Visit) -> None:
    page = visit("/pooling?image=digit_3&kind=average&size=3&padding=same&row=4&col=4")
    expect(total(page)).to_be_visible()
    terms_add_up(page)
    for x, y in ((60, 60), (120, 90), (250, 5)):
        frame(page, "pooled", MICROSCOPE).hover(position={"x": x, "y": y})
        terms_add_up(page)


def test_the_padding_is_not_counted(visit: Visit) -> None:
    page = visit(GRID + "&kind=average&size=4&stride=4&padding=same")
    microscope = widget(page, MICROSCOPE)
    expect(microscope.locator(".padded")).not_to_have_count(0)
    cells, padded = microscope.locator(".values span").count(), microscope.locator(".values .padded").count()
    expect(page.get_by_test_id("divisor")).to_have_text(str(cells - padded))
    terms_add_up(page)


def test_the_winner_is_the_largest_or_the_smallest(visit: Visit) -> None:
    for kind, choose in (("max", max), ("min", min)):
        page = visit(GRID + f"&kind={kind}&size=3")
        expect(total(page)).to_be_visible()
        cells = [number(text) for text in widget(page, MICROSCOPE).locator(".values span").all_inner_texts()]
        assert number(total(page).inner_text()) == choose(cells)
        assert number(widget(page, MICROSCOPE).locator(".winner").inner_text()) == choose(cells)


def test_the_arrow_keys_move_the_window_and_a_click_pins_it(visit: Visit) -> None:
    page = visit(GRID)
    frame(page, "pooled", MICROSCOPE).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect_point(page, 1, 1)
    expect_query(page, image="grid_5x7", row="1", col="1")
    page.keyboard.press("Home")
    expect_point(page, 0, 0)
    box = frame(page, "pooled", MICROSCOPE).bounding_box()
    assert box
    frame(page, "pooled", MICROSCOPE).click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.1})
    expect_query(page, image="grid_5x7", row="0", col="2")


def test_a_finger_moves_the_window(visit: Visit) -> None:
    page = visit("/pooling?image=digit_3", has_touch=True, viewport={"width": 820, "height": 1000})
    frame(page, "pooled", MICROSCOPE).scroll_into_view_if_needed()
    frame(page, "pooled", MICROSCOPE).tap(position={"x": 20, "y": 20})
    status = widget(page, MICROSCOPE).locator(".status")
    before = status.inner_text()
    frame(page, "pooled", MICROSCOPE).tap(position={"x": 120, "y": 100})
    expect(status).not_to_have_text(before)
    frame(page, "input", MICROSCOPE).tap(position={"x": 120, "y": 100})
    expect(status).to_contain_text("lies in 1 windows")


def test_the_window_walks_by_itself(visit: Visit) -> None:
    page = visit(GRID)
    microscope = widget(page, MICROSCOPE)
    microscope.get_by_role("slider").fill("6")
    microscope.get_by_role("button", name="Slide the window").click()
    expect(microscope.locator(".status")).not_to_contain_text("[0, 0]")
    microscope.get_by_role("button", name="Pause").click()
    microscope.get_by_role("button", name="Start over").click()
    expect_point(page, 0, 0)


@pytest.mark.parametrize("kind", ["global_average", "global_max"])
def test_a_whole_large_picture_becomes_one_number(visit: Visit, kind: str) -> None:
    page = visit(f"/pooling?long_side=512&kind={kind}")
    expect_shapes(page, (1, 341, 512, 3), (1, 3))
    expect(total(page)).to_have_count(3)


def test_only_the_winners_are_shown(visit: Visit) -> None:
    page = visit("/pooling?image=digit_3")
    expect(total(page)).to_be_visible()
    expect(widget(page, "shifted_kinds").locator("canvas").first).to_be_attached()
    widget(page, "winners").get_by_role("switch").focus()
    page.keyboard.press("Space")
    expect(widget(page, MICROSCOPE).locator(".panel.input .note")).to_contain_text("Only what won")
    expect_query(page, image="digit_3", winners="true")


def test_a_shift_changes_the_numbers(visit: Visit) -> None:
    page = visit("/pooling?image=checkerboard&right=0")
    table = widget(page, "kinds_table")
    expect(table).to_contain_text("0.00%")
    before = table.inner_text()
    nudge(page, "right", 1)
    expect(table).not_to_have_text(before)
    expect_query(page, image="checkerboard")


def test_a_window_that_does_not_fit_is_explained_and_mended(visit: Visit) -> None:
    page = visit("/pooling?image=grid_3x3&size=5")
    expect(widget(page, "window_problem")).to_contain_text("covers 5 pixels")
    widget(page, "window_problem").get_by_role("button", name="Window size 3").click()
    expect(widget(page, "window_problem")).to_have_count(0)
    expect_shapes(page, (1, 3, 3, 1), (1, 1, 1, 1))


def test_the_picture_and_the_kernel_follow_from_the_convolution_page(visit: Visit) -> None:
    page = visit("/convolution?image=digit_7&kernel=laplacian&kernel_size=5&filters=2")
    page.get_by_role("link", name="Pooling").first.click()
    expect_shapes(page, (1, 28, 28, 1), (1, 14, 14, 1))
    option(page, "pooled", "Feature map").click()
    expect(slider(page, "kernel_size")).to_have_value("5")
    expect_shapes(page, (1, 28, 28, 2), (1, 14, 14, 2))
    expect_query(page, image="digit_7", kernel="laplacian", kernel_size="5", filters="2", pooled="feature")


def test_a_click_on_a_map_puts_it_under_the_microscope(visit: Visit) -> None:
    page = visit("/pooling?image=digit_7&pooled=feature")
    widget(page, "pooled_maps").locator(".frame").nth(2).click(position={"x": 30, "y": 30})
    expect(widget(page, MICROSCOPE)).to_contain_text("Filter 3")
    page.wait_for_url("**filter=2**")


@pytest.mark.parametrize("address", ["/pooling", "/pooling?kind=average&size=8&pooled=feature&padding=same&predict=true"])
def test_nothing_scrolls_sideways(visit: Visit, address: str) -> None:
    page = visit(address)
    expect(total(page).first).to_be_visible()
    fits(page, 1024, 390)
