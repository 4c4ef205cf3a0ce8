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
    found = [tuple(tensor.shape[1:]) for tensor in specs(network, picture[: len(network.shape)])]
    for step, shape in zip(network.steps, found, strict=True):
        if any(type(size) is not int or size < 1 for size in shape):
            raise ValueError(f"{step.name}: expected sizes of 1 and more; received {shape}")
    return found


def specs(network: Graph, shape: tuple[int | None, ...]) -> list[Any]:
    """What each step writes for pictures of `shape`, as Keras' tensors without numbers; None is any size."""
    values: dict[int, Any] = {PICTURE: keras.KerasTensor((None, *shape))}
    for index, step in enumerate(network.steps):
        args, named = step.arguments([values[source] for source in step.sources])
        values[index] = step.layer.compute_output_spec(*args, **named)
    return [values[index] for index in range(len(network.steps))]


def multiplications(layer: Any, inside: Shape, outside: Shape) -> int:
    """About how many numbers `layer` multiplies, or compares, to make a map of `outside` from one of `inside`."""
    window = prod(getattr(layer, "pool_size", (1,)))
    if not is_weighted(layer):
        return window * prod(outside)
    positions = max(prod(inside[:-1]), prod(outside[:-1]))
    return int(positions * sum(prod(variable.shape) for variable in layer.weights))
