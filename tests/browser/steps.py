"""What a person does on a page, and what they read there."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import settle


def widget(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key}")


def slider(page: Page, key: str) -> Locator:
    return widget(page, key).locator("input[type=range]")


def option(page: Page, key: str, name: str) -> Locator:
    """One of the buttons of a segmented control."""
    return widget(page, key).get_by_role("radio", name=name, exact=True)


def nudge(page: Page, key: str, steps: int) -> None:
    """Move a slider by keyboard, like a person in a hurry: no key waits for what the one before does."""
    slider(page, key).focus()
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")


def fits(page: Page, *widths: int) -> None:
    """In both languages nothing scrolls sideways on screens of these widths."""
    for language in ("English", "한국어"):
        page.set_viewport_size({"width": 1440, "height": 844})
        option(page, "language_switch", language).click()
        expect(option(page, "language_switch", language)).to_be_checked()
        settle(page)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)


def query(page: Page) -> dict[str, str]:
    """What the address bar says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def expect_query(page: Page, **expected: str) -> None:
    """Wait until the address bar says exactly `expected`."""
    page.wait_for_function(
        "expected => JSON.stringify([...new URLSearchParams(location.search)].sort()) === expected",
        arg=_spelled(expected),
    )


def _spelled(expected: dict[str, str]) -> str:
    pairs = (f'["{name}","{value}"]' for name, value in sorted(expected.items()))
    return f"[{','.join(pairs)}]"


def expect_shapes(page: Page, before: tuple[int, ...], after: tuple[int, ...]) -> None:
    """Wait until the page says that `before` became `after`."""
    expect(widget(page, "output_shape")).to_contain_text(f"{before}")
    expect(widget(page, "output_shape")).to_contain_text(f"{after}")


def number(text: str) -> float:
    """The number in a text, whose minus is a real one."""
    found = re.search(r"-?[\d.]+", text.replace("−", "-"))
    assert found, text
    return float(found[0])


def total(page: Page) -> Locator:
    """The sum that the microscope shows."""
    return page.get_by_test_id("total")


def frame(page: Page, panel: str, key: str = "microscope") -> Locator:
    """The picture of one of the microscope's panels: input, kernel, feature or activation."""
    return widget(page, key).locator(f".panel.{panel} .frame")


def expect_point(page: Page, row: int, column: int) -> None:
    """Wait until the microscope stands on an output pixel."""
    expect(widget(page, "microscope").locator(".status")).to_contain_text(f"[{row}, {column}]")
