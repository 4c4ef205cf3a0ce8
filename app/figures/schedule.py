"""The learning rate from the first batch to the last, drawn small."""

from collections.abc import Sequence
from html import escape

LOWEST = 4.0
"""Per cent of the height that even a rate of 0 has, so that it can be seen."""


def schedule(rates: Sequence[float], alternative: str) -> str:
    """HTML of `rates`, evenly from left to right, from 0 at the bottom to the largest at the top.

    Streamlit lets no SVG into a page; an area that is cut out of a rectangle it does.

    Args:
        rates: at least two, none below 0.
        alternative: the drawing in words.
    """
    most = max(rates) or 1.0
    places = [(100 * n / (len(rates) - 1), (100 - LOWEST) * (1 - rate / most)) for n, rate in enumerate(rates)]
    line = ", ".join(f"{x:.1f}% {y:.1f}%" for x, y in places)
    cut = f"clip-path: polygon(0% 100%, {line}, 100% 100%)"
    return f'<div class="schedule" role="img" aria-label="{escape(alternative)}" style="{cut}"></div>'
