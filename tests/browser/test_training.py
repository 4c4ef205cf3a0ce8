"""`/training` in a browser: press, see it learn, lose the page, find it again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import query, widget

START = 60_000
"""Milliseconds until a busy machine has TensorFlow warm and the first batches done."""


def press(page: Page, key: str) -> None:
    widget(page, key).get_by_role("button").first.click()


def begin(page: Page) -> None:
    """Train the smallest recipe; returns when the first losses are drawn."""
    press(page, "recipe_first_steps")
    expect(widget(page, "network_line")).to_contain_text("conv 8 k3 relu")
    press(page, "train")
    expect(widget(page, "run_curves").locator(".readout")).to_be_visible(timeout=START)


def test_press_watch_pause_and_find_again(visit: Visit) -> None:
    page = visit("/training", viewport={"width": 375, "height": 812})
    button = widget(page, "train").get_by_role("button")
    expect(button).to_be_in_viewport(ratio=1)
    button.click(trial=True)  # nothing lies over it
    page.set_viewport_size({"width": 1440, "height": 1000})
    begin(page)
    run = query(page)["run"]
    assert re.fullmatch(r"[0-9a-f]{16}", run)
    expect(widget(page, "run_test")).to_contain_text("%", timeout=START)
    press(page, "run_again")
    expect(widget(page, "run_stop")).to_be_visible(timeout=START)
    page.wait_for_function("(old) => !location.search.includes(old)", arg=run)
    again = query(page)["run"]
    page.reload()
    expect(widget(page, "run_asked")).to_contain_text(again[:4])
    expect(widget(page, "run_test")).to_contain_text("%", timeout=START)
    expect(widget(page, "run_buttons")).to_contain_text("Start over")
    expect(widget(page, f"open_{run}")).to_be_visible()
    for each in (run, again):
        widget(page, f"tick_{each}").locator("label").click()
    expect(widget(page, "ensemble")).to_contain_text("they make the same mistakes", timeout=START)
    expect(page.locator(".compared")).to_contain_text("Parameters")
    other = visit(f"/training?run={again}", viewport={"width": 390, "height": 844})  # another browser
    expect(widget(other, "run_buttons")).to_contain_text("watching")
    expect(widget(other, "run_test")).to_contain_text("%")


def test_pause_one_batch_and_stop(visit: Visit) -> None:
    page = visit("/training?epochs=100")
    press(page, "train")
    expect(widget(page, "run_curves").locator(".readout")).to_be_visible(timeout=START)
    press(page, "run_pause")
    expect(widget(page, "run_go")).to_be_visible()
    expect(widget(page, "run_stage")).to_contain_text("paused")
    press(page, "run_batch")
    expect(widget(page, "run_go")).to_be_visible()
    press(page, "run_epoch")
    expect(widget(page, "run_curves")).to_contain_text("validation", timeout=START)
    press(page, "run_stop")
    expect(widget(page, "run_story")).to_contain_text("You stopped it", timeout=START)
    expect(widget(page, "run_resume")).to_be_visible()
