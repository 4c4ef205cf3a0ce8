"""A training from the press to its end, and how quick it is: `python -m tests.benchmarks.training`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from tempfile import TemporaryDirectory

from models import engine
from models.specs.training import RECIPES, TrainingSpec
from models.training.plain import to_plain
from tests.benchmarks.slider import measure
from tests.benchmarks.table import show
from tests.browser.server import ROOT, browsing, serving, settle
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


TORCH = """
import time, numpy as np, torch
from torch import nn
with np.load("assets/datasets/digits.npz") as file:
    images = torch.tensor(file["images"][:3500, None] / np.float32(255))
    labels = torch.tensor(file["labels"][:3500].astype(np.int64))
torch.manual_seed(0)
model = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1600, 100), nn.ReLU(), nn.Linear(100, 10),
)
optimizer, loss_of = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss()
times = []
for _ in range(EPOCHS):
    begun, right = time.perf_counter(), 0
    for chosen in torch.randperm(3500).split(32):
        answers, wanted = model(images[chosen]), labels[chosen]
        loss = loss_of(answers, wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        right += (answers.argmax(1) == wanted).sum().item()
    times.append(time.perf_counter() - begun)
print(3500 / min(times))
""".replace("EPOCHS", str(SPEED_EPOCHS))
TORCH_PYTHON = os.environ.get("TORCH_PYTHON", sys.executable)
"""A Python that has torch, where this one has not."""


def has_torch() -> bool:
    """Whether there is a PyTorch to compare with; the product needs none."""
    return subprocess.run([TORCH_PYTHON, "-c", "import torch"], capture_output=True, check=False).returncode == 0


def speed(program: str, python: str = sys.executable) -> float:
    """Images per second of the best epoch."""
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True, env=quiet(), cwd=ROOT)
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


def overheads() -> list[float]:
    """Of every epoch but the first, in per cent of its steps: what its wall time has beside them."""
    run = begin(TrainingSpec(epochs=8))
    ends: list[float] = []
    while not has_ended(run):
        if len(engine.snapshots(run).rows("epochs")) > len(ends):
            ends.append(time.perf_counter())
        time.sleep(0.001)
    seconds = [epoch["seconds"] for epoch in engine.snapshots(run).epochs()]
    walls = [after - before for before, after in pairwise(ends)]
    return [100 * (wall / steps - 1) for wall, steps in zip(walls, seconds[1:], strict=False)]


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
        shares = overheads()
        engine.close()
    show("An epoch of 3,500 pictures beyond its steps: 750 for validation, keeping, telling", "%", {"share": shares})
    show("Training", "ms", {"engine warm": [cold], "press to first loss": press, "stop": stops, "ready after a kill": ready})
    rows = {"stream": (STREAM, sys.executable), "model.fit on arrays": (FIT, sys.executable)}
    if has_torch():
        rows["PyTorch"] = (TORCH, TORCH_PYTHON)
    else:
        print("No torch here, so no comparison with it: pip install torch, or name a Python that has it in TORCH_PYTHON.")
    speeds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(3):
        for name, (program, python) in rows.items():
            speeds[name].append(speed(program, python))
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
