"""From the pointer to all that belongs to a place of one map, and from a click to what it sees, in Chromium.

`python -m tests.benchmarks.unit`
"""

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Page

from models.network import PRESETS
from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle

STEPS = 40
WARM_UP = 8
LOOKS = {"digits": "conv_3", "tiny_vgg": "conv_2", "residual": "conv_5_4"}
"""Preset -> the layer that is looked into."""

# The words are written with the marks; what has changed by then is painted with the next frame.
WATCH = """([kind, part]) => {
  const root = document.querySelector(`.st-key-unit_${part} [data-testid=stBidiComponentIsolated]`).shadowRoot;
  const words = root.querySelector(part === "step" ? ".status" : "p.note");
  window.elapsed = new Promise((resolve) => {
    addEventListener(kind, (event) => {
      const done = new MutationObserver(() => (done.disconnect(), resolve(performance.now() - event.timeStamp)));
      done.observe(words, { childList: true, characterData: true, subtree: true });
    }, { once: true, capture: true });
  });
}"""


def opened(page: Page, server: Server, name: str) -> None:
    query = {"image": "cat", "input": PRESETS[name].input, "layers": PRESETS[name].layers, "layer": LOOKS[name], "map": "1"}
    page.goto(f"{server.url}/overview?{urlencode(query)}")
    page.locator(".st-key-unit_reach p.note").first.wait_for(timeout=60_000)
    settle(page)


def place(page: Page, step: int) -> tuple[float, float]:
    """A place of the feature map on the screen, another one at each step."""
    frame = page.locator(".st-key-unit_step .panel.feature .frame")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    x, y = (0.11 + 0.37 * step) % 0.9, (0.07 + 0.53 * step) % 0.9
    return box["x"] + box["width"] * (0.05 + x), box["y"] + box["height"] * (0.05 + y)


def pointing(page: Page) -> list[float]:
    """Milliseconds from a move of the pointer to every product of the new place."""
    return steps(page, "pointermove", "step", page.mouse.move)


def pinning(page: Page) -> list[float]:
    """Milliseconds from a click to the new place's receptive field and footprint."""
    return steps(page, "click", "reach", page.mouse.click)


def steps(page: Page, event: str, part: str, act: Callable[[float, float], None]) -> list[float]:
    times = []
    for step in range(WARM_UP + STEPS):
        x, y = place(page, step)
        page.evaluate(WATCH, [event, part])
        act(x, y)
        times.append(float(page.evaluate("window.elapsed")))
        settle(page)
    return times[WARM_UP:]


def main() -> None:
    rows: dict[str, list[float]] = {}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1300})
        for name in LOOKS:
            opened(page, server, name)
            rows[f"{name}, pointer to products"] = pointing(page)
            rows[f"{name}, click to receptive field"] = pinning(page)
    show("One unit", "ms", rows)


if __name__ == "__main__":
    main()
