"""What a network file costs that somebody made to do harm: `python -m tests.benchmarks.hostile_file`. Linux only.

For every hostile file of the tests, and for files that stay just within every limit: the seconds that a worker takes, and the
memory that it takes at most. Then the same in the app: one visitor brings the slowest file, another one moves a slider.
"""

import hashlib
import io
import re
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import h5py  # type: ignore[import-untyped]
import keras
import numpy as np

from models import engine
from models.errors import LearnerError
from models.network.source import NetworkSource
from tests.benchmarks.table import show
from tests.browser.server import browsing, serving, settle
from tests.browser.steps import nudge, total
from tests.models.network.hostile_networks import chained, layer
from tests.models.network.keras_files import PARTS, packed
from tests.models.network.test_hostile import FILES

MEGAPIXEL = (1000, 1000, 3)
POOL = layer("MaxPooling2D", pool_size=[100, 100], strides=[1, 1], padding="same")
RERUNS = 30


def heavy(numbers: int) -> bytes:
    """A dense layer of so many halves, which the archive packs into almost nothing."""
    rows = numbers // 4000 // 100 * 100
    model = keras.Sequential(
        [keras.Input((rows // 100, 100, 1)), keras.layers.Flatten(), keras.layers.Dense(4000, use_bias=False)]
    )
    stream = io.BytesIO()
    with h5py.File(stream, "w") as file:
        file.create_group(f"layers/{model.layers[-1].name}/vars").create_dataset("0", data=np.ones((rows, 4000), np.float16))
        file.create_group("layers/flatten/vars")
        file.create_group("vars")
    parts = {**PARTS, "config.json": model.to_json().encode(), "model.weights.h5": stream.getvalue()}
    return packed(parts, zipfile.ZIP_DEFLATED)


LARGEST: dict[str, Callable[[], bytes]] = {
    "31 million weights": lambda: heavy(31_000_000),
    "20 thousand million comparisons": lambda: chained(*[POOL] * 13, shape=(224, 224, 3)),
    "20 maps of 3 million": lambda: chained(*[layer("ReLU")] * 20, shape=MEGAPIXEL),
    "a map of 58 million": lambda: chained(layer("UpSampling2D", size=[10, 10]), shape=(440, 440, 3)),
    "790 layers of any size": lambda: chained(*[layer("ReLU")] * 790, shape=(None, None, 3)),
}


def megabytes(process: int, line: str) -> float:
    found = re.search(rf"{line}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1000 if found else 0.0


def cost(file: Path, data: bytes) -> tuple[float, float]:
    """(seconds, megabytes) that a worker takes to open or to refuse `data`."""
    file.write_bytes(data)
    engine.ask("open_network", source=NetworkSource("shipped", "digits"))
    (process,) = engine.engine().workers("quick")
    Path(f"/proc/{process}/clear_refs").write_text("5")  # the most that it held is counted anew
    held, begun = megabytes(process, "VmRSS"), time.perf_counter()
    with suppress(LearnerError):
        engine.ask("open_network", source=NetworkSource("file", hashlib.sha256(data).hexdigest(), path=str(file)))
    seconds = time.perf_counter() - begun
    alive = Path(f"/proc/{process}/status").exists()
    return seconds, megabytes(process, "VmHWM") - held if alive else float("nan")


def in_the_app(file: Path) -> dict[str, list[float]]:
    """Milliseconds of a slider's rerun on another page, before and while a worker reads `file`."""
    rows: dict[str, list[float]] = {"before": [], "meanwhile": []}
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        bringing, sliding = browser.new_page(), browser.new_page()
        bringing.goto(f"{server.url}/overview?network=file")
        bringing.locator("input[type=file]").first.wait_for(state="attached")
        sliding.goto(f"{server.url}/convolution")
        total(sliding).wait_for()
        for name, times in rows.items():
            if name == "meanwhile":
                bringing.locator("input[type=file]").first.set_input_files(file)
            for count in range(RERUNS):
                begun = time.perf_counter()
                nudge(sliding, "stride", 1 if count % 6 < 3 else -1)
                settle(sliding)
                times.append((time.perf_counter() - begun) * 1000)
    return rows


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.keras"
        made = {name: (lambda make=make: make()[0]) for name, make in FILES.items()}
        costs = {name: cost(file, make()) for name, make in {**made, **LARGEST}.items()}
        engine.close()
        hostile = [costs[name] for name in made]
        seconds = {"hostile": [one for one, _ in hostile]} | {name: [costs[name][0]] for name in LARGEST}
        memory = {"hostile": [one for _, one in hostile]} | {name: [costs[name][1]] for name in LARGEST}
        show("To refuse or to open a file", "seconds", seconds)
        show("The most that a worker held, less what it held before", "MB", memory)
        worst = max(costs, key=lambda name: costs[name][0])
        print(f"\nslowest: {worst}, {costs[worst][0]:.1f} s; most: {max(one for _, one in costs.values()):.0f} MB")
        file.write_bytes({**made, **LARGEST}[worst]())
        show("A slider on another page", "ms", in_the_app(file))


if __name__ == "__main__":
    main()
