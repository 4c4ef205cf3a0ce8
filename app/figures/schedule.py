"""The learning rate from the first batch to the last, drawn small."""

from collections.abc import Sequence
from html import escape

from app.figures.theme import INKS

WIDTH, HEIGHT, MARGIN = 300.0, 56.0, 3.0


def schedule(rates: Sequence[float], alternative: str) -> str:
    """SVG of `rates`, evenly from left to right, from 0 at the bottom to the largest at the top.

    Args:
        rates: at least two, none below 0.
        alternative: the drawing in words.
    """
    most = max(rates) or 1.0
    across, up = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    places = [(MARGIN + across * n / (len(rates) - 1), HEIGHT - MARGIN - up * rate / most) for n, rate in enumerate(rates)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    ground = f"{MARGIN},{HEIGHT - MARGIN} {line} {WIDTH - MARGIN},{HEIGHT - MARGIN}"
    blue = f"light-dark({INKS['blue']['light']}, {INKS['blue']['dark']})"
    return (
        f'<svg class="schedule" role="img" aria-label="{escape(alternative)}" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'preserveAspectRatio="none"><polygon points="{ground}" style="fill: {blue}; opacity: 0.15"/>'
        f'<polyline points="{line}" style="fill: none; stroke: {blue}; stroke-width: 2" vector-effect="non-scaling-stroke"/>'
        "</svg>"
    )
