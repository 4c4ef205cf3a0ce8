"""How long a worker takes until a network is open: `python -m tests.benchmarks.look_inside`."""

import time

from models import engine
from models.network import PRESETS
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from tests.benchmarks.table import show

RUNS = 10
DEEP = " | ".join([*["conv 8 k3 same relu"] * 196, "flatten", "dense 64 relu", "dropout 0.5", "dense 10 softmax"])


def seconds(source: NetworkSource) -> float:
    begun = time.perf_counter()
    engine.ask("open_network", source=source)
    return time.perf_counter() - begun


def main() -> None:
    engine.ask("open_network", source=NetworkSource("layers", input="9x9x1", layers="conv 2 | flatten | dense 3"))
    built = {name: (PRESETS[name].input, PRESETS[name].layers) for name in ("digits", "tiny_vgg", "residual")}
    rows = {
        f"built: {name}": [seconds(NetworkSource("layers", input=size, layers=line, seed=seed)) for seed in range(RUNS)]
        for name, (size, line) in {**built, "200 layers": ("32x32x3", DEEP)}.items()
    }
    shipped = {f"ready-made: {name}": [seconds(NetworkSource("shipped", name))] for name in SHIPPED}
    again = {"open already": [seconds(NetworkSource("shipped", "digits")) for _ in range(RUNS)]}
    show("Until a network is open", "seconds", {**rows, **shipped, **again})
    engine.close()


if __name__ == "__main__":
    main()
