"""`/softmax`: how the last layer's numbers become probabilities, and what a prediction costs."""

import streamlit as st

from app import controls, i18n, session
from app.facts import softmax as facts
from app.stage import cost, units
from app.stage import softmax as stage
from app.stage.softmax import SoftmaxLook

SPECS = (SoftmaxLook,)


def show() -> None:
    """Draw the page."""
    with st.container(key="bench"):
        with st.container(key="controls"), st.expander(i18n.text("softmax.layer"), expanded=True, icon=":material/tune:"):
            classes = controls.ask(SoftmaxLook, "classes", "temperature")["classes"]
            _truth(classes)
            controls.ask(SoftmaxLook, "predict")
        with st.container(key="stage"):
            shown = stage.prediction()
            stage.show_examples(shown)
            known = not controls.get(SoftmaxLook, "predict") or facts.predicted(shown)
            stage.show_logits(shown, known)
        with st.container(key="results"):
            if known:
                facts.show(shown)
                stage.show_overflow(shown)
                cost.show(shown)
            units.show(shown)


def _truth(classes: int) -> None:
    """Which class is the true one, by name."""
    session.keep("SoftmaxLook", "truth", 0)
    if session.value("truth") >= classes:
        session.put("truth", classes - 1)
    names = stage.names(classes)
    st.selectbox(
        i18n.text("fields.truth.label"),
        range(classes),
        format_func=names.__getitem__,
        key="truth",
        help=i18n.text("fields.truth.help"),
    )
    session.remember("SoftmaxLook", "truth")
