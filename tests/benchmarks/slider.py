"""From a slider's step to new pixels, in Chromium: `python -m tests.benchmarks.slider`.

Two pictures are watched: the microscope's feature map, which a person looks at first, and the last map of the grid, with which
everything has arrived.
"""

from playwright.sync_api import Page

from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle
from tests.browser.steps import slider

STEPS = 40
WARM_UP = 8
SIDES = (28, 256, 512)
KEYS = ("ArrowRight",) * 4 + ("ArrowLeft",) * 4
PICTURES = {"microscope": ".panel.feature canvas", "last map": ".maps figure:last-child canvas"}

# One row of pixels is enough to see that a map is another one; looked at once a frame, as a person would.
WATCH = """(pictures) => {
  const roots = [...document.querySelectorAll(".st-key-microscope, .st-key-filter_maps")]
    .map((place) => place.querySelector("[data-testid=stBidiComponentIsolated]").shadowRoot);
  const look = (picture) => {
    const canvas = roots.map((root) => root.querySelector(picture)).find(Boolean);
    return canvas.getContext("2d").getImageData(0, canvas.height >> 1, canvas.width, 1).data.join();
  };
  const changed = (picture, start) => new Promise((resolve) => {
    const before = look(picture);
    const poll = () => (look(picture) === before ? requestAnimationFrame(poll) : resolve(performance.now() - start));
    requestAnimationFrame(poll);
  });
  window.elapsed = new Promise((resolve) => {
    const begin = (event) => resolve(Promise.all(pictures.map((picture) => changed(picture, event.timeStamp))));
    addEventListener("keydown", begin, { once: true, capture: true });
  });
}"""


def step(page: Page, key: str) -> list[float]:
    page.evaluate(WATCH, list(PICTURES.values()))
    page.keyboard.press(key)
    elapsed = [float(value) for value in page.evaluate("window.elapsed")]
    settle(page)
    return elapsed


def measure(page: Page, server: Server, side: int) -> dict[str, list[float]]:
    """Milliseconds of kernel sizes 3 to 7 and back, 8 filters on a colour photo."""
    page.goto(f"{server.url}/convolution?long_side={side}&filters=8")
    settle(page)
    for picture in PICTURES.values():
        page.locator(picture).first.wait_for()
    slider(page, "kernel_size").focus()
    steps = [step(page, KEYS[number % len(KEYS)]) for number in range(WARM_UP + STEPS)][WARM_UP:]
    return {f"{side} pixels, {name}": list(times) for name, times in zip(PICTURES, zip(*steps, strict=True), strict=True)}


def main() -> None:
    rows: dict[str, list[float]] = {}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 2000})
        for side in SIDES:
            rows |= measure(page, server, side)
    show("Slider to new pixels, 8 filters on a colour photo", "ms", rows)


if __name__ == "__main__":
    main()
