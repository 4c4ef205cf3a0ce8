"""The drawing of a whole network as SVG: boxes to scale from left to right, in as many lines as the width asks for.

Blocks stand on a ground of their own; their shortcut is a line above, from where the branches part to where they are added.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.figures import svg
from app.figures.network_parts import Drawn, chain
from app.figures.network_places import GAP, LANE, LINE_OF_TEXT, MARGIN, SLANT, Sheet, deepest_inside, middle, pairs, place
from app.figures.network_solids import part_of
from app.figures.scale import scale_of
from app.figures.theme import INKS, ink
from models.network.effects import Shape
from models.network.rows import LayerRow, Path

STROKE: Mapping[str, str | float] = {"fill": "none", "stroke": INKS["line"]["light"], "stroke_width": 1.5}


def draw(picture: Shape, rows: Sequence[LayerRow], says: Mapping[Path, Drawn], words: Mapping[str, str], width: float) -> str:
    """The network as SVG, `width` pixels wide.

    Args:
        picture: (height, width, channels) of the input.
        rows: as `walk` makes them; where a layer cannot work, those before it.
        says: path -> what to say, also for the layer that cannot work; () is the picture.
        words: `label`, `projection`, `sum`.
        width: in pixels; the chain is broken into lines that fit.
    """
    parts = list(chain(picture, rows, says, words))
    large = len(parts) <= 14 and width > 600
    shapes = [picture, *(part.shape for part in parts if part.shape)]
    sheet = Sheet(scale_of(shapes, 84 if large else 58, 56 if large else 34), width)
    place(sheet, parts)
    return finish(sheet, words)


def finish(sheet: Sheet, words: Mapping[str, str]) -> str:
    """All lines, one below the other."""
    deepest = [max((p.part.depth for p in sheet.placed if p.row == row), default=0) for row in range(sheet.rows + 1)]
    tall = sheet.scale.height * (1 + SLANT)
    axes, y = [], 8.0
    for depth in deepest:
        axes.append(y + (depth + 0.4 if depth else 0) * LANE + tall / 2 + 10)
        y = axes[-1] + tall / 2 + 3 * LINE_OF_TEXT + 14
    drawing = [
        *grounds(sheet, axes),
        *arrows(sheet, axes),
        *shortcuts(sheet, axes, tall),
        *(part_of(placed, axes[placed.row], sheet.scale, tall) for placed in sheet.placed),
    ]
    return svg.document(sheet.width, y, words["label"], *drawing, paper=INKS["paper"]["light"])


def grounds(sheet: Sheet, axes: Sequence[float]) -> Iterator[str]:
    """A tinted ground behind every block, on each line that it stands on."""
    tall = sheet.scale.height * (1 + SLANT)
    for start, end in pairs(sheet):
        inside = sheet.placed[start : end + 1]
        for row in sorted({placed.row for placed in inside}):
            here = [placed for placed in inside if placed.row == row]
            left, right = here[0].x - 8, here[-1].x + here[-1].width + 8
            top = axes[row] - tall / 2 - 8
            box = {"x": left, "y": top, "width": right - left, "height": tall + 3 * LINE_OF_TEXT + 16}
            yield svg.tag("rect", **box, rx=10, fill=ink("feature_map"), fill_opacity="0.07")


def arrows(sheet: Sheet, axes: Sequence[float]) -> Iterator[str]:
    """From each part to the next; at the end of a line out of it and into the next one."""
    for one, other in zip(sheet.placed, sheet.placed[1:], strict=False):
        start, end = middle(one, sheet.scale)[1], middle(other, sheet.scale)[0]
        if one.row == other.row:
            yield arrow([(start + 3, axes[one.row]), (end - 3, axes[one.row])])
            continue
        yield svg.tag("path", d=f"M{start + 3:.1f} {axes[one.row]:.1f}h{GAP * 0.7:.1f}", **STROKE, stroke_dasharray="3 3")
        yield arrow([(max(end - GAP, 2), axes[other.row]), (end - 3, axes[other.row])])


def arrow(corners: Sequence[tuple[float, float]], color: str = INKS["line"]["light"]) -> str:
    """A line along `corners` with a head at its end."""
    (x0, y0), (x, y) = corners[-2:]
    path = "M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners)
    back = [(x - 5, y - 3.5), (x - 5, y + 3.5)] if abs(x - x0) > abs(y - y0) else [(x - 3.5, y - 5), (x + 3.5, y - 5)]
    head = svg.tag("polygon", points=svg.points([(x, y), *back]), fill=color)
    return svg.tag("path", d=path, fill="none", stroke=color, stroke_width=1.5, stroke_linejoin="round") + head


def shortcuts(sheet: Sheet, axes: Sequence[float], tall: float) -> Iterator[str]:
    """The line of each block's shortcut, above its layers; over several lines it goes down at the right edge."""
    for start, end in pairs(sheet):
        fork, joint = sheet.placed[start], sheet.placed[end]
        x, goal = fork.x + fork.width / 2, joint.x + joint.width / 2
        above, over = (
            axes[row] - tall / 2 - 2 - LANE * (deepest_inside(sheet, start, end, row) - fork.part.depth + 0.5)
            for row in (fork.row, joint.row)
        )
        corners = [(x, axes[fork.row]), (x, above)]
        if fork.row != joint.row:
            edge = sheet.width - MARGIN / 2 - LANE * (fork.part.depth - 0.6)
            # Lines that come in lie above those that go out.
            over -= LANE * 0.4
            corners += [(edge, above), (edge, over)]
        yield arrow([*corners, (goal, over), (goal, axes[joint.row] - 11)], ink("feature_map"))
        if fork.part.note:
            yield label(fork.part.note, (corners[1][0] + (goal if fork.row == joint.row else edge)) / 2, above)


def label(content: str, x: float, y: float) -> str:
    """A text on a line."""
    wide = svg.width_of(content, 10) + 12
    box = svg.tag(
        "rect",
        x=x - wide / 2,
        y=y - 8,
        width=wide,
        height=16,
        rx=8,
        fill=ink("paper"),
        stroke=ink("feature_map"),
        class_="paper",
    )
    return box + svg.text(content, x, y + 3.5, 10, fill=ink("text"))
