"""A drawing: SVG that our own code made, shown in the page's colours, to be pointed at and taken home."""

from collections.abc import Callable, Mapping
from typing import Any

from app.components import component, pack
from app.components.answers import news, nothing
from app.figures import theme

_drawing = component("drawing.js")


def drawing(
    key: str,
    versions: Mapping[int, str],
    *,
    label: str,
    downloads: Mapping[str, str] | None = None,
    chosen: str = "",
    on_choose: Callable[[Any], None] | None = None,
) -> None:
    """Show the widest of `versions`, width in pixels -> SVG in light colours, that fits.

    `downloads`, "svg" and "png" -> the words of the button, lets a person save the widest one. `on_choose` gets the
    `data-path` of the part that somebody chose: it comes from a browser and is to be checked. `chosen` is marked.
    """
    header = {
        "versions": [[width, text] for width, text in sorted(versions.items())],
        "label": label,
        "downloads": dict(downloads or {}),
        "chosen": chosen,
        "choosable": on_choose is not None,
        "dark": theme.in_the_dark(),
    }

    def pressed() -> None:
        answer = news(key, "chosen")
        if answer is not None and on_choose:
            on_choose(answer)

    _drawing(data=pack(header, {}), key=key, on_chosen_change=pressed if on_choose else nothing)
