"""The pooling microscope: input and pooled map side by side, and how the values of one window became one number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import i18n
from app.components import compact, component, pack
from app.components.microscope import CHANNEL_NAMES
from app.figures import theme
from models.arrays import FeatureMaps
from models.errors import LearnerError
from models.ops.window import padding_amounts, unvisited
from models.specs.operations import PoolSpec

_pooling = component("pooling.js")


@dataclass(frozen=True)
class Pool:
    """What lies under the pooling microscope.

    `values` (height, width, channels) is the picture, or one map; `pooled` what became of it, None where no window fits;
    `won` marks the values that won at least one window (None: show all). `limits` are those of the scale for numbers that
    are not brightnesses.
    """

    values: FeatureMaps
    pooled: FeatureMaps | None
    won: NDArray[np.uint8] | None
    spec: PoolSpec
    limits: tuple[float, float]
    title: str


def pool_microscope(
    key: str, slide: Pool, point: tuple[int, int], *, pixels: bool, on_point: Callable[[], None], shapes: bool = True
) -> None:
    """Show `slide` with the output pixel `point` (row, column) pinned; `pixels` says that it holds brightnesses from 0 to 1.

    `shapes` off hides sizes that the learner is asked to predict.
    """
    values, step = compact(slide.values)
    arrays: dict[str, NDArray[Any]] = {"input": values}
    channels = slide.values.shape[2]
    header = {
        **_geometry(slide),
        "kind": slide.spec.kind.removeprefix("global_"),
        "input": {"step": step, "low": float(slide.values.min()), "high": float(slide.values.max()), "pixels": pixels},
        "limits": slide.limits,
        "point": point,
        "title": slide.title,
        "names": CHANNEL_NAMES if channels == 3 else ("",),
        "showShapes": shapes,
        "words": i18n.section("microscope") | i18n.section("pool_microscope"),
        "colours": theme.for_browser(),
    }
    if slide.pooled is not None:
        arrays["pooled"], header["pooledStep"] = compact(slide.pooled)
    if slide.won is not None:
        arrays["won"] = slide.won
    _pooling(data=pack(header, arrays), key=key, on_point_change=on_point)


def _geometry(slide: Pool) -> dict[str, Any]:
    """The window, its padding (top, bottom, left, right), what no window reaches, how far one that does not fit hangs over."""
    spec, sides = slide.spec, slide.values.shape[:2]
    if spec.kind.startswith("global_"):
        return {"window": sides, "stride": 1, "padding": [0] * 4, "unvisited": [0, 0], "overhang": [0, 0]}
    amounts = [padding_amounts(side, spec.size, spec.stride, spec.padding) for side in sides]
    return {
        "window": [spec.size, spec.size],
        "stride": spec.stride,
        "padding": [*amounts[0], *amounts[1]],
        "unvisited": [_rest(side, spec) for side in sides],
        "overhang": [max(spec.size - side - sum(amount), 0) for side, amount in zip(sides, amounts, strict=True)],
    }


def _rest(side: int, spec: PoolSpec) -> int:
    try:
        return unvisited(side, spec.size, spec.stride, spec.padding)
    except LearnerError:
        return 0
