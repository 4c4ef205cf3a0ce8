"""One sigmoid unit, two softmax units, K softmax units side by side, on `/softmax`."""

import numpy as np
import streamlit as st

from app import controls, i18n
from app.components.plots import Line, Plot, Rule, moved, plots
from app.figures import chances
from app.stage.softmax import Prediction, SoftmaxLook
from models.hyperparameters import declared
from models.ops.activation import sigmoid
from models.ops.softmax import softmax

REACH = 10.0


def show(shown: Prediction) -> None:
    """When which, each with its numbers and its Keras line."""
    st.subheader(i18n.text("units.title"), anchor=False)
    one, two, many = st.columns(3, gap="large")
    with one:
        _one()
    with two:
        _two()
    with many:
        _many(shown)


def _head(name: str, line: str, loss: str) -> None:
    st.markdown(f"#### {i18n.text(f'units.{name}')}")
    st.markdown(i18n.text(f"units.{name}_when"))
    with st.container(key=f"keras_{name}"):
        st.code(f'{line}\nloss="{loss}"', language="python", wrap_lines=True)


def _one() -> None:
    _head("one", 'layers.Dense(1, activation="sigmoid")', "binary_crossentropy")
    logit, threshold = controls.ask(SoftmaxLook, "one_logit", "threshold").values()
    places = np.linspace(-REACH, REACH, 801, dtype=np.float32)
    share = float(sigmoid(logit))
    plot = Plot(
        title="σ(z)",
        label=i18n.raw("units.curve_label"),
        x=(-REACH, REACH),
        y=(-0.05, 1.05),
        lines=[Line(sigmoid(places), "activation_map", "σ({x})")],
        rules=[
            Rule("unvisited", i18n.raw("fields.threshold.label"), y=threshold),
            Rule("unvisited", "", x=float(np.log(threshold / (1 - threshold)))),
        ],
        names=("z", ""),
        moving=True,
    )
    plots("one_unit", [plot], at=logit, reach=(-REACH, REACH), step=0.1, width=12, on_move=_moved)
    st.latex(chances.sigmoid(logit, share))
    verdict = "yes" if share >= threshold else "no"
    with st.container(key="one_verdict"):
        st.markdown(i18n.text(f"units.{verdict}", share=share, threshold=threshold))


def _moved() -> None:
    logit = declared(SoftmaxLook)["one_logit"].take(moved("one_unit"))
    if logit is not None:
        controls.change(SoftmaxLook, one_logit=logit)


def _two() -> None:
    _head("two", 'layers.Dense(2, activation="softmax")', "sparse_categorical_crossentropy")
    first, second = controls.ask(SoftmaxLook, "first_logit", "second_logit").values()
    shares = softmax([first, second])
    st.latex(chances.two(first, second, float(shares[0])))
    st.markdown(i18n.text("units.same_as"))
    difference = float(sigmoid(np.float32(first - second)))
    with st.container(key="same_as_sigmoid"):
        st.latex(chances.difference(first, second, difference))
    st.markdown(i18n.text("units.two_reading"))


def _many(shown: Prediction) -> None:
    classes = len(shown.logits)
    _head("many", f'layers.Dense({classes}, activation="softmax")', "sparse_categorical_crossentropy")
    st.latex(chances.many(classes))
    st.markdown(i18n.text("units.many_reading", classes=classes))
    st.markdown(i18n.text("units.several"))
