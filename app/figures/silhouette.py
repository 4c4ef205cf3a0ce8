"""A network as a small picture: its outputs side by side, without words."""

from collections.abc import Sequence

from app.figures import svg
from app.figures.network_parts import Part
from app.figures.network_solids import plate, solid
from app.figures.scale import scale_of
from app.figures.theme import ink
from models.network.effects import Shape

HEIGHT, ACROSS, GAP, WIDEST = 30.0, 14.0, 3.0, 216.0


def silhouette(outputs: Sequence[tuple[Shape, str]], label: str) -> str:
    """The boxes of `outputs` (shape, colour of `ROLES`) in a row, on one scale, 44 pixels high."""
    scale = scale_of([shape for shape, _ in outputs], HEIGHT, ACROSS)
    parts, x = [], 1.0
    for shape, role in outputs:
        across, _, depth = scale.box(shape)
        wide = across + depth * 0.38
        part = Part("box", shape=shape, role=role)
        parts.append((plate if len(shape) == 1 else solid)(part, x + wide / 2, 22, scale))
        x += wide + GAP
    shrink = min(1.0, WIDEST / x)
    group = svg.tag("g", *parts, transform=f"translate(0 {22 - 22 * shrink:.1f}) scale({shrink:.3f})")
    return svg.document(min(x, WIDEST), 44, label, group, paper=ink("paper"))
