"""What part of the picture one unit of a layer sees.

Source: A. Araujo, W. Norris, J. Sim, "Computing Receptive Fields of Convolutional Neural Networks" (Distill, 2019).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

Pair = tuple[int, int]


class Window(NamedTuple):
    """How a layer's window moves along one side of what comes in; the default sees exactly its own pixel.

    `span` pixels wide, `stride` from one to the next, `before` cells of padding in front. When `transposed`, every pixel
    that comes in writes a window of `span` pixels, `stride` apart, and `before` is what is cut off in front.
    """

    span: int = 1
    stride: int = 1
    before: int = 0
    transposed: bool = False

    def seen(self, first: int, last: int) -> Pair:
        """The first and the last pixel that the units `first` to `last` of the output see."""
        if self.transposed:
            return -((self.span - 1 - self.before - first) // self.stride), (last + self.before) // self.stride
        return first * self.stride - self.before, last * self.stride - self.before + self.span - 1


Windows = tuple[Window, Window]
"""(along the height, along the width)."""

OWN_PIXEL: Windows = (Window(), Window())


class Side(NamedTuple):
    """The receptive field along one side, in pixels of the picture: `size` of one unit's, `stride` from one unit's to the
    next, `start` of the first unit's (negative when it begins in the padding). After a transposed convolution units
    differ; then `size` is the largest and `stride` may be a fraction.
    """

    size: int | Fraction = 1
    stride: int | Fraction = 1
    start: int | Fraction = 0

    def through(self, window: Window) -> "Side":
        """The side after one more layer."""
        size, stride, start = self
        first, _ = window.seen(0, 0)
        if window.transposed:
            reached = -(-window.span // window.stride)
            return Side(size + (reached - 1) * stride, tidy(Fraction(stride) / window.stride), start + first * stride)
        return Side(size + (window.span - 1) * stride, stride * window.stride, start + first * stride)

    def joined(self, other: "Side") -> "Side":
        """The side that covers both branches of a block."""
        start = min(self.start, other.start)
        end = max(self.start + self.size, other.start + other.size)
        return Side(end - start, max(self.stride, other.stride), start)


@dataclass(frozen=True)
class ReceptiveField:
    """The receptive field of a layer's units, height and width apart, in pixels of `picture` (height, width)."""

    picture: Pair
    height: Side
    width: Side

    @property
    def size(self) -> tuple[int | Fraction, int | Fraction]:
        """(height, width) that one unit sees, the padding counted in."""
        return self.height.size, self.width.size

    @property
    def stride(self) -> tuple[int | Fraction, int | Fraction]:
        """(down, right) from what one unit sees to what the next sees."""
        return self.height.stride, self.width.stride

    @property
    def start(self) -> tuple[int | Fraction, int | Fraction]:
        """(row, col) where what the first unit sees begins."""
        return self.height.start, self.width.start

    def through(self, windows: Windows | None) -> "ReceptiveField":
        """The field after one more layer; without windows every unit sees the whole picture."""
        if windows is None:
            return ReceptiveField(self.picture, Side(self.picture[0], 0), Side(self.picture[1], 0))
        return ReceptiveField(self.picture, self.height.through(windows[0]), self.width.through(windows[1]))

    def joined(self, other: "ReceptiveField") -> "ReceptiveField":
        """The field that covers both branches of a block."""
        return ReceptiveField(self.picture, self.height.joined(other.height), self.width.joined(other.width))


def own_pixel(picture: Pair) -> ReceptiveField:
    """The field of a pixel of the picture: itself."""
    return ReceptiveField(picture, Side(), Side())


def tidy(value: Fraction) -> int | Fraction:
    """A fraction, or the int that it is."""
    return value.numerator if value.denominator == 1 else value


def around(one: Pair, other: Pair) -> Pair:
    """The smallest interval that holds both."""
    return min(one[0], other[0]), max(one[1], other[1])
