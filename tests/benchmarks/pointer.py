"""From a pointer's move to the highlight of its window, in Chromium: `python -m tests.benchmarks.pointer`."""

from tests.benchmarks.table import show
from tests.browser.server import browsing, serving, settle
from tests.browser.steps import frame

STEPS = 60
WARM_UP = 10
SIDES = (28, 256, 512)

# The status line is written with the marks; the frame after that one is on the screen.
WATCH = """() => {
  const root = document.querySelector(".st-key-microscope [data-testid=stBidiComponentIsolated]").shadowRoot;
  const status = root.querySelector(".status");
  window.elapsed = new Promise((resolve) => {
    addEventListener("pointermove", (event) => {
      const done = new MutationObserver(() => (done.disconnect(), resolve(performance.now() - event.timeStamp)));
      done.observe(status, { childList: true, characterData: true, subtree: true });
    }, { once: true, capture: true });
  });
}"""


def main() -> None:
    rows: dict[str, list[float]] = {}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        for side in SIDES:
            page.goto(f"{server.url}/convolution?long_side={side}&kernel_size=5")
            settle(page)
            box = frame(page, "feature").bounding_box()
            assert box
            times = []
            for number in range(WARM_UP + STEPS):
                page.evaluate(WATCH)
                page.mouse.move(box["x"] + box["width"] * (0.1 + 0.8 * (number % 2)), box["y"] + 20 + number)
                times.append(float(page.evaluate("window.elapsed")))
            rows[f"{side} pixels"] = times[WARM_UP:]
    show("Pointer to highlight, 5 x 5 window of a colour photo", "ms", rows)


if __name__ == "__main__":
    main()
