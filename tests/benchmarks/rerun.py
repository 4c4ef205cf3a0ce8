"""The server's time for one rerun of the convolution page: `python -m tests.benchmarks.rerun`.

Without a browser and without the network. A rerun here draws the whole page; in a browser only the fragment that holds it.
"""

from time import perf_counter

from tests.app.opened import opened
from tests.benchmarks.table import show

RUNS = 60
WARM_UP = 10
SIDES = (28, 96, 256, 512)


def measure(side: int) -> list[float]:
    page = opened("convolution", long_side=str(side), filters="8")
    times = []
    for number in range(WARM_UP + RUNS):
        page.slider(key="kernel_size").set_value(3 + number % 9)
        start = perf_counter()
        page.run()
        times.append(1000 * (perf_counter() - start))
    assert not page.exception
    return times[WARM_UP:]


def main() -> None:
    show("Rerun of /convolution, 8 filters", "ms", {f"{side} pixels": measure(side) for side in SIDES})


if __name__ == "__main__":
    main()
