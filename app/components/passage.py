"""One map before and after a layer without weighted sums, and how the number at one place came out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import i18n
from app.components import component, pack
from app.components.step import Chosen, ends, heard
from app.figures import theme
from models.arrays import Array
from models.network.unit_values import Source, Walk

_passage = component("passage.js")


@dataclass(frozen=True)
class Shown:
    """What is shown: the maps that came in, the one that came out, and how (`kind` is a name in passage_lines.js).

    `numbers` are those of the formula, `planes` those of them that differ from place to place, `origins` the places (row, col)
    that the pinned number is from, where places moved.
    """

    kind: str
    inputs: Sequence[Array]
    output: Array
    sources: Sequence[Source]
    titles: Sequence[str]
    title: str
    walk: Walk | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    planes: Mapping[str, Array] = field(default_factory=dict)
    curve: Array | None = None
    function: str = ""
    origins: Sequence[tuple[int, int]] = ()


def passage(
    key: str, shown: Shown, point: tuple[int, int], *, pixels: tuple[bool, bool], on_place: Chosen, on_source: Chosen
) -> None:
    """Show the maps with the place `point` (row, col) pinned.

    `pixels` says of what came in and of what came out whether it is a picture with brightnesses from 0 to 1.
    """
    arrays: dict[str, NDArray[Any]] = {"output": shown.output, **shown.planes}
    if shown.inputs:
        arrays["inputs"] = np.stack([np.asarray(values, np.float32) for values in shown.inputs])
    if shown.curve is not None:
        arrays["curve"] = shown.curve
    header = {
        "kind": shown.kind,
        "map": shown.title,
        "inputs": [
            {"title": title, "source": {"layer": source.layer, "map": source.map}}
            for title, source in zip(shown.titles, shown.sources, strict=True)
        ],
        "walk": shown.walk._asdict() if shown.walk else None,
        "point": point,
        "numbers": dict(shown.numbers),
        "function": shown.function,
        "title": shown.title,
        "flat": shown.output.size == 1 and all(values.size == 1 for values in shown.inputs),
        "limits": {"inputs": ends(arrays["inputs"]) if shown.inputs else (0, 1), "output": ends(shown.output)},
        "pixels": pixels[0],
        "outputPixels": pixels[1],
        "origins": list(shown.origins),
        "words": i18n.section("passage"),
        "colours": theme.for_browser(),
    }
    callbacks = {"on_place_change": heard(key, "place", on_place), "on_source_change": heard(key, "source", on_source)}
    _passage(data=pack(header, arrays), key=key, **callbacks)
