"""The strip of networks to start from."""

from collections.abc import Callable, Sequence
from typing import Any

from app.components import component, pack
from app.components.answers import news
from app.figures import theme

_presets = component("presets.js")


def presets(key: str, cards: Sequence[dict[str, Any]], *, label: str, chosen: str, on_choose: Callable[[str], None]) -> None:
    """Show `cards` (`name`, `title`, `text`, `picture`, an SVG that our own code made); `on_choose` gets a card's name."""
    header = {"cards": list(cards), "label": label, "chosen": chosen, "dark": theme.in_the_dark()}

    def pressed() -> None:
        name = news(key, "chosen")
        if name in [card["name"] for card in cards]:
            on_choose(name)

    _presets(data=pack(header, {}), key=key, on_chosen_change=pressed)
