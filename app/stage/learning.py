"""Curves of a run: loss and accuracy, gradients and updates; those of several runs over each other."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app import i18n
from app.components.curves import Chart, Curve, curves
from app.figures import theme
from models.training.record import Record

SMOOTHED = 0.03
"""How much one batch moves the running mean that is drawn over the single batches."""

ENOUGH = 30
"""From so many batches on a running mean says more than the batches."""

FEW_EPOCHS = 10
"""So many are all in sight from the start."""

LOSS, ACCURACY = 1, 2
COLUMNS = {"loss": (2, 4), "accuracy": (3, 5)}
"""Of `record.EPOCHS`: training, validation."""


def steps_per_epoch(record: Record) -> float:
    """How many batches an epoch has."""
    now = record.progress()
    return max(now["steps"] / max(now["epochs"], 1), 1.0) if now else 1.0


def axis_end(record: Record, *, ended: bool) -> float:
    """How far the axis goes, in epochs: to the end, but of a long run only twice as far each time that the curve arrives."""
    now, end = record.progress(), float(FEW_EPOCHS)
    if not now:
        return 1.0
    here = now["step"] / steps_per_epoch(record)
    if ended:
        return max(1.0, math.ceil(here))
    while end < here:
        end *= 2
    return min(end, now["epochs"])


def show_curves(record: Record, *, ended: bool) -> None:
    """Loss and accuracy, by batch and by epoch."""
    batches, epochs = record.rows("batches"), record.rows("epochs")
    places = batches[:, 0] / steps_per_epoch(record)
    training, validation = theme.RUNS[0], theme.RUNS[1]
    charts = []
    for name, column in (("loss", LOSS), ("accuracy", ACCURACY)):
        values = batches[:, column]
        drawn = [Curve(i18n.raw("curves.batch"), joined(places, values), training, "thin")]
        if len(values) >= ENOUGH and not len(epochs):
            drawn.append(Curve(i18n.raw("curves.training"), joined(places, smooth(values)), training))
        if len(epochs):
            first, second = COLUMNS[name]
            drawn.append(Curve(i18n.raw("curves.training"), epochs[:, [0, first]], training))
            drawn.append(Curve(i18n.raw("curves.validation"), epochs[:, [0, second]], validation, "dashed"))
        charts.append(chart(name, drawn))
    curves("run_curves", charts, 0.0, axis_end(record, ended=ended))


def show_gradients(record: Record, *, ended: bool) -> None:
    """How strongly each layer is pulled, and how far it moves."""
    steps, layers = record.get("measured"), record.get("layers")
    if steps is None or layers is None or not len(steps):
        return
    places = steps.ravel() / steps_per_epoch(record)
    charts = []
    for name in ("gradients", "updates"):
        values = record.rows(name)
        drawn = [
            Curve(
                str(layer), joined(places, values[:, number]), colour(number), "solid" if number < len(theme.RUNS) else "dashed"
            )
            for number, layer in enumerate(layers)
        ]
        charts.append(chart(name, drawn, log=True))
    st.subheader(i18n.text("training.pull"), anchor=False)
    curves("run_gradients", charts, 0.0, axis_end(record, ended=ended))
    st.caption(i18n.text("training.pull_reading"))


def compare(runs: Sequence[tuple[str, Record]]) -> None:
    """The validation of several runs over each other; each run has a colour."""
    charts = []
    for name, (_, column) in COLUMNS.items():
        drawn = [
            Curve(title, record.rows("epochs")[:, [0, column]], colour(number)) for number, (title, record) in enumerate(runs)
        ]
        charts.append(chart(f"val_{name}", drawn, share=name == "accuracy"))
    last = max((float(record.rows("epochs")[-1, 0]) for _, record in runs if len(record.rows("epochs"))), default=1.0)
    curves("compared_curves", charts, 0.0, last)


def chart(name: str, drawn: Sequence[Curve], *, log: bool = False, share: bool | None = None) -> Chart:
    """A chart with its words."""
    title = i18n.raw(f"curves.{name}")
    last = [
        f"{curve.name} {curve.points[-1, 1]:.3g}" for curve in drawn if len(curve.points) and np.isfinite(curve.points[-1, 1])
    ]
    alternative = i18n.raw("curves.alternative", title=title, last=", ".join(last))
    return Chart(title, drawn, alternative, share=name == "accuracy" if share is None else share, log=log)


def colour(number: int) -> dict[str, str]:
    """The colour of the run or layer with this number."""
    return theme.RUNS[number % len(theme.RUNS)]


def joined(places: NDArray[Any], values: NDArray[Any]) -> NDArray[Any]:
    """(places, values) side by side."""
    return np.column_stack([places, values])


def smooth(values: NDArray[Any]) -> NDArray[Any]:
    """The running mean of what is finite."""
    out, mean = np.empty(len(values)), float("nan")
    for index, value in enumerate(values.tolist()):
        mean = value if not np.isfinite(mean) else mean + max(SMOOTHED, 1 / (index + 1)) * (value - mean)
        out[index] = mean
    return out
