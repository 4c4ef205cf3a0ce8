"""The maps of one picture through all layers, and of a second one beside it, as plain values: they travel to the pages."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from numpy.typing import NDArray

from models.arrays import Array
from models.network.map_blocks import MapBlock, Stage
from models.network.picture_moves import Move

FEW = 8
MANY = 12
"""Of a block with more than `MANY` maps the `FEW` strongest are sent until somebody asks for all."""


class MapsLook(NamedTuple):
    """What is to be looked at: the place of the layer whose block is shown, whether with all its maps, how the picture of the
    second side is moved, and whether its maps are laid back before they are drawn.
    """

    layer: int
    every: bool = False
    move: Move = Move()
    back: bool = False


@dataclass(frozen=True)
class StageNumbers:
    """One stage of the network in numbers.

    Attributes:
        block: the place of its block.
        stage: which layer, which maps.
        shape: (height, width, maps) or (units,).
        limits: lowest and highest value of the first side.
        zeros: the share of zeros in it, 0 to 1.
        dead: how many of its maps are zero everywhere for this picture.
        other_shape: of the second side; None where there is none to compare with.
        changed: `models.network.likeness.changed` of the two sides, place by place; None where their shapes differ.
        left: the same once the maps of the moved picture are laid back; None where there is no place to lay them back to.
        shift: how far a shift of the picture moves the maps, (rows, columns) of the map; None where there are no places.
        difference: mean of the absolute difference.
        correlation: Pearson's, None where a side is the same everywhere.
        unlike: `models.network.likeness.unlike` of maps of two networks.
    """

    block: int
    stage: Stage
    shape: tuple[int, ...]
    limits: tuple[float, float]
    zeros: float
    dead: int
    other_shape: tuple[int, ...] | None = None
    changed: float | None = None
    left: float | None = None
    shift: tuple[float, float] | None = None
    difference: float | None = None
    correlation: float | None = None
    unlike: float | None = None


@dataclass(frozen=True)
class Tiles:
    """The drawn maps of one side of a stage.

    Attributes:
        levels: (maps, height, width), 0 to the largest number of their type between each map's own range.
        ranges: (maps, 2): the lowest and the highest value of each; those of the whole maps, where they were made smaller.
        zeros: (maps,): the share of zeros in each.
        limits: lowest and highest value of all maps, drawn or not.
        dead: how many of all maps are zero everywhere.
    """

    levels: NDArray[Any]
    ranges: Array
    zeros: Array
    limits: tuple[float, float]
    dead: int


@dataclass(frozen=True)
class StageMaps:
    """A stage of the block that is shown: its numbers, and the tiles of the first side, the second and their difference.

    `changes` (maps,) is `models.network.likeness.changed` of each drawn map.
    """

    numbers: StageNumbers
    first: Tiles
    second: Tiles | None = None
    difference: Tiles | None = None
    changes: Array | None = None


@dataclass(frozen=True)
class MapsCompared:
    """Everything that the page shows.

    Attributes:
        blocks: those of the network.
        numbers: one for each stage, in the order of the layers.
        shown: the place of the block that is shown.
        maps: the numbers of its drawn maps, the strongest first.
        total: how many maps it has.
        stages: its stages.
        smaller: whether the drawn maps were made smaller.
    """

    blocks: tuple[MapBlock, ...]
    numbers: tuple[StageNumbers, ...]
    shown: int
    maps: tuple[int, ...]
    total: int
    stages: tuple[StageMaps, ...]
    smaller: bool
