"""From a new picture, a stroke, the pointer and a link to the repainted map of a network, in Chromium.

`python -m tests.benchmarks.overview`
"""

import time
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from models.network import PRESETS
from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle

STEPS = 30
WARM_UP = 8
OPENINGS = 5
DEEP = (
    "conv 8 k3 same relu | "
    + " | ".join(["residual(conv 8 k3 same | batch_norm | activation relu)"] * 49)
    + " | global_pool average | dense 10"
)
SIZES = ("digits", "tiny_vgg")

# The map counts how often it has been painted; the frame after that is on the screen.
WATCH = """(kind) => {
  const root = document.querySelector(".st-key-network_map [data-testid=stBidiComponentIsolated]").shadowRoot;
  const map = root.querySelector(".network-map");
  window.elapsed = new Promise((resolve) => {
    addEventListener(kind, (event) => {
      const before = map.dataset.painted;
      const done = () => resolve(performance.now() - event.timeStamp);
      const poll = () => (map.dataset.painted === before ? requestAnimationFrame(poll) : done());
      requestAnimationFrame(poll);
    }, { once: true, capture: true });
  });
}"""

# Handlers run within the event: when the words beside the pointer are there, the lines are painted. Between maps are none.
POINT = """() => {
  const root = document.querySelector(".st-key-network_map [data-testid=stBidiComponentIsolated]").shadowRoot;
  const tip = root.querySelector(".tip");
  window.elapsed = new Promise((resolve) => {
    addEventListener("pointermove", (event) => {
      const done = new MutationObserver(() => (done.disconnect(), resolve(performance.now() - event.timeStamp)));
      done.observe(tip, { childList: true, characterData: true, subtree: true });
      setTimeout(() => resolve(null));
    }, { once: true, capture: true });
  });
}"""


def opened(page: Page, server: Server, **query: str) -> None:
    page.goto(f"{server.url}/overview?{urlencode(query)}")
    page.locator(".st-key-network_map .name").first.wait_for()
    settle(page)


def preset(name: str) -> dict[str, str]:
    return {"input": PRESETS[name].input, "layers": PRESETS[name].layers}


def pictures(page: Page, server: Server, name: str) -> list[float]:
    """Milliseconds from a click on another sample, one that has not been there yet, to the repainted map."""
    opened(page, server, image="colour_patches", **preset(name))
    tiles = page.locator(".st-key-image_gallery").get_by_role("radio")
    times = []
    for number in range(tiles.count() - 1):
        page.evaluate(WATCH, "click")
        tiles.nth(number).click()
        times.append(float(page.evaluate("window.elapsed")))
        settle(page)
    return times[3:]


def strokes(page: Page, server: Server) -> list[float]:
    """Milliseconds from the end of a stroke on the drawing pad to the repainted map: always a new picture."""
    opened(page, server, image="digit_3", **preset("digits"))
    page.locator(".st-key-source").get_by_role("radio").nth(3).click()
    pad = page.locator(".st-key-drawing .square")
    box = pad.bounding_box()
    assert box
    times = []
    for number in range(WARM_UP + STEPS):
        left, top = box["x"] + 25 + 30 * (number % 6), box["y"] + 25 + 30 * (number // 6)
        page.mouse.move(left, top)
        page.mouse.down()
        page.mouse.move(left + 9, top + 17)
        page.evaluate(WATCH, "pointerup")
        page.mouse.up()
        times.append(float(page.evaluate("window.elapsed")))
        settle(page)
    return times[WARM_UP:]


def pointing(page: Page, server: Server) -> list[float]:
    """Milliseconds from a move of the pointer to the lines of another map."""
    opened(page, server, image="digit_3", **preset("digits"))
    box = page.locator(".st-key-network_map .scroller").bounding_box()
    assert box
    times = []
    for number in range(2 * (WARM_UP + STEPS)):
        page.evaluate(POINT)
        page.mouse.move(box["x"] + box["width"] * (0.36 + 0.04 * (number % 4)), box["y"] + 160 + 57 * (number % 7))
        elapsed = page.evaluate("window.elapsed")
        times += [] if elapsed is None else [float(elapsed)]
    return times[WARM_UP:]


def opening(browser: Browser, server: Server, layers: str) -> list[float]:
    """Milliseconds from following a link to the map, with a worker that is warm."""
    times = []
    for number in range(OPENINGS + 1):
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        start = time.perf_counter()
        opened(page, server, image="digit_3", input="28x28x1", layers=layers, seed=str(number))
        times.append(1000 * (time.perf_counter() - start))
        page.close()
    return times[1:]


def main() -> None:
    rows: dict[str, list[float]] = {}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1300})
        for name in SIZES:
            rows[f"{name}, another sample"] = pictures(page, server, name)
        rows["digits, a stroke"] = strokes(page, server)
        rows["digits, pointer to lines"] = pointing(page, server)
        rows["198 layers, a link opens"] = opening(browser, server, DEEP)
    show("The map of a network", "ms", rows)


if __name__ == "__main__":
    main()
