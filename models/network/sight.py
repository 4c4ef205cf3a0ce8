"""What one unit of a Keras model sees of the picture: its receptive field, and the part of it that it really uses."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from models.arrays import Array, ImageArray
from models.network.graph import PICTURE, Graph
from models.network.receptive_field import OWN_PIXEL, Pair, ReceptiveField, Window, Windows, around, own_pixel
from models.network.run import Wanted, computed, runner
from models.network.sizes import Shape, shapes
from models.network.sums import is_weighted
from models.ops.window import padding_amounts

Box = tuple[Pair, Pair]
"""((top, bottom), (left, right)), both ends included."""

REACH = {"nearest": 0.5, "bilinear": 1.0, "bicubic": 2.0, "lanczos3": 3.0, "lanczos5": 5.0}
"""Interpolation -> how many pixels away a pixel still counts."""


def slide(layer: Any, inside: Shape) -> Windows:
    """A kernel or a pooling window."""
    sizes = getattr(layer, "kernel_size", None) or layer.pool_size
    dilations = getattr(layer, "dilation_rate", (1, 1))
    spans = [(size - 1) * dilation + 1 for size, dilation in zip(sizes, dilations, strict=True)]
    height, width = (
        Window(span, stride, padding_amounts(side, span, stride, layer.padding)[0])
        for side, span, stride in zip(inside[:2], spans, layer.strides, strict=True)
    )
    return height, width


def written(layer: Any, inside: Shape) -> Windows:  # noqa: ARG001
    """A transposed convolution: every pixel writes a window."""
    spans = [(size - 1) * dilation + 1 for size, dilation in zip(layer.kernel_size, layer.dilation_rate, strict=True)]
    cuts = [max(span - stride, 0) // 2 * (layer.padding == "same") for span, stride in zip(spans, layer.strides, strict=True)]
    height, width = (Window(*numbers, transposed=True) for numbers in zip(spans, layer.strides, cuts, strict=True))
    return height, width


def enlarged(layer: Any, inside: Shape) -> Windows:  # noqa: ARG001
    """Upsampling: every pixel writes as far as its interpolation reaches."""
    reach = REACH[layer.interpolation]
    height, width = (Window(int(2 * reach * size), size, int((reach - 0.5) * size), True) for size in layer.size)
    return height, width


def moved(layer: Any, inside: Shape) -> Windows:
    """Padding and cropping: every pixel by itself, elsewhere."""
    if type(layer).__name__ == "CenterCrop":
        return Window(before=-((inside[0] - layer.height) // 2)), Window(before=-((inside[1] - layer.width) // 2))
    before = layer.padding if type(layer).__name__ == "ZeroPadding2D" else [[-sides[0]] for sides in layer.cropping]
    return Window(before=before[0][0]), Window(before=before[1][0])


SEEN: Mapping[str, Callable[[Any, Shape], Windows]] = {
    **dict.fromkeys(("Conv2D", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D"), slide),
    "Conv2DTranspose": written,
    "UpSampling2D": enlarged,
    **dict.fromkeys(("ZeroPadding2D", "Cropping2D", "CenterCrop"), moved),
}
"""Class in `keras.layers` -> how its window moves."""

WHOLE = frozenset(
    ("Flatten", "Reshape", "Permute", "Resizing", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GroupNormalization")
)
"""Layers whose units may see everything that comes in."""


def windows(layer: Any, inside: Shape, outside: Shape) -> Windows | None:
    """How the window of `layer` moves; None when its units see all that comes in."""
    kind = type(layer).__name__
    axes = getattr(layer, "axis", -1) if kind in ("LayerNormalization", "UnitNormalization", "Softmax") else -1
    across = axes not in (-1, len(inside), [-1], [len(inside)], (-1,))
    if kind in WHOLE or across or len(outside) < 3 or len(inside) < 3:
        return None
    return SEEN[kind](layer, inside) if kind in SEEN else OWN_PIXEL


def _sizes(network: Graph, picture: Pair | None) -> tuple[Shape, list[Shape]]:
    """The picture's shape, and of what each step writes for it."""
    known = picture or network.shape[:2]
    if None in known:
        raise ValueError("picture: expected (height, width), since this network takes pictures of any size; received None")
    shape = tuple(int(size or 0) for size in (*known, *network.shape[2:]))
    return shape, shapes(network, shape)


def receptive_field(model: keras.Model, layer: str, picture: Pair | None = None) -> ReceptiveField:
    """What the units of a layer see of a picture (height, width): size, stride and start, in its pixels.

    Args:
        model: a Sequential or Functional model.
        layer: its name, as in `feature_maps`.
        picture: needed only for a model that takes pictures of any size.

    Raises:
        ValueError: for an unknown layer or a missing size.
    """
    network = runner(model).network
    shape, found = _sizes(network, picture)
    last = network.index(layer)
    fields = {PICTURE: own_pixel((shape[0], shape[1]))}
    for index in network.needed([last]):
        step = network.steps[index]
        inside = shape if step.sources[0] == PICTURE else found[step.sources[0]]
        joined = reduce(ReceptiveField.joined, (fields[source] for source in step.sources))
        fields[index] = joined.through(windows(step.layer, inside, found[index]))
    return fields[last]


def seen_box(model: keras.Model, layer: str, unit: Pair, picture: Pair | None = None) -> Box | None:
    """The smallest box around what the unit (row, col) of a layer sees; None for the whole picture.

    It reaches beyond the picture where the unit sees padding.
    """
    network = runner(model).network
    shape, found = _sizes(network, picture)
    boxes: dict[int, Box] = {network.index(layer): ((unit[0], unit[0]), (unit[1], unit[1]))}
    for index in reversed(network.needed(list(boxes))):
        step, outside = network.steps[index], found[index]
        inside = shape if step.sources[0] == PICTURE else found[step.sources[0]]
        moves = windows(step.layer, inside, outside)
        if moves is None:
            return None
        # Units beyond the edge of a map are padding: they see nothing.
        rows, cols = ((max(low, 0), min(high, size - 1)) for (low, high), size in zip(boxes[index], outside, strict=False))
        seen = moves[0].seen(*rows), moves[1].seen(*cols)
        for source in step.sources:
            before = boxes.get(source, seen)
            boxes[source] = around(before[0], seen[0]), around(before[1], seen[1])
    return boxes[PICTURE]


def footprint(model: keras.Model, layer: str, filter_index: int, unit: Pair | None, image: ImageArray) -> Array:
    """How strongly each pixel of `image` moves one unit: the gradient's size, all channels added, (height, width), 0 to 1.

    Args:
        model: a Sequential or Functional model.
        layer: its name; of a convolution or a dense layer the sum before the activation function counts.
        filter_index: which of the layer's maps, or which unit of a row.
        unit: (row, col) on the map; None for a row of units.
        image: (height, width, channels) of the size that the model takes.

    Returns:
        The strongest pixel is 1; all are 0 where nothing moves the unit.
    """
    run = runner(model)
    index = run.network.index(layer)
    pictures = run.pictures(image[None])
    with tf.GradientTape() as tape:
        tape.watch(pictures)
        before = is_weighted(run.network.steps[index].layer)
        value = computed(run.network, pictures, [Wanted(index, before)])[0][(0, *(unit or ()), filter_index)]
    slope = tape.gradient(value, pictures)
    sizes = np.zeros(image.shape[:2], np.float32) if slope is None else np.abs(slope[0]).reshape(*image.shape[:2], -1).sum(-1)
    return np.asarray(sizes / sizes.max() if sizes.max() > 0 else sizes, dtype=np.float32)
