"""`/activation`: how each number of a feature map is bent, what that costs, and why it is needed."""

import numpy as np
import streamlit as st

from app import controls, feature_input, i18n, image_input, problems
from app.facts import activation as facts
from app.stage import activation as stage
from app.stage import two_layers
from app.stage.activation import ActivationLook
from models.errors import LearnerError
from models.specs.operations import FilterSpec
from models.specs.picture import PictureSpec

SPECS = (PictureSpec, ActivationLook, feature_input.SIZE, controls.Part(FilterSpec, ("kernel", "bias")))


def show() -> None:
    """Draw the page."""
    image_input.choose()
    with st.container(key="bench"):
        with st.container(key="controls"):
            window, shown = st.container(), st.container()
            with shown:
                picture = image_input.picture()
                kernel, features = feature_input.single(picture.image)
            with window, st.expander(i18n.text("activation.function"), expanded=True, icon=":material/show_chart:"):
                name = controls.ask(ActivationLook, "activation")["activation"]
                values = features + np.float32(controls.ask(FilterSpec, "bias")["bias"])
                controls.ask(ActivationLook, "predict")
        with st.container(key="stage"):
            stage.show_curve(values, name)
            known = not controls.get(ActivationLook, "predict") or facts.predicted(features)
        with st.container(key="results"):
            stage.show_maps(values, name)
            if known:
                facts.show(features, name, max(kernel.shape[:2]))
            stage.show_saturation(features, name)
            try:
                two_layers.show(picture.image, kernel)
            except LearnerError as error:
                problems.show(error, key="two_layers_problem")
