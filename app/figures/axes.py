"""The axes of an array as boxes with their sizes, and the order of its numbers in memory, as SVG."""

from collections.abc import Sequence

from app.figures import svg
from app.figures.theme import ink

WIDE, GAP, TALL = 118.0, 8.0, 74.0
CELL = 34.0


def axes(named: Sequence[tuple[str, str, str]], label: str, width: float) -> str:
    """One box per axis: (its size, its name, a colour of `ROLES`), in the order of the axes, in lines that fit `width`."""
    per_line = max(1, int((width + GAP) // (WIDE + GAP)))
    wide = min(WIDE, (width - 2) / min(per_line, len(named)) - GAP)
    parts = []
    for at, (size, name, role) in enumerate(named):
        x = 1 + (at % per_line) * (wide + GAP)
        y = 1 + (at // per_line) * (TALL + GAP)
        parts += [
            svg.tag("rect", x=x, y=y, width=wide, height=TALL, rx=8, fill=ink(role), fill_opacity="0.14", stroke=ink(role)),
            svg.text(str(at), x + 12, y + 17, 10, fill=ink("line")),
            svg.text(size, x + wide / 2, y + 38, 20, fill=ink("text"), font_weight="600"),
            svg.text(name, x + wide / 2, y + 60, 12, fill=ink("text")),
        ]
    lines = -(-len(named) // per_line)
    return svg.document(width, lines * (TALL + GAP), label, *parts, paper=ink("paper"))


def memory(cells: Sequence[tuple[str, str, str]], label: str, width: float) -> str:
    """The first numbers of an array as they stand in memory: (its channel, its place, its colour as #rrggbb)."""
    shown = cells[: max(1, int((width - 20) // CELL))]
    parts = []
    for at, (channel, place, color) in enumerate(shown):
        x = 1 + at * CELL
        parts += [
            svg.tag("rect", x=x, y=1, width=CELL - 2, height=36, rx=3, fill=color, fill_opacity="0.22", stroke=color),
            svg.text(channel, x + CELL / 2 - 1, 15, 11, fill=ink("text"), font_weight="600"),
            svg.text(place, x + CELL / 2 - 1, 30, 10.5, fill=ink("text")),
            svg.text(str(at), x + CELL / 2 - 1, 49, 9, fill=ink("line")),
        ]
    parts.append(svg.text("…", 1 + len(shown) * CELL + 8, 22, 14, fill=ink("text")))
    return svg.document(width, 54, label, *parts, paper=ink("paper"))
