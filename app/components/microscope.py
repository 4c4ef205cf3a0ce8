"""The microscope: input, kernel, feature map and activation map side by side, and every product behind one output pixel."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app import i18n
from app.components import compact, component, pack
from app.figures import theme
from models.arrays import Array, ImageArray
from models.errors import LearnerError
from models.ops.window import padding_amounts, unvisited
from models.specs.operations import ConvSpec

_microscope = component("microscope.js")

CHANNEL_NAMES = ("R", "G", "B")


@dataclass(frozen=True)
class Slide:
    """What lies under the microscope: one filter on one picture.

    `image` (height, width, channels), `kernel` (kernel_height, kernel_width, channels), `feature_map` and `activation_map`
    (output_height, output_width); the maps are None where the window does not fit, the activation map also where there is no
    activation function. `limits` and `activation_limits` are the lowest and highest value of the scale to draw them with.
    """

    image: ImageArray
    kernel: Array
    spec: ConvSpec
    bias: float
    feature_map: Array | None
    activation_map: Array | None
    limits: tuple[float, float]
    activation_limits: tuple[float, float]
    activation: str
    title: str


def microscope(
    key: str, slide: Slide, point: tuple[int, int], *, pixels: bool, on_point: Callable[[], None], shapes: bool = True
) -> Any:
    """Show `slide` with the output pixel `point` (row, column) pinned; the result's `point` is what was clicked.

    `pixels` says that the picture holds brightnesses from 0 to 1, to be shown as such; other numbers get a colour scale.
    `shapes` off hides sizes that the learner is asked to predict.
    """
    image, step = compact(slide.image)
    arrays: dict[str, Any] = {"input": image, "kernel": slide.kernel}
    header = {
        **_geometry(slide),
        "input": {"step": step, "low": float(slide.image.min()), "high": float(slide.image.max()), "pixels": pixels},
        "bias": slide.bias,
        "limits": slide.limits,
        "point": point,
        "filterTitle": slide.title,
        "channelNames": CHANNEL_NAMES[: slide.image.shape[2]] if slide.image.shape[2] == 3 else ("",),
        "showShapes": shapes,
        "words": i18n.section("microscope"),
        "colours": theme.for_browser(),
    }
    if slide.feature_map is not None:
        arrays["feature"], header["featureStep"] = compact(slide.feature_map)
    if slide.activation_map is not None:
        arrays["activation"] = slide.activation_map.astype(np.float32)
        header["activation"] = {"label": slide.activation, "limits": slide.activation_limits}
    return _microscope(data=pack(header, arrays), key=key, on_point_change=on_point)


def _geometry(slide: Slide) -> dict[str, Any]:
    """Padding (top, bottom, left, right), what no window reaches, and how far a window that does not fit hangs over."""
    spec = slide.spec
    sides = list(zip(slide.image.shape[:2], spec.spans, strict=True))
    amounts = [padding_amounts(size, span, spec.stride, spec.padding) for size, span in sides]
    overhang = [max(span - size - sum(amount), 0) for (size, span), amount in zip(sides, amounts, strict=True)]
    return {
        "stride": spec.stride,
        "dilation": spec.dilation,
        "padding": [*amounts[0], *amounts[1]],
        "overhang": overhang,
        "unvisited": [_unvisited(size, span, spec) for size, span in sides],
    }


def _unvisited(size: int, span: int, spec: ConvSpec) -> int:
    try:
        return unvisited(size, span, spec.stride, spec.padding)
    except LearnerError:
        return 0
