"""The stage of `/activation`: the curve and its derivative, and what the function does to a feature map."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from app import controls, i18n
from app.components.maps import maps
from app.components.plots import Bars, Line, Plot, Rule, bar_top, moved, plots
from app.figures import bends
from models.arrays import Array, FeatureMaps
from models.hyperparameters import Spec, choice, declared, flag, number
from models.images.kernels import KERNELS
from models.ops.activation import ACTIVATIONS, DERIVATIVES
from models.ops.vanishing import histogram, passage, sweep
from models.specs.operations import FilterSpec

REACH, POINTS, BARS = 8.0, 1601, 48


@dataclass(frozen=True)
class ActivationLook(Spec):
    """Which function is looked at, where its point stands, the second of the two kernels, a ReLU between them, guessing."""

    activation: str = choice("relu", "relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh", "linear")
    at: float = number(default=1.0, low=-REACH, high=REACH, step=0.1)
    second: str = choice("laplacian", *KERNELS)
    between: bool = flag(False)
    predict: bool = flag(False)


def _named(name: str) -> str:
    return i18n.raw(f"choices.activation.{name}")


def show_curve(values: Array, name: str) -> None:
    """The function and its derivative with one movable point; behind the curve, where the numbers of the picture lie."""
    reach = _reach(values - np.float32(controls.get(FilterSpec, "bias")))
    places = np.linspace(-reach, reach, POINTS, dtype=np.float32)
    heights, slopes = ACTIVATIONS[name](places), DERIVATIVES[name](places)
    shares = histogram(np.clip(values, -reach, reach), -reach, reach, BARS)
    label = _named(name)
    curve = Plot(
        title=label,
        label=i18n.raw("activation.curve_label", name=label),
        x=(-reach, reach),
        y=_roomy(heights),
        lines=[Line(heights, "activation_map", f"{label}({{x}})", slope=slopes)],
        bars=Bars(shares, -reach, reach, "feature_map"),
        names=("x", "f(x)"),
        moving=True,
    )
    derivative = Plot(
        title=i18n.raw("activation.derivative"),
        label=i18n.raw("activation.derivative_label", name=label),
        x=(-reach, reach),
        y=_roomy(np.append(slopes, [0, 1])),
        lines=[Line(slopes, "derivative", f"{label}′({{x}})")],
        names=("x", "f′(x)"),
        moving=True,
    )
    at = controls.get(ActivationLook, "at")
    plots("curve", [curve, derivative], at=at, reach=(-REACH, REACH), step=0.1, on_move=_moved)
    st.caption(i18n.text("activation.bars_reading"))
    rule, slope = st.columns(2)
    rule.latex(bends.bent(name, at, float(ACTIVATIONS[name](at))))
    slope.latex(bends.slope(name, at, float(DERIVATIVES[name](at))))


def _reach(features: Array) -> float:
    """How far the axis goes to either side: as far as the feature map without its bias, so that the axis stays still."""
    farthest = float(np.ceil(np.abs(features).max()))
    return min(max(REACH, farthest), 4 * REACH)


def _roomy(heights: Array) -> tuple[float, float]:
    low, high = float(heights.min()), float(heights.max())
    room = 0.08 * (high - low) or 0.5
    return low - room, high + room


def _moved() -> None:
    at = declared(ActivationLook)["at"].take(moved("curve"))
    if at is not None:
        controls.change(ActivationLook, at=at)


def show_maps(values: FeatureMaps, name: str) -> None:
    """The feature map, the activation map and the derivative at each place; the numbers before and after as histograms."""
    st.subheader(i18n.text("activation.picture"), anchor=False)
    bent = ACTIVATIONS[name](values)
    shown = {"feature_map": values, "activation_map": bent, "derivative": DERIVATIVES[name](values)}
    for place, (kind, array) in zip(st.columns(3, gap="medium"), shown.items(), strict=True):
        title = i18n.raw(f"activation.{kind}")
        with place:
            maps(f"{kind}_map", array, [title], label=title, tile=240, hint=kind == "feature_map")
    before, after = _histogram(values, "feature_map"), _histogram(bent, "activation_map")
    plots("histograms", [before, after])
    share = passage(values, name)
    with st.container(key="lost", horizontal=True):
        st.metric(i18n.text("activation.zeros"), f"{share.zeros:.1%}")
        st.metric(i18n.text("activation.flat"), f"{share.flat:.1%}")
        st.metric(i18n.text("activation.mean_derivative"), i18n.plain(share.derivative))
    st.caption(i18n.text("activation.lost_reading"))


def _histogram(values: Array, role: str) -> Plot:
    low, high = float(values.min()), float(values.max())
    low, high = (low, high) if high > low else (low - 0.5, high + 0.5)
    shares = histogram(values, low, high, BARS)
    title = i18n.raw(f"activation.{role}")
    return Plot(
        title=title,
        label=i18n.raw("activation.histogram_label", name=title, low=f"{low:.3g}", high=f"{high:.3g}"),
        x=(low, high),
        y=(0.0, bar_top(shares)),
        bars=Bars(shares, low, high, role),
        names=(i18n.raw("activation.number"), i18n.raw("activation.share")),
        percent=True,
    )


def show_saturation(features: FeatureMaps, name: str) -> None:
    """What every bias would do: how many places the function would be flat at, and how much derivative would be left."""
    st.subheader(i18n.text("activation.saturation"), anchor=False)
    st.markdown(i18n.text("activation.saturation_reading"))
    limits = declared(FilterSpec)["bias"]
    bias = controls.get(FilterSpec, "bias")
    biases = np.linspace(-10, 10, 201, dtype=np.float32)
    flat, derivative = sweep(features, name, biases)
    plot = Plot(
        title=i18n.raw("activation.sweep"),
        label=i18n.raw("activation.sweep_label"),
        x=(-10.0, 10.0),
        y=(min(-0.05, float(derivative.min()) - 0.05), max(1.05, float(derivative.max()) + 0.05)),
        lines=[
            Line(flat, "unvisited", i18n.raw("activation.flat_at", x="{x}"), rough=True),
            Line(derivative, "derivative", i18n.raw("activation.derivative_at", x="{x}"), rough=True),
        ],
        rules=[Rule("input", y=0.0)],
        names=(i18n.raw("fields.bias.label"), ""),
        moving=True,
    )

    def shift() -> None:
        taken = limits.take(moved("sweep"))
        if taken is not None:
            controls.change(FilterSpec, bias=taken)

    plots("sweep", [plot], at=bias, reach=(-10.0, 10.0), step=0.1, width=30, on_move=shift)
    left = passage(features + np.float32(bias), name)
    st.markdown(i18n.text("activation.depth", one=left.derivative, ten=left.derivative**10))
    if left.flat == 1:
        st.markdown(f":material/skull: {i18n.text('activation.dead')}")
