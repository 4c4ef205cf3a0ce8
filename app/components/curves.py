"""Curves that grow: charts side by side over one common axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import i18n
from app.components import component, pack

MOST_POINTS = 1500
"""Of one curve; no screen shows more."""

_curves = component("curves.js")


@dataclass(frozen=True)
class Curve:
    """One curve: `points` (places, 2), each a place on the axis and a value; NaN leaves a gap.

    `style` is "solid", "dashed" or "thin" (many small steps behind the others); curves of one name in several charts are
    shown and hidden together.
    """

    name: str
    points: NDArray[Any]
    colour: Mapping[str, str]
    style: str = "solid"


@dataclass(frozen=True)
class Chart:
    """Some curves over the common axis. `share` says that values are shares of one, `log` draws powers of ten."""

    title: str
    curves: Sequence[Curve]
    alternative: str
    share: bool = False
    log: bool = False


def curves(key: str, charts: Sequence[Chart], start: float, end: float) -> None:
    """Show `charts`, whose common axis goes from `start` to `end`."""
    arrays: dict[str, NDArray[Any]] = {}
    described = []
    for chart in charts:
        series = []
        for curve in chart.curves:
            name = f"curve_{len(arrays)}"
            arrays[name] = thinned(curve.points).astype(np.float32)
            series.append({"name": curve.name, "colour": dict(curve.colour), "style": curve.style, "array": name})
        about = {"title": chart.title, "alternative": chart.alternative, "share": chart.share, "log": chart.log}
        described.append({**about, "series": series})
    words = {"at": i18n.raw("curves.at", at="{at}"), "axis": i18n.raw("curves.epoch")}
    _curves(data=pack({"charts": described, "start": start, "end": end, "words": words}, arrays), key=key)


def thinned(points: NDArray[Any]) -> NDArray[Any]:
    """`points`, or of many the lowest and the highest of each stretch: no peak is lost."""
    if len(points) <= MOST_POINTS:
        return points
    stretches = np.array_split(np.arange(len(points)), MOST_POINTS // 2)
    values = np.nan_to_num(points[:, 1].astype(np.float64), nan=0.0)
    chosen = {int(i) for part in stretches for i in (part[values[part].argmin()], part[values[part].argmax()])}
    return points[sorted(chosen | {0, len(points) - 1})]
