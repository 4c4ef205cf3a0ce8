"""How large things are drawn: boxes of maps and bars of numbers on one scale for a whole network, and short numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from models.network.effects import Shape

THIN = 5.0
LEAST = 2.0
FEW_CHANNELS = 16
"""Fewer channels are not stretched to the whole width."""


class Box(NamedTuple):
    """What is drawn for one output, in pixels: `across` for the channels, `height` and `depth` for a map's two sides."""

    across: float
    height: float
    depth: float


@dataclass(frozen=True)
class Scale:
    """One scale for all outputs of a network.

    The sides of maps share one linear scale, their channels another. A row of numbers is a bar; its length grows with the
    logarithm of how many there are, because 25,088 and 10 stand in the same drawing.
    """

    longest_side: int
    most_channels: int
    most_units: int
    height: float
    across: float

    def box(self, shape: Shape) -> Box:
        """The box for an output of `shape` (height, width, channels) or (units,)."""
        if len(shape) == 1:
            part = log(shape[0] + 1) / log(self.most_units + 1)
            return Box(THIN, max(self.height * part, LEAST), 0)
        height, width, channels = shape
        unit = self.height / self.longest_side
        return Box(max(self.across * channels / self.most_channels, LEAST), max(height * unit, LEAST), max(width * unit, LEAST))


def scale_of(shapes: Iterable[Shape], height: float, across: float) -> Scale:
    """The scale on which the largest of `shapes` is `height` pixels high and `across` pixels wide."""
    every = list(shapes)
    maps, rows = [shape for shape in every if len(shape) == 3], [shape for shape in every if len(shape) == 1]
    sides = max((max(shape[:2]) for shape in maps), default=1)
    channels = max((shape[2] for shape in maps), default=1)
    return Scale(sides, max(channels, FEW_CHANNELS), max((row[0] for row in rows), default=1), height, across)


def amount(value: float) -> str:
    """A number in at most nine characters: 1,234,567 as it stands, then 12.3M, 15.5G."""
    if value < 10_000_000:
        return f"{value:,.0f}"
    for size, sign in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size * 0.9995:
            return f"{value / size:.3g}{sign}"
    return f"{value:.3g}"


def memory(count: int) -> str:
    """Bytes for people, in steps of 1,024."""
    value, unit = float(count), "B"
    for larger in ("KB", "MB", "GB"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"
