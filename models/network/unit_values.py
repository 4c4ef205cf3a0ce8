"""How one map came about, as plain values: they travel to the process that draws pages.

Every array here is of one picture. A plane is one map: (height, width); of a row of units it is the one number, (1, 1).
"""

from dataclasses import dataclass
from typing import NamedTuple

from models.arrays import Array, Kernel
from models.network.place_values import Pair


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
