"""From a slider's step to new pixels beside the convolution page, in Chromium: `python -m tests.benchmarks.operations`."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle
from tests.browser.steps import slider

STEPS = 40
WARM_UP = 8
KEYS = ("ArrowRight",) * 4 + ("ArrowLeft",) * 4


@dataclass(frozen=True)
class Case:
    """A page, the slider that is moved, and the canvas (of which component) that is watched."""

    name: str
    address: str
    slider: str
    part: str
    canvas: str


CASES = (
    Case("pooling 512x410x3", "/pooling?image=astronaut&long_side=512", "size", "pooling_microscope", ".panel.pooled canvas"),
    Case("pooling 384x512x1", "/pooling?image=brick&long_side=512", "size", "pooling_microscope", ".panel.pooled canvas"),
    Case("activation 384x512", "/activation?image=brick&long_side=512", "bias", "activation_map_map", ".maps canvas"),
)

# One row of pixels is enough to see that a map is another one; looked at once a frame, as a person would.
WATCH = """([part, picture]) => {
  const root = document.querySelector(`.st-key-${part} [data-testid=stBidiComponentIsolated]`).shadowRoot;
  const look = () => {
    const canvas = root.querySelector(picture);
    return canvas.width + " " + canvas.getContext("2d").getImageData(0, canvas.height >> 1, canvas.width, 1).data.join();
  };
  window.elapsed = new Promise((resolve) => {
    const before = look();
    addEventListener("keydown", (event) => {
      const poll = () => (look() === before ? requestAnimationFrame(poll) : resolve(performance.now() - event.timeStamp));
      requestAnimationFrame(poll);
    }, { once: true, capture: true });
  });
}"""


def step(page: Page, case: Case, key: str) -> float:
    page.evaluate(WATCH, [case.part, case.canvas])
    page.keyboard.press(key)
    elapsed = float(page.evaluate("window.elapsed"))
    settle(page)
    return elapsed


def measure(page: Page, server: Server, case: Case) -> list[float]:
    """Milliseconds of four steps up and four down, again and again."""
    page.goto(server.url + case.address)
    settle(page)
    page.locator(f".st-key-{case.part} {case.canvas}").first.wait_for()
    slider(page, case.slider).focus()
    return [step(page, case, KEYS[number % len(KEYS)]) for number in range(WARM_UP + STEPS)][WARM_UP:]


def main() -> None:
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 2000})
        rows = {case.name: measure(page, server, case) for case in CASES}
    show("Slider to new pixels, pooling and activation", "ms", rows)


if __name__ == "__main__":
    main()
