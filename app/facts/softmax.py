"""Predict, then reveal on `/softmax`, and the Keras line."""

import numpy as np
import streamlit as st

from app import i18n, predict
from app.figures import chances
from app.stage.softmax import Prediction
from models.ops.slips import softmax_slip


def predicted(shown: Prediction) -> bool:
    """Ask for the probability of the first class in percent; True once the answers may be shown."""
    percent = round(100 * float(shown.probabilities[0]))
    question = predict.Question("percent", percent, lambda guess: softmax_slip(guess, shown.logits, shown.temperature))
    facts: dict[str, int | str] = {"name": shown.names[0], "temperature": f"{shown.temperature:g}", "classes": len(shown.names)}
    situation = f"{shown.logits.tolist()} {shown.temperature}"
    return predict.revealed("softmax", situation, (question,), facts)


def show(shown: Prediction) -> None:
    """The rule with the numbers of the first class, and the code."""
    rule, code = st.columns(2, gap="large")
    with rule:
        st.subheader(i18n.text("softmax.rule"), anchor=False)
        _rule(shown)
    with code:
        st.subheader(i18n.text("facts.code"), anchor=False)
        with st.container(key="keras_line"):
            scaled = "logits" if shown.temperature == 1 else f"logits / {shown.temperature:g}"
            line = f"probabilities = keras.activations.softmax({scaled})\nkeras.ops.argmax(probabilities, axis=-1)"
            st.code(line, language="python", wrap_lines=True)
        st.caption(i18n.text("softmax.code_reading"))


def _rule(shown: Prediction) -> None:
    st.latex(chances.softmax([float(logit) for logit in shown.logits], shown.temperature, float(shown.probabilities[0])))
    spread = float(-(shown.probabilities * np.log(np.maximum(shown.probabilities, 1e-30))).sum() / np.log(len(shown.names)))
    st.markdown(i18n.text("softmax.temperature_reading", spread=f"{max(spread, 0.0):.0%}"))
