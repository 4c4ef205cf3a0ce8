"""Bars that show which layer spends how much of a limit, as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.figures import svg
from app.figures.theme import ink

TALL, ROOM = 22.0, 58.0


@dataclass(frozen=True)
class Piece:
    """What one layer spends: its path as text, what is said about it, a colour of `ROLES`, how much."""

    path: str
    words: str
    role: str
    spent: int


@dataclass(frozen=True)
class Bar:
    """One quantity: its name, its pieces, the limit, and both sums in words."""

    name: str
    verdict: str
    limit_words: str
    limit: int
    pieces: Sequence[Piece]


def draw(bars: Sequence[Bar], label: str, width: float) -> str:
    """The bars, each on a scale of its own that holds the limit and all that is spent."""
    parts, y = [], 6.0
    for bar in bars:
        parts.append(one(bar, y, width))
        y += ROOM + TALL
    return svg.document(width, y, label, *parts, paper=ink("paper"))


def one(bar: Bar, y: float, width: float) -> str:
    """One bar with its limit."""
    left, room = 2.0, width - 4
    spent = sum(piece.spent for piece in bar.pieces)
    unit = room / (max(spent, bar.limit) * 1.02)
    over = spent > bar.limit
    top = y + 22
    parts = [
        svg.text(bar.name, left, y + 12, 13, fill=ink("text"), font_weight="600", text_anchor="start"),
        svg.text(bar.verdict, width - 2, y + 12, 13, fill=ink("unvisited" if over else "activation_map"), text_anchor="end"),
        svg.tag("rect", x=left, y=top, width=room, height=TALL, rx=4, fill=ink("line"), fill_opacity="0.13"),
    ]
    x = left
    for piece in bar.pieces:
        wide = piece.spent * unit
        if wide < 0.1:
            x += wide
            continue
        # A gap between neighbours, as long as there is room for one.
        fill = {"fill": ink(piece.role), "fill_opacity": "0.8"}
        rect = svg.tag("rect", x=x, y=top, width=max(wide - 1, 0.4), height=TALL, **fill)
        parts.append(svg.tag("g", svg.title(piece.words), rect, data_path=piece.path, class_="part"))
        x += wide
    at = left + bar.limit * unit
    parts.append(svg.tag("path", d=f"M{at:.1f} {top - 4:.1f}v{TALL + 8:.0f}", stroke=ink("unvisited"), stroke_width=2))
    near_end = at > width * 0.6
    anchor = {"text_anchor": "end" if near_end else "start"}
    parts.append(svg.text(bar.limit_words, at - 4 if near_end else at + 4, top + TALL + 15, 11, fill=ink("text"), **anchor))
    return "".join(parts)
