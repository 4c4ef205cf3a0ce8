"""A training from the press to its end, and how quick it is: `python -m tests.benchmarks.training`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tempfile import TemporaryDirectory

from models import engine
from models.specs.training import RECIPES, TrainingSpec
from models.training.plain import to_plain
from tests.benchmarks.slider import measure
from tests.benchmarks.table import show
from tests.browser.server import browsing, serving, settle
from tests.browser.steps import widget

TRIALS = 5
LAYERS = "conv 32 k3 relu | pool 2 | conv 64 k3 relu | pool 2 | flatten | dense 100 relu | dense 10 softmax"
NETWORK = ("28x28x1", LAYERS)
SPEED_EPOCHS = 3

# Each in a process of its own, one after the other, three times in turn.
STREAM = f"""
from models.datasets import DATASETS
from models.network.notation import parse
from models.specs.training import TrainingSpec
from models.training.stream import stream
rows = [s.row for s in stream(parse({LAYERS!r}, "28x28x1"), TrainingSpec(epochs={SPEED_EPOCHS}), DATASETS["digits"]()) if s.row]
print(3500 / min(row[-1] for row in rows))
"""
FIT = f"""
import time, keras
from models.datasets import DATASETS
from models.network.build import build
from models.network.notation import parse
data = DATASETS["digits"]()
images, labels = data.batch(range(3500)), data.labels[:3500]
model = build(parse({LAYERS!r}, "28x28x1"), 0)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
times = []
for _ in range({SPEED_EPOCHS}):
    begun = time.perf_counter()
    model.fit(images, labels, batch_size=32, verbose=0)
    times.append(time.perf_counter() - begun)
print(3500 / min(times))
"""


def speed(program: str) -> float:
    """Images per second of the best epoch."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=quiet())
    return float(done.stdout.split()[-1])


def quiet() -> dict[str, str]:
    return {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "2"}


def until(true: Callable[[], object]) -> float:
    """Milliseconds until so."""
    begun = time.perf_counter()
    while not true():
        time.sleep(0.002)
    return (time.perf_counter() - begun) * 1000


def begin(spec: TrainingSpec, network: tuple[str, str] = NETWORK) -> str:
    return engine.submit(network, to_plain(spec), {"name": "digits"}, owner="benchmark")


def has_loss(run: str) -> bool:
    return len(engine.snapshots(run).rows("batches")) > 0


def has_ended(run: str) -> bool:
    return engine.trainings().training(run) is None


def has_another(worker: int) -> bool:
    return engine.engine().workers("training") not in ([], [worker])


def named(name: str, rows: dict[str, list[float]]) -> dict[str, list[float]]:
    return {f"{row}, {name}": values for row, values in rows.items()}


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ["CONVSCOPE_DATA"] = folder
        engine.warm_up("training")
        cold = until(lambda: engine.engine().is_warm("training"))
        press, stops, ready = list[float](), list[float](), list[float]()
        long = replace(RECIPES["first_steps"].training, epochs=200)
        for _ in range(TRIALS):
            begun = time.perf_counter()
            run = begin(long)
            until(partial(has_loss, run))
            press.append((time.perf_counter() - begun) * 1000)
            time.sleep(1)
            engine.stop(run)
            stops.append(until(partial(has_ended, run)))
        for _ in range(2):
            run = begin(long)
            until(partial(has_loss, run))
            (worker,) = engine.engine().workers("training")
            os.kill(worker, signal.SIGKILL)
            ready.append(until(partial(has_another, worker)))
        engine.close()
    show("Training", "ms", {"engine warm": [cold], "press to first loss": press, "stop": stops, "ready after a kill": ready})
    rows = {"stream": STREAM, "model.fit on arrays": FIT}
    speeds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(3):
        for name, program in rows.items():
            speeds[name].append(speed(program))
    show("conv 32 - conv 64 - dense 100, 28x28, batch 32", "images/s", speeds)


def beside() -> None:
    """The slider of `/convolution` with and without a training."""
    with TemporaryDirectory() as folder:
        os.environ["CONVSCOPE_DATA"] = folder
        with serving() as server, browsing() as browser:
            assert browser, "this benchmark needs Chromium"
            page, other = (browser.new_page(viewport={"width": 1440, "height": 1600}) for _ in range(2))
            rows = named("without", measure(page, server, 256))
            other.goto(f"{server.url}/training?epochs=200")
            settle(other)
            widget(other, "train").get_by_role("button").click()
            widget(other, "run_curves").locator(".readout").wait_for(timeout=60_000)
            rows |= named("beside, page open", measure(page, server, 256))
            other.close()
            rows |= named("beside, page closed", measure(page, server, 256))
    show("Slider to new pixels, 256 x 170, 8 filters", "ms", rows)


if __name__ == "__main__":
    main()
    beside()
