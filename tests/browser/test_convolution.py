"""What the convolution page promises, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import (
    expect_point,
    expect_query,
    expect_shapes,
    fits,
    frame,
    nudge,
    number,
    option,
    slider,
    total,
    widget,
)

GRID = "/convolution?language=en&image=grid_5x7&kernel=1+0+-1%3B+2+0+-2%3B+1+0+-1&filters=1&row=0&col=0"


def test_a_link_opens_on_what_its_sender_saw(visit: Visit) -> None:
    sent = {
        "language": "ko",
        "image": "coins",
        "long_side": "64",
        "kernel_size": "3",
        "kernel": "1 0 -1; 2 0 -2; 1 0 -1",
        "stride": "2",
        "padding": "amount",
        "pad": "3",
        "filters": "2",
        "activation": "relu",
        "bias": "0.5",
        "scale": "own",
    }
    first = visit("/convolution?" + "&".join(f"{name}={value}" for name, value in sent.items()))
    for page in (first, visit("/" + first.url.split("/", 3)[3])):
        expect(page.get_by_role("heading", level=1)).to_contain_text("합성곱")
        expect(slider(page, "stride")).to_have_value("2")
        expect(slider(page, "pad")).to_have_value("3")
        expect(slider(page, "bias")).to_have_value("0.5")
        expect(widget(page, "kernel_numbers").locator("input[data-at]").nth(3)).to_have_value("2")
        expect_shapes(page, (1, 50, 64, 1), (1, 27, 34, 2))
        expect_query(page, **{name: value for name, value in sent.items() if name != "kernel_size"})
        expect(widget(page, "keras_line")).to_contain_text("layers.Conv2D(2, kernel_size=3, strides=2")


def test_a_slider_changes_the_shape_and_the_address(visit: Visit) -> None:
    page = visit("/convolution")
    expect_shapes(page, (1, 64, 96, 3), (1, 62, 94, 4))
    nudge(page, "stride", 2)
    expect_shapes(page, (1, 64, 96, 3), (1, 21, 32, 4))
    nudge(page, "kernel_size", 2)
    expect_shapes(page, (1, 64, 96, 3), (1, 20, 31, 4))
    expect(widget(page, "parameters")).to_contain_text("304")
    expect_query(page, kernel_size="5", stride="3")
    nudge(page, "stride", -2)
    nudge(page, "kernel_size", -2)
    expect_shapes(page, (1, 64, 96, 3), (1, 62, 94, 4))
    expect_query(page)


def test_two_steps_at_once_leave_the_page_alive(visit: Visit) -> None:
    page = visit("/convolution")
    for there in (2, -2) * 3:
        nudge(page, "stride", there)
        expect_shapes(page, (1, 64, 96, 3), (1, 21, 32, 4) if there > 0 else (1, 62, 94, 4))
        expect(slider(page, "stride")).to_be_focused()


def test_a_slider_can_be_dragged(visit: Visit) -> None:
    page = visit("/convolution")
    track = widget(page, "filters").locator("[data-orientation=horizontal]").last.bounding_box()
    handle = slider(page, "filters").locator("xpath=../..").bounding_box()
    assert track
    assert handle
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"], handle["y"] + handle["height"] / 2, steps=5)
    page.mouse.up()
    expect_query(page, filters="16")
    expect_shapes(page, (1, 64, 96, 3), (1, 62, 94, 16))
    expect(widget(page, "filter_maps").locator("figure")).to_have_count(16)


def terms_add_up(page: Page) -> None:
    """The products of each line add up to its sum, the sums and the bias to the total, exactly as they are written."""
    microscope = widget(page, "microscope")
    sums = []
    for line in microscope.locator(".line").all():
        products = [number(text) for text in line.locator(".terms span").all_inner_texts()]
        sums.append(number(line.locator("> strong").inner_text()))
        assert sum(products) == pytest.approx(sums[-1], abs=1e-9)
    terms = [number(text) for text in microscope.locator(".sum .term").all_inner_texts()]
    assert terms[:-1] == sums
    assert sum(terms) == pytest.approx(number(total(page).inner_text()), abs=1e-9)


def test_the_mouse_moves_the_microscope(visit: Visit) -> None:
    page = visit("/convolution?kernel_size=4&bias=0.3")
    expect(total(page)).to_be_visible()
    terms_add_up(page)
    before = total(page).inner_text()
    frame(page, "feature").hover(position={"x": 150, "y": 90})
    expect(total(page)).not_to_have_text(before)
    terms_add_up(page)
    frame(page, "input").hover(position={"x": 150, "y": 90})
    expect(widget(page, "microscope").locator(".status")).to_contain_text("16")


def test_the_arrow_keys_move_the_microscope(visit: Visit) -> None:
    page = visit(GRID)
    expect_point(page, 0, 0)
    values = {total(page).inner_text()}
    frame(page, "feature").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect_point(page, 1, 2)
    terms_add_up(page)
    page.keyboard.press("End")
    expect_point(page, 2, 4)
    values.add(total(page).inner_text())
    assert len(values) == 2


def test_a_finger_moves_the_microscope(visit: Visit) -> None:
    page = visit("/convolution", has_touch=True, viewport={"width": 820, "height": 1000})
    frame(page, "feature").scroll_into_view_if_needed()
    before = total(page).inner_text()
    frame(page, "feature").tap(position={"x": 120, "y": 60})
    expect(total(page)).not_to_have_text(before)
    terms_add_up(page)
    frame(page, "input").tap(position={"x": 120, "y": 60})
    expect(widget(page, "microscope").locator(".status")).to_contain_text("9 windows")


def test_the_window_slides_and_pauses(visit: Visit) -> None:
    page = visit(GRID)
    microscope = widget(page, "microscope")
    microscope.get_by_role("slider").fill("6")
    microscope.get_by_role("button", name="Slide the window").click()
    expect(microscope.get_by_role("button", name="Pause")).to_be_visible()
    expect(microscope.locator(".status")).not_to_contain_text("[0, 0]")
    microscope.get_by_role("button", name="Pause").click()
    microscope.get_by_role("button", name="Start over").click()
    expect_point(page, 0, 0)
    microscope.get_by_role("button", name="One step on").click()
    expect_point(page, 0, 1)
    microscope.get_by_role("button", name="One step back").click()
    expect_point(page, 0, 0)


def test_a_click_pins_the_pixel_in_the_address(visit: Visit) -> None:
    page = visit(GRID)
    box = frame(page, "feature").bounding_box()
    assert box
    frame(page, "feature").click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.5})
    expect_query(page, language="en", image="grid_5x7", kernel="1 0 -1; 2 0 -2; 1 0 -1", filters="1", row="1", col="2")


def test_typed_numbers_change_the_map_and_the_address(visit: Visit) -> None:
    page = visit("/convolution?language=en&image=single_pixel&kernel=identity&filters=1")
    cells = widget(page, "kernel_numbers").locator("input[data-at]")
    expect(cells).to_have_count(9)
    alternative = widget(page, "filter_maps").locator(".frame").first
    before = alternative.get_attribute("aria-label") or ""
    cells.nth(2).fill("7")
    cells.nth(2).press("Enter")
    expect_query(page, language="en", image="single_pixel", filters="1", kernel="0 0 7; 0 1 0; 0 0 0")
    expect(alternative).not_to_have_attribute("aria-label", before)
    expect(widget(page, "kernel_name").get_by_role("combobox")).to_have_value("My own numbers")


def test_a_window_that_does_not_fit_is_explained_and_mended(visit: Visit) -> None:
    page = visit("/convolution?image=grid_3x3&kernel_size=5")
    expect(widget(page, "window_problem")).to_contain_text("covers 5 pixels")
    widget(page, "window_problem").get_by_role("button").first.click()
    expect(widget(page, "window_problem")).to_have_count(0)
    expect_shapes(page, (1, 3, 3, 1), (1, 1, 1, 4))


def test_the_answers_stay_hidden_until_they_are_guessed(visit: Visit) -> None:
    page = visit("/convolution?image=grid_5x7&predict=true&filters=2")
    guesses = {"height": "3", "width": "5", "filters": "2", "parameters": "18"}
    expect(widget(page, "output_shape")).to_have_count(0)
    for name, guess in guesses.items():
        field = widget(page, f"guess_{name}").get_by_role("spinbutton")
        field.fill(guess)
        field.press("Enter")
    expect_shapes(page, (1, 5, 7, 1), (1, 3, 5, 2))
    expect(widget(page, "predict_convolution")).to_contain_text("forgot the bias: one for each of the 2 filters")


def test_the_language_switch_keeps_the_settings(visit: Visit) -> None:
    page = visit("/convolution?stride=3&image=coffee")
    option(page, "language_switch", "한국어").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("합성곱")
    expect(slider(page, "stride")).to_have_value("3")
    expect_query(page, stride="3", image="coffee", language="ko")


def test_the_first_visit_follows_the_browser(visit: Visit) -> None:
    page = visit("/convolution", locale="ko-KR")
    expect(page.get_by_role("heading", level=1)).to_contain_text("합성곱")
    expect_query(page)


def test_dark_mode_follows_the_system(visit: Visit) -> None:
    light, dark = (
        visit(GRID, color_scheme=scheme).evaluate(
            "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        )
        for scheme in ("light", "dark")
    )
    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(18, 21, 28)")


@pytest.mark.parametrize("address", ["/", "/convolution", "/convolution?kernel_size=11&activation=relu&predict=true"])
def test_nothing_scrolls_sideways(visit: Visit, address: str) -> None:
    page = visit(address)
    expect(total(page)).to_be_visible()
    fits(page, 1024, 768, 390)


def test_back_and_forward_and_the_other_page_keep_the_settings(visit: Visit) -> None:
    page = visit("/convolution?stride=3")
    nudge(page, "stride", 1)
    expect_query(page, stride="4")
    page.get_by_role("link", name="Home").click()
    expect(widget(page, "home_microscope")).to_be_visible()
    expect_query(page)
    page.go_back()
    expect(slider(page, "stride")).to_have_value("4")
    expect_query(page, stride="4")
    page.go_forward()
    expect(widget(page, "home_microscope")).to_be_visible()
    page.get_by_role("link", name="Convolution").first.click()
    expect(slider(page, "stride")).to_have_value("4")
    expect_query(page, stride="4")
