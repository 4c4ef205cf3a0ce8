"""Where each part of the drawing of a network stands: from left to right, in as many lines as the width asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.figures import svg
from app.figures.network_parts import Part
from app.figures.scale import Scale

SLANT = 0.38
GAP = 26.0
MARGIN = 14.0
LANE = 18.0
TEXT = 11.0
LINE_OF_TEXT = 14.0


@dataclass
class Placed:
    """A part with its place: the middle line of its row, its left end, its width."""

    part: Part
    x: float
    width: float
    row: int


@dataclass
class Sheet:
    """What has been drawn."""

    scale: Scale
    width: float
    placed: list[Placed] = field(default_factory=list)
    rows: int = 0


def place(sheet: Sheet, parts: Sequence[Part]) -> None:
    """Give every part its line and its place there."""
    right = sheet.width - MARGIN - LANE * (1 + max(part.depth for part in parts))
    widths = [room_of(part, sheet.scale) for part in parts]
    start = MARGIN + GAP / 2
    x = MARGIN
    for at, (part, width) in enumerate(zip(parts, widths, strict=True)):
        # A block that fits into a line of its own is not broken.
        whole = sum(widths[at : end_of(parts, at)]) + GAP * (end_of(parts, at) - at - 1)
        needed = whole if whole <= right - start else width
        if x + needed > right and x > MARGIN:
            sheet.rows += 1
            x = start
        sheet.placed.append(Placed(part, x, width, sheet.rows))
        x += width + GAP


def end_of(parts: Sequence[Part], at: int) -> int:
    """The index behind what begins at `at`: a whole block from its fork to its sum, or one part."""
    part = parts[at]
    if part.sort != "fork":
        return at + 1
    return next(end + 1 for end, other in enumerate(parts) if other.sort == "sum" and other.path == part.path)


def room_of(part: Part, scale: Scale) -> float:
    """How much room a part needs."""
    if part.sort == "fork":
        return 6
    wide = max((svg.width_of(line, TEXT) for line in part.lines), default=0)
    if part.sort == "box":
        across, _, depth = scale.box(part.shape)
        wide = max(wide, across + depth * SLANT)
    return max(wide, 26)


def middle(placed: Placed, scale: Scale) -> tuple[float, float]:
    """(left, right) end of what is drawn of a part on the middle line; its texts may be wider."""
    centre = placed.x + placed.width / 2
    part = placed.part
    if part.sort == "box":
        across, _, depth = scale.box(part.shape)
        half = (across + depth * SLANT) / 2
    else:
        half = {"fork": 2.5, "sum": 10.0, "plate": 4.0, "broken": 14.0}[part.sort]
    return centre - half, centre + half


def pairs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """(index of a block's fork, index of its sum), the outermost first."""
    for start, placed in enumerate(sheet.placed):
        if placed.part.sort == "fork":
            ends = (
                at for at, other in enumerate(sheet.placed) if other.part.sort == "sum" and other.part.path == placed.part.path
            )
            yield start, next(ends)


def deepest_inside(sheet: Sheet, start: int, end: int, row: int) -> int:
    """The depth of the innermost block between two parts, on one line."""
    return max(placed.part.depth for placed in sheet.placed[start : end + 1] if placed.row == row)
