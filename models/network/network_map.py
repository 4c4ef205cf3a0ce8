"""The map of a network, as plain values: they travel to the process that draws pages, which has no Keras."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array

PICTURE = -1
"""Stands for the picture, where otherwise the place of a layer stands."""

FEW = 8
MANY = 12
"""Of a layer with more than `MANY` maps the `FEW` strongest are drawn until somebody asks for all."""


class MapLook(NamedTuple):
    """What of a network is to be drawn.

    Attributes:
        kinds: "feature", "activation" or "both": which maps of a layer that bends its sums itself.
        opened: the places of the layers that show all their maps.
        folds: (first, last) of the blocks that are folded where they would be unfolded, or the other way round.
        kept: (layer, its maps in their order): shall stay, whatever is strongest now.
        chosen: (layer, map) that is drawn in any case.
    """

    kinds: str = "both"
    opened: tuple[int, ...] = ()
    folds: tuple[tuple[int, int], ...] = ()
    kept: tuple[tuple[int, tuple[int, ...]], ...] = ()
    chosen: tuple[int, int] = (PICTURE, 0)


@dataclass(frozen=True)
class Link:
    """What a column takes from another one.

    Attributes:
        column: the place of the other one.
        sort: "all" (every map from every map), "same" (map k from map (k - shift) // factor), "flat" (number k from map
            k modulo their count), "dense" (every number from every number) or "block" (something in between is folded).
        shift, factor: of "same".
        strengths: (inputs drawn, outputs drawn) of "all": what each input adds to each output, mean of the absolute values.
        top: (strongest inputs, outputs) of "dense": the numbers of the inputs, the strongest first.
        adds: as `top`: what those inputs add.
    """

    column: int
    sort: str
    shift: int = 0
    factor: int = 1
    strengths: Array | None = None
    top: NDArray[np.int32] | None = None
    adds: Array | None = None


@dataclass(frozen=True)
class Column:
    """One column of the map: the maps, or the row of numbers, that a layer writes.

    Attributes:
        layer: its place in the inventory; -1 is the picture.
        sort: "picture", "feature" (before an activation function), "activation" (behind one), "output" (of any other layer),
            "passed" (a layer that only hands on at prediction time; nothing is drawn of it) or "answer" (probabilities).
        shape: of all that is written, (height, width, channels) or (units,).
        maps: which of the maps are drawn, in their order; of a row of numbers all are.
        numbers: (maps, height, width), 0 to 255 between each map's own range; or the row of numbers, float32. Large maps are
            made smaller; ranges and shares are those of the whole ones.
        ranges: (maps, 2): lowest and highest value of each drawn map; of a row of numbers one pair.
        zeros: (maps,): the share of zeros in each.
        limits: lowest and highest value of all maps, drawn or not.
        dead: how many of all maps are zero everywhere.
        block: first and last layer of the block that this column stands for, where one is folded.
        each: of a very long row of numbers so many neighbours are one of `numbers`, their mean.
    """

    layer: int
    sort: str
    shape: tuple[int, ...]
    links: tuple[Link, ...] = ()
    maps: tuple[int, ...] = ()
    numbers: NDArray[Any] = field(default_factory=lambda: np.zeros(0, np.float32))
    ranges: Array = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    zeros: Array = field(default_factory=lambda: np.zeros(0, np.float32))
    limits: tuple[float, float] = (0.0, 0.0)
    dead: int = 0
    block: tuple[int, int] | None = None
    each: int = 1

    @property
    def is_row(self) -> bool:
        """Whether it is a row of numbers, not maps."""
        return len(self.shape) == 1


class Group(NamedTuple):
    """A block and the columns that stand for it.

    `sort` and `name` as in `models.network.blocks.Block`; `number` counts those of its sort from 1; `depth` is 0 for the
    outermost; `start` and `end` are its first and its last column.
    """

    first: int
    last: int
    sort: str
    name: str
    number: int
    depth: int
    folded: bool
    start: int
    end: int


@dataclass(frozen=True)
class NetworkMap:
    """All columns, left to right, and the blocks. `says` tells whether the network itself says probabilities, or its plain
    numbers were put through softmax for the last column; `reranked` whether other maps are the strongest now than those drawn.
    """

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    says: bool = True
    reranked: bool = False


@dataclass(frozen=True)
class Ranking:
    """Which maps of a network are drawn since `picture`, a digest of a picture and an epoch: `maps`, layer -> their order."""

    network: object
    picture: bytes
    maps: dict[int, tuple[int, ...]]
