"""The drawing of a whole network as SVG: boxes to scale from left to right, in as many lines as the width asks for.

Blocks stand on a ground of their own; their shortcut is a line above, from where the branches part to where they are added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.figures import svg
from app.figures.scale import Scale, scale_of
from app.figures.theme import INKS, ROLES
from models.network.effects import Shape
from models.network.rows import LayerRow, Path, unbatched
from models.specs.network import ResidualLayer

SLANT = 0.38
GAP = 26.0
MARGIN = 14.0
LANE = 18.0
TEXT = 11.0
LINE_OF_TEXT = 14.0


@dataclass(frozen=True)
class Part:
    """One thing in the chain: a layer's output ("box"), a layer that keeps the shape ("plate"), where branches part
    ("fork") or are added ("sum"), or the first layer that cannot work ("broken").
    """

    sort: str
    path: Path = ()
    lines: tuple[str, ...] = ()
    shape: Shape = ()
    role: str = "input"
    note: str = ""
    depth: int = 0
    stripe: bool = False


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


@dataclass(frozen=True)
class Drawn:
    """What the drawing says about one layer: its name, its hyperparameters, its colour."""

    title: str
    line: str
    role: str
    failed: bool = False


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


def chain(picture: Shape, rows: Sequence[LayerRow], says: Mapping[Path, Drawn], words: Mapping[str, str]) -> Iterator[Part]:
    """The parts in the order in which numbers pass them."""
    first = says[()]
    yield Part("box", (), (first.title, sizes(picture)), picture, first.role)
    yield from layers(rows, says, words, 0)
    for path, drawn in says.items():
        if drawn.failed:
            yield Part("broken", path, (drawn.title, drawn.line), (), drawn.role)


def layers(rows: Sequence[LayerRow], says: Mapping[Path, Drawn], words: Mapping[str, str], depth: int) -> Iterator[Part]:
    """The parts of a network or of the inner branch of a block."""
    for row in rows:
        if not row.layer.on:
            continue
        drawn = says[row.path]
        if isinstance(row.layer, ResidualLayer):
            yield from block(row, drawn, says, words, depth)
            continue
        shape = unbatched(row.output_shape)
        same = row.input_shape == row.output_shape and not row.parameter_terms
        sort = "plate" if same or row.layer.name == "batch_norm" else "box"
        lines = (drawn.title, drawn.line) if sort == "plate" else (drawn.title, drawn.line, sizes(shape))
        bent = sort == "box" and getattr(row.layer, "activation", "none") != "none"
        yield Part(sort, row.path, tuple(line for line in lines if line), shape, drawn.role, depth=depth, stripe=bent)


def block(row: LayerRow, drawn: Drawn, says: Mapping[Path, Drawn], words: Mapping[str, str], depth: int) -> Iterator[Part]:
    """A residual block: fork, inner layers, sum."""
    note = words["projection"] if row.projection else ""
    yield Part("fork", row.path, note=note, depth=depth + 1)
    yield from layers(row.inner, says, words, depth + 1)
    yield Part(
        "sum", row.path, (words["sum"], drawn.line, sizes(unbatched(row.output_shape))), role=drawn.role, depth=depth + 1
    )


def sizes(shape: Shape) -> str:
    """A shape for people."""
    return "×".join(map(str, shape))


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


def ink(name: str) -> str:
    """A colour of the light theme; who shows the drawing in the dark exchanges them."""
    return (INKS.get(name) or ROLES[name])["light"]


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


def pairs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """(index of a block's fork, index of its sum), the outermost first."""
    for start, placed in enumerate(sheet.placed):
        if placed.part.sort == "fork":
            ends = (
                at for at, other in enumerate(sheet.placed) if other.part.sort == "sum" and other.part.path == placed.part.path
            )
            yield start, next(ends)


def arrows(sheet: Sheet, axes: Sequence[float]) -> Iterator[str]:
    """From each part to the next; at the end of a line out of it and into the next one."""
    for one, other in zip(sheet.placed, sheet.placed[1:], strict=False):
        start, end = middle(one, sheet.scale)[1], middle(other, sheet.scale)[0]
        if one.row == other.row:
            yield arrow([(start + 3, axes[one.row]), (end - 3, axes[one.row])])
            continue
        yield svg.tag("path", d=f"M{start + 3:.1f} {axes[one.row]:.1f}h{GAP * 0.7:.1f}", **STROKE, stroke_dasharray="3 3")
        yield arrow([(max(end - GAP, 2), axes[other.row]), (end - 3, axes[other.row])])


STROKE: Mapping[str, str | float] = {"fill": "none", "stroke": INKS["line"]["light"], "stroke_width": 1.5}


def arrow(corners: Sequence[tuple[float, float]], color: str = INKS["line"]["light"]) -> str:
    """A line along `corners` with a head at its end."""
    (x0, y0), (x, y) = corners[-2:]
    path = "M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners)
    back = [(x - 5, y - 3.5), (x - 5, y + 3.5)] if abs(x - x0) > abs(y - y0) else [(x - 3.5, y - 5), (x + 3.5, y - 5)]
    head = svg.tag("polygon", points=svg.points([(x, y), *back]), fill=color)
    return svg.tag("path", d=path, fill="none", stroke=color, stroke_width=1.5, stroke_linejoin="round") + head


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


def deepest_inside(sheet: Sheet, start: int, end: int, row: int) -> int:
    """The depth of the innermost block between two parts, on one line."""
    return max(placed.part.depth for placed in sheet.placed[start : end + 1] if placed.row == row)


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


def part_of(placed: Placed, axis: float, scale: Scale, tall: float) -> str:
    """One part with its texts."""
    part, centre = placed.part, placed.x + placed.width / 2
    if part.sort == "fork":
        return svg.tag("circle", cx=centre, cy=axis, r=3, fill=ink("feature_map"))
    below = axis + tall / 2 + LINE_OF_TEXT
    texts = [
        svg.text(line, centre, below + at * LINE_OF_TEXT, TEXT, fill=ink("text"), **({"font_weight": "600"} if at == 0 else {}))
        for at, line in enumerate(part.lines)
    ]
    shown = {"box": solid, "plate": plate, "sum": plus, "broken": broken}[part.sort](part, centre, axis, scale)
    where = ".".join(map(str, part.path)) or "in"
    # Something to hit everywhere between the box and its texts.
    hit = svg.tag(
        "rect",
        x=placed.x - 2,
        y=axis - tall / 2,
        width=placed.width + 4,
        height=tall + 3 * LINE_OF_TEXT,
        fill=ink("paper"),
        fill_opacity=0,
    )
    return svg.tag("g", svg.title(", ".join(part.lines)), hit, shown, *texts, data_path=where, class_="part")


def solid(part: Part, centre: float, axis: float, scale: Scale) -> str:
    """A box: channels across, the map's height up, its width into the depth."""
    across, height, depth = scale.box(part.shape)
    right, up, color = depth * SLANT, depth * SLANT, ink(part.role)
    x, y = centre - (across + right) / 2, axis - (height - up) / 2
    front = [(x, y), (x + across, y), (x + across, y + height), (x, y + height)]
    top = [(x, y), (x + right, y - up), (x + across + right, y - up), (x + across, y)]
    side = [(x + across, y), (x + across + right, y - up), (x + across + right, y - up + height), (x + across, y + height)]
    edge = {"stroke": color, "stroke_linejoin": "round"}
    bent = ink("activation_map") if part.stripe else color
    return (
        svg.tag("polygon", points=svg.points(front), fill=color, fill_opacity="0.55", **edge)
        + svg.tag("polygon", points=svg.points(top), fill=color, fill_opacity="0.25", **edge)
        + svg.tag("polygon", points=svg.points(side), fill=bent, fill_opacity="0.85", **edge)
        + (svg.tag("rect", x=x + across - 2, y=y, width=2.5, height=height, fill=bent) if part.stripe else "")
    )


def plate(part: Part, centre: float, axis: float, scale: Scale) -> str:
    """A layer that keeps the shape: a thin plate as high as what it works on."""
    height = max(scale.box(part.shape).height, 14) if part.shape else 14
    return svg.tag(
        "rect", x=centre - 3.5, y=axis - height / 2, width=7, height=height, rx=2, fill=ink(part.role), fill_opacity="0.8"
    )


def plus(part: Part, centre: float, axis: float, scale: Scale) -> str:  # noqa: ARG001
    """Where the branches are added."""
    color = ink("feature_map")
    circle = svg.tag("circle", cx=centre, cy=axis, r=10, fill=ink("paper"), stroke=color, stroke_width=1.8, class_="paper")
    return circle + svg.tag(
        "path", d=f"M{centre - 5:.1f} {axis:.1f}h10M{centre:.1f} {axis - 5:.1f}v10", stroke=color, stroke_width=2
    )


def broken(part: Part, centre: float, axis: float, scale: Scale) -> str:  # noqa: ARG001
    """The layer that cannot work."""
    color = ink("unvisited")
    frame = svg.tag(
        "rect",
        x=centre - 14,
        y=axis - 14,
        width=28,
        height=28,
        rx=5,
        fill="none",
        stroke=color,
        stroke_width=1.8,
        stroke_dasharray="4 3",
    )
    cross = f"M{centre - 6:.1f} {axis - 6:.1f}l12 12m0 -12l-12 12"
    return frame + svg.tag("path", d=cross, stroke=color, stroke_width=2.2)
