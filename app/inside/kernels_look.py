"""What a learner looks at among the kernels of a layer."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, flag, integer


@dataclass(frozen=True)
class KernelsLook(Spec):
    """Which kernels are drawn, and how. The layer and the filter are those of the map of the network.

    `order` is by number, or the longest kernel first; `page` the page of the filters, from 0. `slices` are the few strongest of
    each kernel, or all. `scale` says whether all kernels share one colour scale. `predict` asks which kernels are the trained
    ones before it tells.
    """

    order: str = choice("number", "number", "strongest")
    page: int = integer(default=0, low=0, high=99_999)
    slices: str = choice("strongest", "strongest", "all")
    scale: str = choice("common", "common", "own")
    predict: bool = flag(default=False)
