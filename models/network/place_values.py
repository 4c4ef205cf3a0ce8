"""What is told of one place of a map, as plain values: they travel to the process that draws pages."""

from dataclasses import dataclass
from typing import NamedTuple

from models.arrays import Array

Pair = tuple[int, int]


@dataclass(frozen=True)
class Softmax:
    """All numbers of one place, each against the others, the largest first.

    Attributes:
        units: the units that are shown; the chosen one is among them.
        numbers: what each is before.
        powers: e to the number less the largest of all; `rest` is that of the `others` together.
        total: the sum of all powers.
        probabilities: each power's share of it.
    """

    units: tuple[int, ...]
    numbers: tuple[float, ...]
    powers: tuple[float, ...]
    rest: float
    others: int
    total: float
    largest: float
    probabilities: tuple[float, ...]


class CameFrom(NamedTuple):
    """One number that another was made of: its place (row, col, map) in what came in, and what it was multiplied with."""

    place: tuple[int, ...]
    value: float
    factor: float


@dataclass(frozen=True)
class PlaceStory:
    """What is told of one place of a map.

    Attributes:
        place: (row, col), within the map.
        value: the number there, behind the activation function.
        field: ((top, bottom), (left, right)) of the receptive field, beyond the picture where it sees padding; None: all.
        size: (height, width) of the field, the padding counted in.
        footprint: (height, width) of the picture, 0 to 1: how strongly each pixel moves the number.
        moving: how many pixels of the picture move it at all.
        core: the fewest pixels that hold nine tenths of all that moves it.
        inside: how many pixels of the picture lie in the field.
        softmax: where the layer's activation function is one.
        came_from: where the number is from, when the layer moves numbers.
    """

    place: Pair
    value: float
    field: tuple[Pair, Pair] | None
    size: Pair
    footprint: Array
    moving: int
    core: int
    inside: int
    softmax: Softmax | None
    came_from: tuple[CameFrom, ...] | None
