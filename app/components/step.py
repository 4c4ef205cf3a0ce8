"""The step in between: what each input map adds to one map of a convolution, and every product behind one number of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import i18n
from app.components import compact, component, pack
from app.components.answers import news
from app.figures import theme
from models.arrays import Array
from models.network.unit_values import Bent, Source, Summed

_step = component("step.js")

Chosen = Callable[[Any], None]


@dataclass(frozen=True)
class Named:
    """How the maps are called: of each row the whole title and a short one; `map` is the one that they add up to."""

    titles: Sequence[str]
    short: Sequence[str]
    map: str
    rest: str
    off: str
    function: str


def step(
    key: str, made: Summed, bent: Bent | None, named: Named, point: tuple[int, int], *, pixels: bool, on: dict[str, Chosen]
) -> None:
    """Show how `made` adds up, with the place `point` (row, col) pinned.

    `pixels` says that what comes in is a picture with brightnesses from 0 to 1. `on` has what to do with the place that
    somebody pinned ("place") and with the row whose input map somebody chose ("source").
    """
    inputs, step_size = compact(made.inputs)
    arrays: dict[str, NDArray[Any]] = {
        "inputs": by_map(inputs),
        "kernels": by_map(made.kernels),
        "parts": by_map(made.parts),
        "rest": made.rest,
        "total": made.total,
    }
    header = {
        "map": named.map,
        "rows": rows(made.sources, named.titles, named.short, made.strengths),
        "others": made.others,
        "restShare": made.strengths[-1],
        "bias": made.bias,
        "walk": made.walk._asdict(),
        "steps": {"inputs": step_size},
        "limits": limits(made, bent),
        "pixels": pixels,
        "off": named.off,
        "function": named.function,
        "across": bool(bent and bent.across),
        "labels": {"map": named.map, "rest": named.rest},
        "words": i18n.section("microscope") | i18n.section("step"),
        "colours": theme.for_browser(),
    }
    if bent:
        arrays["after"] = bent.after
        if bent.curve is not None:
            arrays["curve"] = bent.curve
    # Where only the place is another one, the browser has all the rest already.
    header |= {"stamp": hashlib.blake2b(pack(header, arrays), digest_size=16).hexdigest(), "point": point}
    callbacks = {f"on_{name}_change": heard(key, name, on[name]) for name in ("place", "source")}
    _step(data=pack(header, arrays), key=key, **callbacks)


def rows(
    sources: Sequence[Source], titles: Sequence[str], short: Sequence[str], shares: Sequence[float] | None
) -> list[dict[str, Any]]:
    """What the browser knows of each row."""
    return [
        {
            "title": titles[index],
            "name": short[index],
            "source": {"layer": source.layer, "map": source.map},
            **({"share": shares[index]} if shares else {}),
        }
        for index, source in enumerate(sources)
    ]


def limits(made: Summed, bent: Bent | None) -> dict[str, Any]:
    """The ends of the scales: one for what comes in, one for the kernels, one for all that adds up."""
    parts = max(float(np.abs(part).max()) for part in (made.parts, made.rest, made.total))
    found: dict[str, Any] = {
        "inputs": ends(made.inputs),
        "kernels": float(np.abs(made.kernels).max()),
        "parts": parts,
    }
    return found | ({"after": ends(bent.after)} if bent else {})


def ends(values: Array) -> tuple[float, float]:
    """(lowest, highest)."""
    return float(values.min()), float(values.max())


def by_map(values: NDArray[Any]) -> NDArray[Any]:
    """(height, width, maps) with each map as a whole: (maps, height, width)."""
    return np.ascontiguousarray(values.transpose(2, 0, 1))


def heard(key: str, name: str, do: Chosen) -> Callable[[], None]:
    """The callback that hands on what the component `key` answered under `name`."""

    def callback() -> None:
        value = news(key, name)
        if value is not None:
            do(value)

    return callback
