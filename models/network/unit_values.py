"""How one map, and one number of it, came about, as plain values: they travel to the process that draws pages.

Every array here is of one picture. A plane is one map: (height, width); of a row of units it is the one number, (1, 1).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, Kernel

Pair = tuple[int, int]


class Source(NamedTuple):
    """One map that goes into a step: the layer it is of ("" is the picture), and its number there."""

    layer: str
    map: int


class Walk(NamedTuple):
    """How a window walks, (down, right) each: its size, its stride, its dilation, and the padding in front.

    When `transposed`, each number that comes in writes a window, and `before` is what is cut off in front.
    """

    size: Pair
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    before: Pair = (0, 0)
    transposed: bool = False


@dataclass(frozen=True)
class Summed:
    """One map of a convolution: the sum of what each input map adds, and the bias.

    Attributes:
        sources: the input maps that are shown apart, strongest first: by what each adds anywhere, signs left out.
        inputs: (in_height, in_width, shown).
        kernels: (kernel_height, kernel_width, shown): what each of them is multiplied with.
        parts: (height, width, shown): what each of them adds.
        rest: what the `others` add together; zeros when there are none.
        total: the feature map; `parts`, `rest` and `bias` add up to it but for `off`, the largest difference anywhere.
        strengths: the share of each of `sources` in all that is added, signs left out, and last that of `others`.
    """

    sources: tuple[Source, ...]
    inputs: Array
    kernels: Kernel
    parts: Array
    rest: Array
    others: int
    bias: float
    total: Array
    walk: Walk
    off: float
    strengths: tuple[float, ...]


@dataclass(frozen=True)
class Behind:
    """The maps that a row of numbers was before it was flattened, drawn back: numbers, weights, what each map adds.

    Attributes:
        inputs, weights: (height, width, shown), the maps that add most first.
        sums: what each of them adds to the unit; `rest` what the `others` add.
        places: for each of the strongest numbers (row, col, map).
    """

    sources: tuple[Source, ...]
    inputs: Array
    weights: Array
    sums: tuple[float, ...]
    rest: float
    others: int
    places: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class UnitSum:
    """One unit of a dense layer: its strongest inputs with value and weight, the rest, the bias.

    `sources` name the inputs as units of the layer before; `behind` where they were maps before.
    """

    sources: tuple[Source, ...]
    values: tuple[float, ...]
    weights: tuple[float, ...]
    rest: float
    others: int
    bias: float
    total: float
    behind: Behind | None


@dataclass(frozen=True)
class Pooled:
    """One pooled map: `kind` is "max" or "average"; `whole` when one window holds the whole map."""

    source: Source
    kind: str
    values: Array
    pooled: Array
    walk: Walk
    whole: bool


@dataclass(frozen=True)
class Normalised:
    """(x - mean) / deviation * gamma + beta, where the deviation is the root of variance + epsilon.

    `mean` and `variance` are planes, or (1, 1) where they are the same everywhere. `learnt` says that they are from the
    training, not of this picture.
    """

    source: Source
    values: Array
    normalised: Array
    mean: Array
    variance: Array
    epsilon: float
    gamma: float
    beta: float
    learnt: bool


@dataclass(frozen=True)
class Scaled:
    """x * scale + offset."""

    source: Source
    values: Array
    scaled: Array
    scale: float
    offset: float


@dataclass(frozen=True)
class Merged:
    """Several maps become one, place by place; `kind` is "add", "subtract", "multiply", "average", "maximum", "minimum".

    `values` are (height, width, sources).
    """

    sources: tuple[Source, ...]
    kind: str
    values: Array
    merged: Array


@dataclass(frozen=True)
class Passed:
    """A map that comes out as it came in. `kind` says why: "training" (works in training alone), "joined", "same"."""

    source: Source
    kind: str
    values: Array


@dataclass(frozen=True)
class Moved:
    """Numbers that come from elsewhere: padding, cropping, resizing, reshaping. Where from is told place by place."""

    source: Source
    values: Array
    moved: Array


@dataclass(frozen=True)
class Function:
    """An activation function that is a layer; the story's `bent` tells what it does."""

    source: Source
    values: Array


@dataclass(frozen=True)
class Other:
    """Anything else: what came in, where it has the same places, and what came out."""

    source: Source | None
    values: Array | None
    written: Array


Made = Summed | UnitSum | Pooled | Normalised | Scaled | Merged | Passed | Moved | Function | Other


@dataclass(frozen=True)
class Bent:
    """What an activation function made of a map.

    Attributes:
        function: its name ("relu").
        after: the activation map.
        curve: (points, 2), x and f(x) around the map's values; None where numbers are not bent each by itself.
        across: whether all maps of a place matter to each (softmax).
    """

    function: str
    after: Array
    curve: Array | None
    across: bool


@dataclass(frozen=True)
class Story:
    """How one map of one layer came about.

    `shape` is what the layer writes for this picture, `map` which of its maps, or units of a row. `made` tells how the map
    came about, and `bent` what the layer's activation function then made of it.
    """

    layer: str
    kind: str
    shape: tuple[int, ...]
    map: int
    made: Made
    bent: Bent | None


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


def plane(values: NDArray[np.float32], number: int) -> Array:
    """One map of what a layer wrote for one picture.

    (height, width, maps) -> (height, width); (units,) -> (1, 1); two axes without maps are one map as they stand.
    """
    if values.ndim == 1:
        return np.reshape(values[number], (1, 1))
    if values.ndim == 2:
        return values
    return values[..., number].reshape(values.shape[0], -1)


def planes(shape: tuple[int, ...]) -> int:
    """How many maps, or units, there are in `shape`."""
    return 1 if len(shape) == 2 else shape[-1]


def within(at: int, size: int) -> int:
    """A place on a side of `size`; the middle when it is negative, the last when it is beyond."""
    return size // 2 if at < 0 else min(at, size - 1)


def place_in(shape: tuple[int, ...], row: int, col: int) -> Pair:
    """(row, col) within a map of what a layer writes in `shape`; a unit of a row has one place."""
    height, width = (1, 1) if len(shape) == 1 else shape[:2]
    return within(row, height), within(col, width)
