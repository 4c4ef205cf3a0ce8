"""The shapes of everything that a network writes for one picture, and what that costs, before any of it is computed."""

from math import prod
from typing import Any

import keras

from models.network.graph import PICTURE, Graph
from models.network.sums import is_weighted

Shape = tuple[int, ...]


def shapes(network: Graph, picture: Shape) -> list[Shape]:
    """The shape of what each step writes, without the batch axis, for a picture (height, width, channels).

    A network that takes pictures without a channel axis gets (height, width). Nothing is computed or allocated.

    Raises:
        ValueError: when a layer cannot work on what it gets. Keras raises others of its own, too.
    """
    values: dict[int, Any] = {PICTURE: keras.KerasTensor((1, *picture[: len(network.shape)]))}
    for index, step in enumerate(network.steps):
        args, named = step.arguments([values[source] for source in step.sources])
        values[index] = step.layer.compute_output_spec(*args, **named)
        if any(type(size) is not int or size < 1 for size in values[index].shape):
            raise ValueError(f"{step.name}: expected sizes of 1 and more; received {values[index].shape}")
    return [tuple(values[index].shape[1:]) for index in range(len(network.steps))]


def multiplications(layer: Any, inside: Shape, outside: Shape) -> int:
    """About how many numbers `layer` multiplies, or compares, to make a map of `outside` from one of `inside`."""
    window = prod(getattr(layer, "pool_size", (1,)))
    if not is_weighted(layer):
        return window * prod(outside)
    positions = max(prod(inside[:-1]), prod(outside[:-1]))
    return int(positions * sum(prod(variable.shape) for variable in layer.weights))
