"""How long a walk through a network takes: `python -m tests.benchmarks.network_walk`."""

from statistics import median, quantiles
from time import perf_counter

from models.network import PRESETS
from models.network.notation import parse, write
from models.network.remarks import remarks
from models.network.shapes import walk

REPEATS = 300
MANY = "conv 32 k3 same relu | batch_norm | dropout 0.2 | residual(conv 32 k3 same relu | conv 32 k3 same) | activation relu |"


def milliseconds(work: object) -> tuple[float, float]:
    """(median, 95th percentile) of calling `work`."""
    assert callable(work)
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return median(times), quantiles(times, n=20)[-1]


def main() -> None:
    """Print the table."""
    vgg16 = parse(PRESETS["vgg16"].layers, PRESETS["vgg16"].input)
    many = parse(MANY * 40, "64x64x3")
    print(f"{'':36}{'median':>10}{'p95':>10}{'goal':>10}   ms")
    for name, goal, work in (
        ("walk, VGG16", 2, lambda: walk(vgg16)),
        (f"walk, {len(many.layers)} layers (40 blocks of 2)", 10, lambda: walk(many)),
        ("parse, VGG16", None, lambda: parse(PRESETS["vgg16"].layers, "224x224x3")),
        ("write, VGG16", None, lambda: write(vgg16)),
        ("walk and remarks, VGG16", None, lambda: remarks(vgg16, walk(vgg16))),
    ):
        middle, high = milliseconds(work)
        print(f"{name:36}{middle:10.2f}{high:10.2f}{goal or '':>10}")


if __name__ == "__main__":
    main()
