"""From a step of a slider, another picture and a link to the repainted maps of a network, in Chromium.

`python -m tests.benchmarks.feature_maps`
"""

import time
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from models.network import PRESETS
from tests.benchmarks.overview import DEEP
from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle

STEPS = 24
WARM_UP = 6
OPENINGS = 4

# The cards count how often one of them has been painted; the frame after the last of them is on the screen.
WATCH = """(kind) => {
  const root = document.querySelector(".st-key-map_cards [data-testid=stBidiComponentIsolated]").shadowRoot;
  const cards = root.querySelector(".cards");
  window.elapsed = new Promise((resolve) => {
    addEventListener(kind, (event) => {
      const before = cards.dataset.painted;
      const done = () => resolve(performance.now() - event.timeStamp);
      const poll = () => (cards.dataset.painted === before ? requestAnimationFrame(poll) : done());
      requestAnimationFrame(poll);
    }, { once: true, capture: true });
  });
}"""


def opened(page: Page, server: Server, **query: str) -> None:
    page.goto(f"{server.url}/feature-maps?{urlencode(query)}")
    page.locator(".st-key-map_cards .card").first.wait_for()
    settle(page)


def sliding(page: Page, server: Server, **query: str) -> list[float]:
    """Milliseconds from a key on a slider to the repainted maps: always a new place of the picture."""
    opened(page, server, down="-15", **query)
    times = []
    for number in range(WARM_UP + STEPS):
        page.locator(f".st-key-{'right' if number < 15 else 'down'} input[type=range]").focus()
        page.evaluate(WATCH, "keydown")
        page.keyboard.press("ArrowRight")
        times.append(float(page.evaluate("window.elapsed")))
        settle(page)
    return times[WARM_UP:]


def pictures(page: Page, server: Server, **query: str) -> list[float]:
    """Milliseconds from a click on another sample to the repainted maps."""
    opened(page, server, **query)
    tiles = page.locator(".st-key-image_gallery").get_by_role("radio")
    times = []
    for number in range(min(tiles.count(), 14)):
        page.evaluate(WATCH, "click")
        tiles.nth(number).click()
        times.append(float(page.evaluate("window.elapsed")))
        settle(page)
    return times[3:]


def opening(browser: Browser, server: Server, layers: str) -> list[float]:
    """Milliseconds from following a link to the maps, with a worker that is warm."""
    times = []
    for number in range(OPENINGS + 1):
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        start = time.perf_counter()
        opened(page, server, image="digit_3", input="28x28x1", layers=layers, seed=str(number), down="1")
        times.append(1000 * (time.perf_counter() - start))
        page.close()
    return times[1:]


def main() -> None:
    rows: dict[str, list[float]] = {}
    tiny = {"input": PRESETS["tiny_vgg"].input, "layers": PRESETS["tiny_vgg"].layers, "network": "layers", "image": "cat"}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1300})
        rows["digits, a slider"] = sliding(page, server, image="digit_3", network="digits")
        rows["tiny_vgg, a slider"] = sliding(page, server, **tiny)
        rows["digits, another sample"] = pictures(page, server, image="colour_patches", network="digits")
        rows["198 layers, a link opens"] = opening(browser, server, DEEP)
    show("The maps of all layers", "ms", rows)


if __name__ == "__main__":
    main()
