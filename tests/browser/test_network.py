"""What the network page promises, in a real browser."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from models.network import PRESETS
from tests.browser.conftest import Visit
from tests.browser.steps import expect_query, fits, nudge, query, widget


def rows(page: Page) -> Locator:
    return widget(page, "layer_list").locator(".rows > li")


def row(page: Page, path: str) -> Locator:
    return widget(page, "layer_list").locator(f".rows > li[data-path='{path}']")


def press(page: Page, does: str, path: str | None = None) -> None:
    place = row(page, path) if path else widget(page, "layer_list")
    place.locator(f"[data-do={does}]").first.click()


def expect_line(page: Page, line: str) -> None:
    """Wait until the page holds the network `line`."""
    expect(widget(page, "line").locator("textarea")).to_have_value(line)


def at(layers: str, shape: str = "28x28x1", **more: str) -> str:
    return "/network?" + urlencode({"language": "en", "input": shape, "layers": layers, **more})


def test_a_link_opens_on_the_network_that_was_sent(visit: Visit) -> None:
    line = "conv 8 k3 s2 same relu | residual(conv 8 k3 same | batch_norm) relu off | pool 3 s2 average | flatten | dense 4"
    page = visit(at(line, "40x24x3", layer="1.0", topic="budget", device="chip"))
    # "relu" is what a block has when nothing is said, so the line leaves it out.
    written = line.replace(") relu off", ") off")
    expect_line(page, written)
    expect_query(page, language="en", input="40x24x3", layers=written, layer="1.0", topic="budget", device="chip")
    again = visit("/" + page.url.split("/", 3)[3])
    expect_line(again, written)
    expect(row(again, "1.0")).to_have_class(re.compile("selected"))


def test_layers_are_added_duplicated_switched_off_and_removed(visit: Visit) -> None:
    page = visit(at("conv 8 k3 relu | flatten"))
    press(page, "menu", "0")
    row(page, "0").locator("[data-kind=pool]").click()
    expect_line(page, "conv 8 k3 relu | pool 2 | flatten")
    expect(row(page, "1")).to_have_class(re.compile("selected"))
    press(page, "duplicate", "1")
    expect_line(page, "conv 8 k3 relu | pool 2 | pool 2 | flatten")
    press(page, "switch_off", "2")
    expect_line(page, "conv 8 k3 relu | pool 2 | pool 2 off | flatten")
    press(page, "remove", "2")
    expect_line(page, "conv 8 k3 relu | pool 2 | flatten")
    expect_query(page, language="en", layers="conv 8 k3 relu | pool 2 | flatten", layer="2")


def test_undo_and_redo_by_keyboard_and_button(visit: Visit) -> None:
    page = visit(at("conv 8 k3 relu | flatten"))
    nudge(page, "stride", 1)
    expect_line(page, "conv 8 k3 s2 relu | flatten")
    press(page, "remove", "0")
    expect_line(page, "flatten")
    page.keyboard.press("Control+z")
    expect_line(page, "conv 8 k3 s2 relu | flatten")
    page.keyboard.press("Control+z")
    expect_line(page, "conv 8 k3 relu | flatten")
    page.keyboard.press("Control+Shift+z")
    expect_line(page, "conv 8 k3 s2 relu | flatten")
    press(page, "redo")
    expect_line(page, "flatten")


def test_quick_presses_are_all_heard(visit: Visit) -> None:
    page = visit(at("conv 8 k3 relu | flatten"))
    for count in range(2, 7):
        nudge(page, "stride", 1)
        expect_line(page, f"conv 8 k3 s{count} relu | flatten")
    for _ in range(4):
        page.keyboard.press("Control+z", delay=0)
    expect_line(page, "conv 8 k3 s2 relu | flatten")


def test_a_layer_is_moved_by_keyboard_and_by_mouse(visit: Visit) -> None:
    page = visit(at("conv 8 k3 | batch_norm | activation relu | flatten"))
    row(page, "1").locator(".choose").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect_line(page, "conv 8 k3 | activation relu | batch_norm | flatten")
    expect(row(page, "2").locator(".choose")).to_be_focused()
    handle, goal = row(page, "2").locator(".handle").bounding_box(), row(page, "0").bounding_box()
    assert handle
    assert goal
    page.mouse.move(handle["x"] + 4, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 4, goal["y"] + 3, steps=8)
    page.mouse.up()
    expect_line(page, "batch_norm | conv 8 k3 | activation relu | flatten")


def test_the_keyboard_walks_over_the_rows(visit: Visit) -> None:
    page = visit(at("conv 8 k3 | pool 2 | flatten"))
    row(page, "0").locator(".choose").focus()
    page.keyboard.press("ArrowDown")
    expect(row(page, "1").locator(".choose")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, "1")).to_have_class(re.compile("selected"))
    page.keyboard.press("Delete")
    expect_line(page, "conv 8 k3 | flatten")


def test_what_cannot_work_is_mended_by_a_button(visit: Visit) -> None:
    page = visit(at("conv 4 k5 | pool 4 | conv 8 k7 | flatten"))
    expect(row(page, "2")).to_have_class(re.compile("failed"))
    row(page, "2").get_by_role("button", name="Padding Same in layer 3").click()
    expect_line(page, "conv 4 k5 | pool 4 | conv 8 k7 same | flatten")
    expect(rows(page).locator(".problem")).to_have_count(0)


def test_a_typing_error_names_its_place_and_the_nearest_word(visit: Visit) -> None:
    page = visit("/network?language=en")
    field = widget(page, "line").locator("textarea")
    field.fill("conv 8 k3 | flaten")
    field.press("Enter")
    expect(widget(page, "line_problem")).to_contain_text("character 13")
    expect(rows(page)).to_have_count(9)
    page.get_by_role("button", name="Write “flatten”").click()
    expect_line(page, "conv 8 k3 | flatten")


def test_presets_and_the_drawing(visit: Visit) -> None:
    page = visit("/network?language=en")
    widget(page, "presets").locator("[data-name=residual]").click()
    expect(widget(page, "layer_list")).to_contain_text("78,426")
    parts = widget(page, "network_drawing").locator("svg .part")
    expect(parts.first).to_be_visible()
    widget(page, "network_drawing").locator("[data-path='4.3']").click()
    expect(row(page, "4.3")).to_have_class(re.compile("selected"))
    with page.expect_download() as saved:
        widget(page, "network_drawing").get_by_role("button", name="Save as PNG").click()
    assert saved.value.suggested_filename == "network.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as saved:
        widget(page, "network_drawing").get_by_role("button", name="Save as SVG").click()
    assert saved.value.path().read_text("utf-8").startswith("<svg")


def test_the_receptive_field_follows_the_pointer_and_the_keys(visit: Visit) -> None:
    page = visit(at("conv 8 k3 | pool 2 | conv 8 k3", layer="2", topic="sight", unit_row="0", unit_col="0"))
    status = widget(page, "sight").locator(".status")
    expect(status).to_contain_text("rows 0 to 7 and columns 0 to 7: 8 × 8")
    widget(page, "sight").locator(".sight-units .frame").focus()
    page.keyboard.press("ArrowRight")
    expect(status).to_contain_text("rows 0 to 7 and columns 2 to 9")
    page.wait_for_function("() => new URLSearchParams(location.search).get('unit_col') === '1'")


def test_the_network_stays_when_one_looks_at_another_page(visit: Visit) -> None:
    page = visit(at("conv 8 k3 | flatten"))
    nudge(page, "stride", 1)
    expect_line(page, "conv 8 k3 s2 | flatten")
    page.get_by_role("link", name="Pooling").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ool")
    page.get_by_role("link", name="Network").first.click()
    expect_line(page, "conv 8 k3 s2 | flatten")
    expect(row(page, "0")).to_be_visible()
    page.keyboard.press("Control+z")
    expect_line(page, "conv 8 k3 | flatten")


@pytest.mark.parametrize(
    ("name", "topic"),
    [("vgg16", "sums"), ("residual", "budget"), ("vgg16", "sight"), ("vgg16", "axes"), ("residual", "code")],
)
def test_nothing_scrolls_sideways(visit: Visit, name: str, topic: str) -> None:
    preset = PRESETS[name]
    page = visit(at(preset.layers, preset.input, topic=topic))
    expect(row(page, "0")).to_be_visible()
    fits(page, 1440, 390)
    assert query(page)["layers"]
