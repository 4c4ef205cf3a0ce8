"""The numbers of an activation function: shape, parameters, and the Keras line."""

from functools import partial

import streamlit as st

from app import i18n, predict
from models.arrays import FeatureMaps
from models.network.keras_line import activation_line


def predicted(features: FeatureMaps) -> bool:
    """Ask for the output shape and the parameter count; True once the answers may be shown."""
    height, width, filters = features.shape
    answers = {"height": height, "width": width, "filters": filters, "parameters": 0}
    questions = tuple(predict.Question(name, answer, partial(_slip, name, answer)) for name, answer in answers.items())
    return predict.revealed("activation", str(features.shape), questions, {})


def _slip(name: str, answer: int, guess: int) -> str | None:
    if guess == answer:
        return None
    return "activation_parameters" if name == "parameters" else "activation_shape"


def show(features: FeatureMaps, name: str, kernel_size: int) -> None:
    """Shape, parameters, code."""
    shape, code = st.columns(2, gap="large")
    with shape:
        st.subheader(i18n.text("facts.shapes"), anchor=False)
        with st.container(key="output_shape"):
            st.markdown(f"### `{(1, *features.shape)}` → `{(1, *features.shape)}`")
        with st.container(key="parameters"):
            st.markdown(i18n.text("activation.no_parameters"))
    with code:
        st.subheader(i18n.text("facts.code"), anchor=False)
        with st.container(key="keras_line"):
            st.code(activation_line(name, features.shape[2], kernel_size), language="python", wrap_lines=True)
    st.markdown(i18n.text(f"activation.about_{name}"))
