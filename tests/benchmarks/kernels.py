"""From a step of the slider to the repainted kernels, maps and charts of another epoch, in Chromium.

`python -m tests.benchmarks.kernels`
"""

import os
import time
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page

from models.network.build import build
from models.network.notation import parse
from models.training.record import Record, Told
from models.training.steps import path_of
from models.training.store import Store
from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle

INPUT, LAYERS = "28x28x1", "conv 24 k5 same relu | pool 2 | conv 48 k3 same relu | pool 2 | flatten | dense 10 softmax"
EPOCHS = 40
STEPS = 60
OPENINGS = 5

# The film notes which epoch is painted; the frame after that is on the screen.
WATCH = """() => {
  const root = document.querySelector(".st-key-kernel_film [data-testid=stBidiComponentIsolated]").shadowRoot;
  const film = root.querySelector(".kernel-film");
  window.elapsed = new Promise((resolve) => {
    root.querySelector("input[type=range]").addEventListener("input", (event) => {
      const before = film.dataset.epoch;
      const done = () => resolve(performance.now() - event.timeStamp);
      const poll = () => (film.dataset.epoch === before ? requestAnimationFrame(poll) : requestAnimationFrame(done));
      requestAnimationFrame(poll);
    }, { once: true });
  });
}"""


def trained() -> str:
    """A run of 40 epochs whose weights wander."""
    store, random = Store(), np.random.default_rng(0)
    run = store.create("somebody", (INPUT, LAYERS), {"seed": 0, "epochs": EPOCHS}, {"name": "digits"}).id
    weights = {path_of(variable): variable.numpy() for variable in build(parse(LAYERS, INPUT), 0).variables}
    for epoch in range(1, EPOCHS + 1):
        weights = {
            name: (values + 0.02 * random.normal(size=values.shape)).astype(np.float32) for name, values in weights.items()
        }
        store.write_weights(run, epoch, weights)
    record = Record()
    rows = np.array([[epoch, epoch, 1 / epoch, 0.9, 1 / epoch, 0.9, 0.001, 1] for epoch in range(1, EPOCHS + 1)], np.float32)
    record.add(Told(grown={"epochs": rows}, replaced={"classes": np.array([str(digit) for digit in range(10)])}))
    store.write_record(run, record)
    store.write_state(run, stage="finished", epoch=EPOCHS, test={"accuracy": 0.9, "loss": 0.3})
    return run


def opened(page: Page, server: Server, run: str, layer: str) -> None:
    page.goto(f"{server.url}/kernels?network={run}&layer={layer}&image=digit_3")
    page.locator(".st-key-kernel_film .kernel-tiles canvas").first.wait_for()


def scrubbing(page: Page, server: Server, run: str, layer: str) -> list[float]:
    """Milliseconds from a key on the slider to the frame with the other epoch."""
    opened(page, server, run, layer)
    settle(page)
    slider = page.locator(".st-key-kernel_film").get_by_role("slider")
    slider.focus()
    times = []
    for step in range(STEPS):
        page.evaluate(WATCH)
        page.keyboard.press("ArrowLeft" if step // 30 % 2 == 0 else "ArrowRight")
        times.append(float(page.evaluate("window.elapsed")))
    return times


def opening(browser: Browser, server: Server, run: str) -> list[float]:
    """Milliseconds from following a link to the film of 40 epochs."""
    times = []
    for number in range(OPENINGS + 1):
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        start = time.perf_counter()
        opened(page, server, run, ("conv_1", "conv_3")[number % 2])
        times.append(1000 * (time.perf_counter() - start))
        settle(page)
        page.close()
    return times[1:]


def main() -> None:
    rows: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        os.environ["CONVSCOPE_DATA"] = folder
        run = trained()
        with serving() as server, browsing() as browser:
            assert browser, "this benchmark needs Chromium"
            rows["a link opens, 40 epochs"] = opening(browser, server, run)
            page = browser.new_page(viewport={"width": 1440, "height": 1300})
            for layer in ("conv_1", "conv_3", "dense_6"):
                rows[f"{layer}, a step of the slider"] = scrubbing(page, server, run, layer)
    show("The kernels of a run", "ms", rows)


if __name__ == "__main__":
    main()
