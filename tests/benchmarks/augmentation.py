"""Sixteen varied pictures: in the worker, to the web process, and from a slider's step to new pixels in the browser.

`python -m tests.benchmarks.augmentation`
"""

import time
from dataclasses import replace

import numpy as np
from playwright.sync_api import Page

from models import engine
from models.specs.augmentation import AugmentationSpec
from models.specs.recipes import AUGMENTATIONS
from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle
from tests.browser.steps import slider, widget

RUNS = 30
WARM_UP = 5
SIDES = (96, 256)
EVERYTHING = replace(AUGMENTATIONS["hard"], shift_rows=0.1, shift_cols=0.1, flip_vertical=True, crop=0.2, fill_mode="constant")
SPECS = {"rotation": AugmentationSpec(rotation=20), **AUGMENTATIONS, "everything": EVERYTHING}

WATCH = """() => {
  const canvas = document.querySelector(".st-key-variants [data-testid=stBidiComponentIsolated]")
    .shadowRoot.querySelectorAll("canvas")[2];
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


def start() -> float:
    """Milliseconds from nothing to the first answer: a new process, TensorFlow's import, sixteen variants."""
    engine.close()
    return answered(AUGMENTATIONS["photo"], 0)


def answered(spec: AugmentationSpec, seed: int) -> float:
    picture = np.random.default_rng(0).integers(0, 256, (1, 256, 256, 3), np.uint8)
    begun = time.perf_counter()
    engine.ask("sixteen", pictures=picture, spec=replace(spec, seed=seed))
    return (time.perf_counter() - begun) * 1000


def step(page: Page, key: str) -> float:
    page.evaluate(WATCH)
    page.keyboard.press(key)
    elapsed = float(page.evaluate("window.elapsed"))
    settle(page)
    return elapsed


def dragged(page: Page, server: Server, side: int) -> list[float]:
    """Milliseconds of the rotation slider's steps, with the settings for photos."""
    page.goto(
        f"{server.url}/augmentation?long_side={side}&rotation=10&shift_rows=0.08&shift_cols=0.08"
        "&zoom_low=0.9&zoom_high=1.2&flip_horizontal=true&brightness=0.15&contrast=0.2"
    )
    widget(page, "variants").wait_for()
    settle(page)
    slider(page, "rotation").focus()
    return [step(page, "ArrowRight") for _ in range(WARM_UP + RUNS)][WARM_UP:]


def main() -> None:
    rows = {"first answer, cold": [start() for _ in range(3)]}
    for name, spec in SPECS.items():
        rows[f"256 x 256, {name}"] = [answered(spec, seed) for seed in range(WARM_UP + RUNS)][WARM_UP:]
    engine.close()
    show("Sixteen variants of a colour picture, asked and answered", "ms", rows)
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        page = browser.new_page(viewport={"width": 1440, "height": 1600})
        moved = {f"{side} x {side * 2 // 3} pixels": dragged(page, server, side) for side in SIDES}
    show("Slider to new pixels, sixteen variants with the settings for photos", "ms", moved)


if __name__ == "__main__":
    main()
