"""A dense unit drawn back onto the maps that its inputs were: each map, its weights, and what they add."""

from collections.abc import Sequence

import numpy as np

from app import i18n
from app.components import component, pack
from app.components.answers import nothing
from app.components.step import Chosen, by_map, ends, heard, rows
from app.figures import theme
from models.network.unit_values import Behind, UnitSum

_back = component("back.js")


def back(
    key: str, made: UnitSum, behind: Behind, titles: Sequence[str], labels: dict[str, str], *, pixels: bool, on_source: Chosen
) -> None:
    """Show what each map of `behind` adds to the unit; the strongest single inputs are ringed.

    `labels` name the "map" that they add up to, and the "rest". `on_source` gets the row whose map somebody chose.
    """
    described = rows(behind.sources, titles, titles, None)
    for row, source, total in zip(described, behind.sources, behind.sums, strict=True):
        marks = [(place[0], place[1]) for place in behind.places if place[2] == source.map]
        row |= {"sum": total, "marks": marks}
    strongest = next((place[:2] for place in behind.places if place[2] == behind.sources[0].map), (0, 0))
    header = {
        "map": labels["map"],
        "rows": described,
        "rest": behind.rest,
        "others": behind.others,
        "bias": made.bias,
        "total": made.total,
        "point": strongest,
        "limits": {
            "inputs": ends(behind.inputs),
            "kernels": float(np.abs(behind.weights).max()),
            "parts": float(np.abs(behind.inputs * behind.weights).max()),
        },
        "pixels": pixels,
        "labels": labels,
        "words": i18n.section("step") | {"kernels": i18n.raw("unit.weights"), "parts": i18n.raw("unit.products")},
        "colours": theme.for_browser(),
    }
    arrays = {"inputs": by_map(behind.inputs), "kernels": by_map(behind.weights)}
    _back(data=pack(header, arrays), key=key, on_source_change=heard(key, "source", on_source), on_place_change=nothing)
