"""The rows of a network's table: what `models.network.shapes.walk` returns, and what can be asked of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.network.effects import Shape, Weight
from models.network.receptive_field import Pair, ReceptiveField, Windows, around
from models.specs.network import Layer, ResidualLayer

Path = tuple[int, ...]
"""(index,) of a layer in its network, counted from 0; (index, inner index) in a block, and so on."""

BatchShape = tuple[int | None, ...]
"""As Keras prints it: the batch axis first, None because any number of pictures may come."""


@dataclass(frozen=True)
class LayerRow:
    """One layer with its numbers.

    `path` is (index,) or, within a residual block, (index, inner index...), counted from 0; `name` is the layer's name in
    Keras, "conv_3" or "conv_3_1", counted from 1. Shapes are (None, height, width, channels) or (None, units), exactly
    Keras' own. `parameter_terms` are the arrays of weights: the products of their shapes add up to `parameters`.
    `activation_bytes` is what the layer writes for one picture in float32; a block's inner layers are counted in.
    A layer that is switched off hands on what comes in and costs nothing.
    """

    path: Path
    name: str
    layer: Layer
    input_shape: BatchShape
    output_shape: BatchShape
    parameter_terms: tuple[Weight, ...]
    multiplications: int
    activation_bytes: int
    receptive_field: ReceptiveField
    windows: Windows | None
    inner: tuple["LayerRow", ...] = ()
    projection: "LayerRow | None" = None
    closing: "LayerRow | None" = None

    @property
    def index(self) -> int:
        """Which of the network's layers it is or stands in, from 0."""
        return self.path[0]

    @cached_property
    def parameters(self) -> int:
        """All numbers that the layer holds."""
        return sum(term.count for term in self.parameter_terms)

    @property
    def trainable(self) -> int:
        """The parameters that training changes."""
        return sum(term.count for term in self.parameter_terms if term.trainable)

    @property
    def non_trainable(self) -> int:
        """The parameters that training does not change by gradients."""
        return self.parameters - self.trainable


def leaves(rows: Iterable[LayerRow]) -> Iterator[LayerRow]:
    """Every row that is one Keras layer and is switched on: a block's inner rows, its projection, its closing function."""
    for row in rows:
        if isinstance(row.layer, ResidualLayer):
            parts = [*row.inner, *(part for part in (row.projection, row.closing) if part)]
            yield from leaves(parts if row.layer.on else [])
        elif row.layer.on:
            yield row


def seen_by(rows: Sequence[LayerRow], unit: Pair) -> tuple[Pair, Pair] | None:
    """The smallest box around what the unit (row, col) of the last of `rows` sees of the picture.

    It is exact but for dilated kernels at the edge of a map, whose gaps may leave out the box's outermost pixels.

    Returns:
        ((top, bottom), (left, right)), both ends included, beyond the picture where it sees padding; None for all of it.
    """
    return back(rows, ((unit[0], unit[0]), (unit[1], unit[1])))


def back(rows: Sequence[LayerRow], box: tuple[Pair, Pair]) -> tuple[Pair, Pair] | None:
    """What the units in `box` of the last of `rows` see of what comes into the first."""
    for row in reversed(rows):
        if row.windows is None:
            return None
        # Units beyond the edge of a map are its padding: they see nothing.
        box = inside(box[0], row.output_shape[1]), inside(box[1], row.output_shape[2])
        if row.inner:
            inner = back(row.inner, box)
            shortcut = back([row.projection], box) if row.projection else box
            if inner is None or shortcut is None:
                return None
            box = around(inner[0], shortcut[0]), around(inner[1], shortcut[1])
        else:
            box = row.windows[0].seen(*box[0]), row.windows[1].seen(*box[1])
    return box


def inside(interval: Pair, size: int | None) -> Pair:
    """The part of an interval that lies on a side of `size`."""
    return max(interval[0], 0), min(interval[1], (size or 1) - 1)


def place(path: Path) -> str:
    """A path for people, counted from 1: "3", "3.2"."""
    return ".".join(str(index + 1) for index in path)


def unbatched(shape: BatchShape) -> Shape:
    """A shape without its batch axis."""
    return tuple(size for size in shape[1:] if size is not None)
