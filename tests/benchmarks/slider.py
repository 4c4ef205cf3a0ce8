"""From a slider's step to new pixels in the first feature map: `python -m tests.benchmarks.slider`."""

from playwright.sync_api import Page

from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle
from tests.browser.steps import slider, widget

STEPS = 40
WARM_UP = 8
SIDES = (28, 256, 512)

# One row of pixels is enough to see that the map is another one; looked at once a frame, as a person would.
WATCH = """(index) => {
  const canvas = document.querySelector(".st-key-filter_maps [data-testid=stBidiComponentIsolated]")
    .shadowRoot.querySelector("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const look = () => context.getImageData(0, canvas.height >> 1, canvas.width, 1).data.join();
  const before = look();
  window.elapsed = new Promise((resolve) => {
    addEventListener("keydown", (event) => {
      const poll = () => (look() === before ? requestAnimationFrame(poll) : resolve(performance.now() - event.timeStamp));
      requestAnimationFrame(poll);
    }, { once: true, capture: true });
  });
}"""


def step(page: Page, key: str) -> float:
    page.evaluate(WATCH)
    page.keyboard.press(key)
    elapsed = float(page.evaluate("window.elapsed"))
    settle(page)
    return elapsed


def measure(page: Page, server: Server, side: int) -> list[float]:
    """Milliseconds of kernel sizes 3 to 11 and back, 8 filters on a colour photo."""
    page.goto(f"{server.url}/convolution?long_side={side}&filters=8")
    settle(page)
    widget(page, "filter_maps").scroll_into_view_if_needed()
    slider(page, "kernel_size").focus()
    keys = ("ArrowRight",) * 8 + ("ArrowLeft",) * 8
    times = [step(page, keys[number % len(keys)]) for number in range(WARM_UP + STEPS)]
    return times[WARM_UP:]


def main() -> None:
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1600})
        rows = {f"{side} x {side * 2 // 3} pixels": measure(page, server, side) for side in SIDES}
    show("Slider to new pixels, 8 filters on a colour photo", "ms", rows)


if __name__ == "__main__":
    main()
