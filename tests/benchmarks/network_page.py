"""From an edit of a layer to the repainted page, in Chromium: `python -m tests.benchmarks.network_page`.

Two things are watched: the row of the layer, which a person looks at first, and the drawing of the whole network.
"""

from urllib.parse import urlencode

from playwright.sync_api import Page

from models.network import PRESETS
from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle
from tests.browser.steps import slider

STEPS = 40
WARM_UP = 8
KEYS = ("ArrowRight",) * 4 + ("ArrowLeft",) * 4
NETWORKS = ("digits", "residual", "vgg16")
WATCHED = {"row": ("layer_list", ".rows .selected code.output"), "drawing": ("network_drawing", ".stage svg")}

WATCH = """(watched) => {
  const look = ([key, part]) => document.querySelector(`.st-key-${key} [data-testid=stBidiComponentIsolated]`)
    .shadowRoot.querySelector(part)?.outerHTML;
  const changed = (place, start) => new Promise((resolve) => {
    const before = look(place);
    const poll = () => (look(place) === before ? requestAnimationFrame(poll) : resolve(performance.now() - start));
    requestAnimationFrame(poll);
  });
  window.elapsed = new Promise((resolve) => {
    const begin = (event) => resolve(Promise.all(watched.map((place) => changed(place, event.timeStamp))));
    addEventListener("keydown", begin, { once: true, capture: true });
  });
}"""


def step(page: Page, key: str) -> list[float]:
    page.evaluate(WATCH, list(WATCHED.values()))
    page.keyboard.press(key)
    elapsed = [float(value) for value in page.evaluate("window.elapsed")]
    settle(page)
    return elapsed


def measure(page: Page, server: Server, name: str) -> dict[str, list[float]]:
    """Milliseconds of strides 1 to 5 of the first layer, and back."""
    preset = PRESETS[name]
    page.goto(f"{server.url}/network?" + urlencode({"input": preset.input, "layers": preset.layers, "layer": "0"}))
    page.locator(".st-key-layer_list .rows .selected").wait_for()
    page.locator(".st-key-network_drawing svg").wait_for()
    settle(page)
    slider(page, "stride").focus()
    steps = [step(page, KEYS[number % len(KEYS)]) for number in range(WARM_UP + STEPS)][WARM_UP:]
    return {f"{name}, {part}": list(times) for part, times in zip(WATCHED, zip(*steps, strict=True), strict=True)}


def main() -> None:
    rows: dict[str, list[float]] = {}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1600})
        for name in NETWORKS:
            rows |= measure(page, server, name)
    show("Stride of the first layer to the repainted page", "ms", rows)


if __name__ == "__main__":
    main()
