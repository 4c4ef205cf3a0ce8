"""How long it takes to find what makes a filter fire: `python -m tests.benchmarks.firing`. Milliseconds, in one process."""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from models.engine import firing_questions
from models.engine.firing_questions import dreams, firing
from models.engine.networks import opened
from models.network.preprocessing import of_dataset
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.ascent import AscentSpec

LAYERS = {"digits": ("conv_1", "conv_5", "dense_8"), "shapes": ("conv_3", "dense_8"), "residual": ("conv_1", "residual_6_add")}
PATCHES = 9
GOALS = ("", "1000", "", "", "500", "")


def milliseconds(work: Callable[[], Any]) -> float:
    """How long `work` takes, once."""
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def measured(source: NetworkSource, layer: str) -> list[float]:
    """First patches of a layer, the same again without what was kept, the next filter; first dream, the next, sixteen."""
    units = tuple(range(opened(source).model.get_layer(layer).output.shape[-1]))[:16]
    first = milliseconds(lambda: firing(source, layer, 0, PATCHES))
    firing_questions._kept.clear()
    again = milliseconds(lambda: firing(source, layer, 0, PATCHES))
    other = milliseconds(lambda: firing(source, layer, 1, PATCHES))
    dreamt = [milliseconds(partial(dreams, source, layer, chosen, AscentSpec())) for chosen in ((0,), (1,), units)]
    return [first, again, other, *dreamt]


def main() -> None:
    """Print the table."""
    titles = ("first", "pictures known", "next filter", "first dream", "next dream", "16 dreams")
    print(f"{'':26}" + "".join(f"{title:>16}" for title in titles))
    for name, layers in LAYERS.items():
        source = NetworkSource("shipped", name, preprocessing=of_dataset(SHIPPED[name].dataset))
        for layer in layers:
            times = measured(source, layer)
            print(f"{name + ' ' + layer:26}" + "".join(f"{time:16.1f}" for time in times), flush=True)
    print(f"{'goal':26}" + "".join(f"{goal:>16}" for goal in GOALS))


if __name__ == "__main__":
    main()
