"""The layers of a Keras model, listed."""

from collections.abc import Sequence
from math import prod
from typing import Any

import keras

from models.network.findings import Inventory, LayerEntry
from models.network.graph import PICTURE, Graph
from models.network.run import runner
from models.network.sizes import specs
from models.network.sums import is_weighted


def inventory(model: keras.Model) -> Inventory:
    """Every layer of a Sequential or Functional model, inner models unfolded, with what flows into it."""
    network = runner(model).network
    shapes = [tuple(tensor.shape[1:]) for tensor in specs(network, network.shape)]
    entries = tuple(_entry(network, index, shapes) for index in range(len(network.steps)))
    return Inventory(model.name, network.shape, entries)


def _entry(network: Graph, index: int, shapes: Sequence[tuple[int | None, ...]]) -> LayerEntry:
    step = network.steps[index]
    first = all(earlier.layer is not step.layer for earlier in network.steps[:index])
    return LayerEntry(
        name=step.name,
        kind=type(step.layer).__name__,
        blocks=step.path[:-1],
        sources=tuple(network.steps[source].name for source in step.sources if source != PICTURE),
        shape=shapes[index],
        parameters=sum(prod(weight.shape) for weight in held(step.layer)) if first else 0,
        function=function_name(step.layer),
        weighted=is_weighted(step.layer),
    )


def held(layer: Any) -> list[Any]:
    """The arrays of a layer; an operation has none."""
    return list(getattr(layer, "weights", []))


def function_name(layer: Any) -> str:
    """The name of the activation function that a layer applies, or is ("relu", "leakyrelu"); "" when there is none."""
    function = layer if type(layer).__name__ in FUNCTIONS else getattr(layer, "activation", None)
    if function is None:
        return ""
    name = str(getattr(function, "__name__", type(function).__name__)).lower()
    return "" if name == "linear" else name


FUNCTIONS = frozenset(("ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax"))
"""Layers that are activation functions."""
