"""What a network computes on its way: the numbers behind every "look inside" page. No model is ever changed by a look."""

from collections.abc import Iterable
from typing import Any

import keras
import numpy as np

from models.arrays import Array, BatchArray, Kernel
from models.network.findings import Contributions, Inventory, LayerEntry, TopClass
from models.network.inventory import inventory
from models.network.outputs import probabilities, top_classes
from models.network.run import Wanted, computed, everything, runner
from models.network.sight import footprint, receptive_field, seen_box
from models.network.sums import TERMS, first_channel, is_weighted

__all__ = [
    "Contributions",
    "Inventory",
    "LayerEntry",
    "TopClass",
    "activation_maps",
    "contributions",
    "feature_maps",
    "footprint",
    "inventory",
    "kernels",
    "probabilities",
    "receptive_field",
    "seen_box",
    "top_classes",
    "weights",
]


def feature_maps(model: keras.Model, images: BatchArray, layers: Iterable[str] | None = None) -> dict[str, Array]:
    """What every convolution and dense layer wrote, before its activation function.

    Args:
        model: a Sequential or Functional model, also with others in it.
        images: (images, height, width, channels) of the size that the model takes.
        layers: those that are wanted, by the names of the result; all when left out.

    Returns:
        Name -> (images, height, width, filters), or (images, units) of a dense layer behind a flattened map. A layer's name
        is its own; where a network has two of that name, those of the models around it stand before it ("encoder/conv").

    Raises:
        ValueError: for images of another size, and for a name that no such layer has.
    """
    run = runner(model)
    wanted = everything(run.network, before=True)
    if layers is not None:
        wanted = [Wanted(run.network.index(name), True) for name in layers]
        if not all(is_weighted(run.network.steps[entry.step].layer) for entry in wanted):
            raise ValueError(f"layers: expected layers that write weighted sums; received {layers}")
    names = [run.network.steps[entry.step].name for entry in wanted]
    return dict(zip(names, run.run(images, wanted), strict=True))


def activation_maps(model: keras.Model, images: BatchArray, layers: Iterable[str] | None = None) -> dict[str, Array]:
    """What every layer handed on, behind its activation function: Keras' own layer outputs.

    As `feature_maps`, for all layers; a model within the model stands there too, with its output.
    """
    run = runner(model)
    places = {step.name: index for index, step in enumerate(run.network.steps)} | dict(run.network.blocks)
    names = list(places if layers is None else layers)
    indices = [run.network.index(name) for name in names]
    wanted = sorted({Wanted(index, False) for index in indices})
    found = dict(zip(wanted, run.run(images, wanted), strict=True))
    return {name: found[Wanted(index, False)] for name, index in zip(names, indices, strict=True)}


def contributions(model: keras.Model, layer: str, filter_index: int, images: BatchArray) -> Contributions:
    """What each input channel of a convolution, or each input of a dense layer, adds to the sums of one filter.

    Channels that the filter does not look at (of another group, or of another depthwise kernel) are left out.

    Raises:
        ValueError: for a layer that writes no weighted sums, and for a filter that it does not have.
    """
    run = runner(model)
    index = run.network.index(layer)
    step = run.network.steps[index]
    filters = kernels(model, layer).shape[-1] if is_weighted(step.layer) else 0
    if not 0 <= filter_index < filters:
        raise ValueError(f"filter_index: expected 0 to {filters - 1} of layer {layer!r}; received {filter_index}")
    pictures = run.pictures(images)
    source = step.sources[0]
    given = pictures if source < 0 else computed(run.network, pictures, [Wanted(source, False)])[0]
    terms = np.asarray(TERMS[type(step.layer).__name__](step.layer, given, filter_index))
    strength = np.abs(terms).sum(axis=tuple(range(terms.ndim - 1)), dtype=np.float64)
    order = np.argsort(-strength, kind="stable")
    bias = float(step.layer.bias[filter_index]) if step.layer.use_bias else 0.0
    total = terms.sum(axis=-1, dtype=np.float64) + bias
    channels = tuple(int(channel) + first_channel(step.layer, filter_index) for channel in order)
    return Contributions(channels, terms[..., order], bias, total.astype(np.float32))


def weights(model: keras.Model, layer: str) -> dict[str, Array]:
    """All numbers that a layer holds, name ("kernel", "bias", "gamma") -> array, as Keras has them."""
    network = runner(model).network
    held = network.steps[network.index(layer)].layer.weights
    return {variable.name: np.asarray(variable) for variable in held}


def kernels(model: keras.Model, layer: str) -> Kernel:
    """The kernels of a convolution, (kernel_height, kernel_width, in_channels, filters), or (inputs, units) of a dense layer.

    A depthwise layer's kernel looks at one channel: in_channels is 1. Of a separable layer these are the kernels that its two
    steps amount to. Those of a transposed convolution are turned from Keras' order of axes.

    Raises:
        ValueError: for a layer that has none.
    """
    network = runner(model).network
    found: Any = network.steps[network.index(layer)].layer
    match type(found).__name__:
        case "DepthwiseConv2D":
            height, width = found.kernel.shape[:2]
            return np.asarray(found.kernel).reshape(height, width, 1, -1)
        case "SeparableConv2D":
            depthwise, pointwise = np.asarray(found.depthwise_kernel), np.asarray(found.pointwise_kernel)
            mixed = pointwise.reshape(*depthwise.shape[2:], -1)
            return np.asarray(np.einsum("hwcm,cmf->hwcf", depthwise, mixed))
        case "Conv2DTranspose":
            return np.asarray(found.kernel).swapaxes(2, 3)
    if not is_weighted(found):
        raise ValueError(f"layer: expected a convolution or a dense layer; received {layer!r}")
    return np.asarray(found.kernel)
