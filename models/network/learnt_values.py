"""What a layer has learnt, as plain values: they travel to the process that draws pages."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array

Numbers = NDArray[np.int32]


class KernelSet(NamedTuple):
    """All kernels of one layer.

    Attributes:
        form: "kernels" of a convolution; "maps", the weights of dense units as the maps that they read; "row", of dense
            units that read a row of numbers.
        values: (filters, slices, rows, cols).
        channels: (filters, slices), the number of the input channel that a slice looks at, from 0.
        biases: (filters,), 0 without a bias.
        picture: whether the input channels are those of the picture itself.
    """

    form: str
    values: Array
    channels: Numbers
    biases: Array
    picture: bool = False


class Spread(NamedTuple):
    """How weights are spread: (bars,) shares of all, their mean, their standard deviation."""

    shares: Array
    mean: float
    deviation: float


class Answers(NamedTuple):
    """What a network makes of one picture.

    Attributes:
        maps: (filters, height, width) of one layer, before its activation function.
        chances: (classes,), 0 to 1; none where the network does not answer with classes.
        whole: (height, width) of the layer's maps, which may have been made smaller.
    """

    maps: Array
    chances: Array
    whole: tuple[int, int]


class FilmLook(NamedTuple):
    """Which part of a layer is looked at.

    Attributes:
        order: of the filters, "number" or "strongest" (the longest kernel first).
        page: of the filters, from 0; the last one where there are fewer.
        chosen: the number of the filter that is seen whole.
        slices: of the others "strongest", a few, or "all".
        epoch: the one that must not be left out.
    """

    order: str = "number"
    page: int = 0
    chosen: int = 0
    slices: str = "strongest"
    epoch: int = 0


@dataclass(frozen=True, eq=False)
class Film:
    """Kernels of one layer, and what they make of one picture, epoch by epoch; an untrained network has one epoch, 0.

    Attributes:
        layer: its name.
        form: see `KernelSet`.
        picture: see `KernelSet`.
        epochs: those that are shown, in order; 0 is before the first batch.
        count: how many filters the layer has.
        pages: how many pages they take.
        page: which of them this is, from 0.
        filters: the numbers of the filters of this page, in their order.
        slices: how many slices each kernel has.
        channels: (filters, slices shown), the input channels of the shown slices.
        kernels: (epochs, filters, slices shown, rows, cols).
        norms: (epochs, filters), the length of each whole kernel.
        biases: (epochs, filters).
        chosen: the number of the filter that is seen whole.
        whole: (epochs, slices, rows, cols), its kernel.
        whole_channels: (slices,), its input channels, the longest slice of the last epoch first.
        maps: (epochs, filters, height, width), before the activation function, in steps of `reaches` / 127.
        reaches: (epochs, filters), the largest number on each map, without its sign.
        map_shape: (height, width) of the maps; those in `maps` may be smaller.
        weights: how many the layer's kernels have.
        reach: the largest weight of all epochs, without its sign.
        shares: (epochs, bars), the share of all weights in each bar from -reach to reach.
        means: (epochs,), of all weights.
        deviations: (epochs,), of all weights.
        classes: the numbers of the classes that are told of.
        chances: (epochs, classes), what the picture is taken for.
        moved: (epochs, filters of the layer), how far each kernel has moved since the first epoch; see `Change`.
        alike: (epochs, filters of the layer), how much of its direction it has kept.
    """

    layer: str
    form: str
    picture: bool
    epochs: tuple[int, ...]
    count: int
    pages: int
    page: int
    filters: tuple[int, ...]
    slices: int
    channels: Numbers
    kernels: Array
    norms: Array
    biases: Array
    chosen: int
    whole: Array
    whole_channels: Numbers
    maps: NDArray[np.int8]
    reaches: Array
    map_shape: tuple[int, int]
    weights: int
    reach: float
    shares: Array
    means: Array
    deviations: Array
    classes: tuple[int, ...]
    chances: Array
    moved: Array
    alike: Array


class Judged(NamedTuple):
    """How many of `pictures` test pictures a network puts into the right class, before its first batch and now.

    `of` is how many test pictures there are; `dataset` where they are from.
    """

    before: int
    after: int
    pictures: int
    of: int
    dataset: str
