"""The maps of one block of layers, one card for each map: its stages side by side, a second side and the difference below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.components import component, pack
from app.components.answers import news
from app.figures import theme
from models.network.maps_compared import Tiles

_map_cards = component("map_cards.js")


@dataclass(frozen=True, eq=False)
class Step:
    """One stage of the block.

    Attributes:
        title: what its maps are called.
        short: the same, short.
        origin: which layer wrote them, and of what shape they are.
        role: a name in `app.figures.theme.ROLES`.
        facts: sentences about all its maps; the second of each says whether it stands out.
        labels: what each side is called.
        sides: first, second, difference; only the first where nothing is compared, None where a side has no such maps.
    """

    title: str
    short: str
    origin: str
    role: str
    facts: Sequence[tuple[str, bool]]
    labels: Sequence[str]
    sides: Sequence[Tiles | None]


@dataclass(frozen=True)
class Card:
    """One map: its number, its name, a note beside it, and all of it in words."""

    number: int
    name: str
    note: str
    alternative: str


def map_cards(
    key: str,
    steps: Sequence[Step],
    cards: Sequence[Card],
    *,
    compared: bool,
    scale: str,
    smaller: bool,
    chosen: int,
    words: Mapping[str, str],
    on_choose: Callable[[int], None],
) -> None:
    """Draw the cards.

    Args:
        key: Streamlit's key.
        steps: the stages of the block.
        cards: the maps that are drawn, in their order.
        compared: whether there is a second side.
        scale: "common" for all maps of a stage, or "own" for each.
        smaller: whether large maps were made smaller.
        chosen: the number of the map that is marked.
        words: "label", "hint", "none", "dead", "zeros", "maps" and "difference".
        on_choose: gets the number of the map that somebody chose.
    """
    arrays: dict[str, NDArray[Any]] = {}
    numbers = [card.number for card in cards]
    header = {
        "stages": [_described(step, f"s{at}", scale, words, arrays) for at, step in enumerate(steps)],
        "maps": [card.name for card in cards],
        "notes": [card.note for card in cards],
        "alternatives": [card.alternative for card in cards],
        "numbers": numbers,
        "chosen": numbers.index(chosen) if chosen in numbers else -1,
        "compared": compared,
        "scale": scale,
        "smaller": smaller,
        "label": words["label"],
        "words": dict(words),
        "colours": theme.for_browser(),
    }

    def clicked() -> None:
        picked = news(key, "chosen")
        if picked in numbers:
            on_choose(picked)

    _map_cards(data=pack(header, arrays), key=key, on_chosen_change=clicked)


def _described(step: Step, name: str, scale: str, words: Mapping[str, str], arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    shared = [side for side in step.sides[:2] if side is not None]
    limits = (min(side.limits[0] for side in shared), max(side.limits[1] for side in shared))
    sides: list[dict[str, Any] | None] = []
    scales = [_scale(words["maps"], limits, scale)]
    for at, side in enumerate(step.sides):
        if side is None:
            sides.append(None)
            continue
        arrays[f"{name}_{at}"] = side.levels
        difference = at == 2
        own = side.limits if difference else limits
        sides.append(
            {
                "array": f"{name}_{at}",
                "ranges": side.ranges.tolist(),
                "zeros": side.zeros.tolist(),
                "levels": int(np.iinfo(side.levels.dtype).max),
                "limits": own,
                "signed": difference or own[0] < 0,
                "sort": "difference" if difference else "maps",
                "counts": not difference,
            }
        )
        if difference:
            scales.append(_scale(words["difference"], side.limits, scale, signed=True))
    told = {"title": step.title, "short": step.short, "from": step.origin, "role": step.role, "facts": list(step.facts)}
    return {**told, "labels": list(step.labels), "sides": sides, "scales": scales}


def _scale(label: str, limits: tuple[float, float], scale: str, *, signed: bool = False) -> dict[str, Any]:
    low, high = limits
    signed = signed or low < 0
    if signed:
        reach = max(abs(low), abs(high)) or 1.0
        marks = ["−", "0", "+"] if scale == "own" else [_short(-reach), "0", _short(reach)]
    else:
        marks = ["0", "max"] if scale == "own" else ["0", _short(high if high > 0 else 1.0)]
    return {"label": label, "signed": signed, "marks": marks}


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
