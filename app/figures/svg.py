"""SVG as text: elements whose texts and attributes cannot become markup."""

from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

FONT = "Inter, 'Source Sans Pro', 'Noto Sans KR', 'Apple SD Gothic Neo', sans-serif"


def tag(name: str, *children: str, **attributes: float | str) -> str:
    """One element; `_` in an attribute's name stands for `-`, one at the end is dropped; numbers have one decimal."""
    told = "".join([f" {spelled(key)}={quoted(value)}" for key, value in attributes.items()])
    return f"<{name}{told}>{''.join(children)}</{name}>" if children else f"<{name}{told}/>"


@cache
def spelled(key: str) -> str:
    """The name of an attribute."""
    return key.rstrip("_").replace("_", "-")


def quoted(value: float | str) -> str:
    """The value of an attribute."""
    return quoteattr(value) if isinstance(value, str) else f'"{number(value)}"'


def text(content: str, x: float, y: float, size: float = 11, **attributes: float | str) -> str:
    """A line of text, its middle at `x`."""
    return tag("text", escape(content), **{"x": x, "y": y, "font_size": size, "text_anchor": "middle", **attributes})


def title(content: str) -> str:
    """What a pointer or a screen reader is told about the element around it."""
    return f"<title>{escape(content)}</title>"


def number(value: float | str) -> str:
    """A number without needless decimals; text as it stands."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else f"{value:.1f}".removesuffix(".0")


def points(pairs: Sequence[tuple[float, float]]) -> str:
    """The corners of a polygon."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def document(width: float, height: float, label: str, *parts: str, paper: str) -> str:
    """A whole picture on `paper`."""
    return tag(
        "svg",
        title(label),
        tag("rect", width=width, height=height, fill=paper, class_="paper"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        font_family=FONT,
        role="img",
    )


def width_of(content: str, size: float) -> float:
    """About how wide a text is, in pixels; Hangul is twice as wide as Latin."""
    return sum(size if ord(character) > 0x1100 else size * 0.56 for character in content)
