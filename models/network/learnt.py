"""What a layer has learnt: its kernels one by one, how its weights are spread, what training changed in them."""

from typing import Any, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, BatchArray
from models.network.graph import PICTURE, Graph
from models.network.inspect import kernels as kernels_of
from models.network.learnt_values import Answers, KernelSet, Spread
from models.network.outputs import from_answer, last_function
from models.network.run import Wanted, runner
from models.network.sizes import specs
from models.network.sums import first_channel

FLATTENED = frozenset(("Flatten", "Dropout", "Activation", "ReLU", "LeakyReLU", "ELU", "Identity"))
"""Layers behind which a row of numbers still is the maps that it was, one number for each of theirs."""

SCALED = frozenset(("Rescaling", "Normalization", "ZeroPadding2D"))
"""Layers behind which a picture still has its channels."""

MOST_COUNTED = 1_000_000
"""So many weights are counted for a histogram; of more every second one, every third one and so on."""


def kernel_set(model: keras.Model, layer: str) -> KernelSet:
    """The kernels of a convolution or of a dense layer, filter by filter.

    A dense layer that reads flattened maps, or a flattened picture, has for each unit one slice for each of these maps; one
    that reads a row of numbers has one slice with one row.

    Raises:
        ValueError: for an unknown layer, and for one that has no kernels.
    """
    network = runner(model).network
    found: Any = network.steps[network.index(layer)].layer
    values = kernels_of(model, layer)
    filters = values.shape[-1]
    biases = found.bias.numpy().copy() if found.use_bias else np.zeros(filters, np.float32)
    if values.ndim == 2:
        shape = shape_behind(network, network.index(layer))
        form = "maps" if shape else "row"
        height, width, count = shape or (1, len(values), 1)
        slices = values.reshape(height, width, count, filters)
    else:
        form, slices = "kernels", values
    first = np.array([first_channel(found, number) for number in range(filters)], np.int32)
    channels = first[:, None] + np.arange(slices.shape[2], dtype=np.int32)
    values = slices.transpose(3, 2, 0, 1).astype(np.float32, copy=False)
    return KernelSet(form, values, channels.astype(np.int32), biases, reads_picture(network, network.index(layer)))


def shape_behind(network: Graph, index: int) -> tuple[int, int, int] | None:
    """(height, width, maps) of what the dense step `index` reads, where that was flattened; None where it was a row before."""
    shapes = [tuple(tensor.shape[1:]) for tensor in specs(network, network.shape)]
    source, flat = network.steps[index].sources[0], False
    while source != PICTURE and type(network.steps[source].layer).__name__ in FLATTENED:
        flat |= type(network.steps[source].layer).__name__ == "Flatten"
        source = network.steps[source].sources[0]
    shape = network.shape if source == PICTURE else shapes[source]
    if not flat or len(shape) not in (2, 3) or None in shape:
        return None
    height, width, maps = (int(size or 0) for size in (*shape, 1)[:3])
    return height, width, maps


def reads_picture(network: Graph, index: int) -> bool:
    """Whether what the step `index` reads is the picture, flattened or with other numbers for its brightness."""
    source = network.steps[index].sources[0]
    while source != PICTURE and type(network.steps[source].layer).__name__ in FLATTENED | SCALED:
        source = network.steps[source].sources[0]
    return source == PICTURE


def norms(values: Array) -> Array:
    """The length of each kernel (..., rows, cols): the root of the sum of its squares, over its last two axes."""
    return np.asarray(np.sqrt(np.einsum("...rc,...rc->...", values, values, dtype=np.float64)), np.float32)


def spread(values: Array, reach: float, bars: int) -> Spread:
    """How weights are spread: mean, standard deviation, and the share of all in each of `bars` bars from -reach to reach.

    Raises:
        ValueError: when there are none.
    """
    if not values.size:
        raise ValueError("values: expected at least one; received none")
    flat = values.ravel()
    counted = flat[:: -(-flat.size // MOST_COUNTED)]
    counts, _ = np.histogram(counted, bars, (-reach or -1.0, reach or 1.0))
    mean, deviation = float(flat.mean(dtype=np.float64)), float(flat.std(dtype=np.float64))
    return Spread((counts / counted.size).astype(np.float32), mean, deviation)


class Change(NamedTuple):
    """What training did to the kernels of a layer.

    Attributes:
        lengths: (filters,), the length of the change as a share of the length before; 1 where there was nothing before, and 0
            where there still is nothing.
        alike: (filters,), the cosine between a kernel before and after: 1 the same direction, 0 nothing in common.
    """

    lengths: Array
    alike: Array


def change(before: Array, after: Array) -> Change:
    """What is different between kernels (filters, ...) `before` and `after`.

    Raises:
        ValueError: for different shapes.
    """
    if before.shape != after.shape:
        raise ValueError(f"after: expected shape {before.shape}; received {after.shape}")
    old, new = (part.reshape(len(part), -1) for part in (before, after))
    lengths, others, moved = (np.sqrt(products(part, part)) for part in (old, new, new - old))
    far = np.divide(moved, lengths, out=(moved > 0).astype(np.float64), where=lengths > 0)
    size = lengths * others
    alike = np.divide(products(old, new), size, out=np.zeros_like(size), where=size > 0)
    return Change(far.astype(np.float32), alike.clip(-1, 1).astype(np.float32))


def products(first: Array, second: Array) -> NDArray[np.float64]:
    """(filters,), the scalar product of each kernel of `first` with that of `second`, both (filters, numbers)."""
    return np.asarray(np.einsum("fn,fn->f", first, second, dtype=np.float64))


def answers(model: keras.Model, layer: str, images: BatchArray) -> Answers:
    """What `layer` writes before its activation function for one picture, and what the network takes the picture for.

    Args:
        model: a Sequential or Functional model; it is not changed.
        layer: one that writes weighted sums.
        images: (1, height, width, channels), the network's own numbers.
    """
    run = runner(model)
    network = run.network
    last = Wanted(network.output, False)
    maps, answer = run.run(images, [Wanted(network.index(layer), True), last])
    chances = from_answer(answer, last_function(network))[0] if answer.ndim == 2 else np.zeros(0, np.float32)
    written = maps[0] if maps.ndim == 4 else maps.reshape(1, 1, -1)
    height, width = written.shape[:2]
    return Answers(np.ascontiguousarray(written.transpose(2, 0, 1)), np.asarray(chances, np.float32), (height, width))
