"""Plots that follow a slider without a blink: curves, bars, dots, and one point that can be moved along all curves at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app import i18n
from app.components import component, pack
from app.components.answers import news, nothing
from app.figures import theme

_plots = component("plots.js")


@dataclass(frozen=True, eq=False)
class Line:
    """A curve through evenly spaced heights over the whole axis; `name`, in which {x} is the point's place, is read out.

    `slope` holds its derivative: then the touching line is drawn in the point. `rough`: its heights are estimated shares.
    """

    values: ArrayLike
    role: str
    name: str = ""
    dashed: bool = False
    slope: ArrayLike | None = None
    rough: bool = False


@dataclass(frozen=True, eq=False)
class Bars:
    """A histogram: the share of all numbers in each of equally wide bars from `low` to `high`.

    Bars that are `read` stand on the plot's own axis; others fill the height, whatever the axis says of the curves.
    """

    shares: ArrayLike
    low: float
    high: float
    role: str
    read: bool = False


@dataclass(frozen=True)
class Dot:
    """A marked place."""

    x: float
    y: float
    label: str
    role: str
    strong: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line across the plot at one height, or upright at one place."""

    role: str
    label: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, eq=False)
class Plot:
    """One pair of axes. `label` is the text alternative; in a plot with `moving` the point can be moved."""

    title: str
    label: str
    x: tuple[float, float]
    y: tuple[float, float]
    lines: Sequence[Line] = ()
    bars: Bars | None = None
    dots: Sequence[Dot] = ()
    rules: Sequence[Rule] = ()
    names: tuple[str, str] = ("", "")
    moving: bool = False
    percent: bool = False


def plots(
    key: str,
    shown: Sequence[Plot],
    *,
    at: float = 0.0,
    reach: tuple[float, float] = (0.0, 1.0),
    step: float = 0.1,
    width: int = 19,
    on_move: Callable[[], None] = nothing,
) -> None:
    """Show plots side by side, each at least `width` rem wide; the point stands at `at`, between the ends of `reach`.

    `on_move` is called when the point was moved; `moved` then tells where to.
    """
    arrays: dict[str, NDArray[Any]] = {}
    header = {
        "plots": [_described(plot, f"p{number}", arrays) for number, plot in enumerate(shown)],
        "at": at,
        "reach": reach,
        "step": step,
        "width": width,
        "words": i18n.section("plots"),
        "colours": theme.for_browser(),
    }
    _plots(data=pack(header, arrays), key=key, on_at_change=on_move)


def moved(key: str) -> Any:
    """Where the point was moved to since this was last asked, as the browser says it; None when it was not."""
    return news(key, "at")


def bar_top(shares: ArrayLike) -> float:
    """Up to which share bars are drawn: a single high bar, such as all the zeros, is cut, or it would press the others flat."""
    *_, second, highest = np.sort(np.append(np.asarray(shares, dtype=np.float32), 0))
    return float(min(highest, 1.6 * second) or highest) or 1.0


def _described(plot: Plot, name: str, arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    def sent(part: str, values: ArrayLike) -> str:
        arrays[f"{name}{part}"] = np.asarray(values, dtype=np.float32)
        return f"{name}{part}"

    bars = None
    if plot.bars:
        bars = {
            "array": sent("bars", plot.bars.shares),
            "low": plot.bars.low,
            "high": plot.bars.high,
            "role": plot.bars.role,
        }
    return {
        "title": plot.title,
        "label": plot.label,
        "x": plot.x,
        "y": plot.y,
        "xLabel": plot.names[0],
        "yLabel": plot.names[1],
        "moving": plot.moving,
        "percent": plot.percent,
        "bars": bars,
        "barTop": bar_top(plot.bars.shares) if plot.bars and not plot.bars.read else 0,
        "lines": [
            {
                "array": sent(f"line{number}", line.values),
                "role": line.role,
                "name": line.name,
                "dashed": line.dashed,
                "rough": line.rough,
                "slope": None if line.slope is None else sent(f"slope{number}", line.slope),
            }
            for number, line in enumerate(plot.lines)
        ],
        "dots": [vars(dot) for dot in plot.dots],
        "rules": [vars(rule) for rule in plot.rules],
    }
