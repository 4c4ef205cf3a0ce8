"""How one part of the drawing of a network looks: a box to scale, a plate, a sum, or what cannot work."""

from app.figures import svg
from app.figures.network_parts import Part
from app.figures.network_places import LINE_OF_TEXT, SLANT, TEXT, Placed
from app.figures.scale import Scale
from app.figures.theme import ink


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
