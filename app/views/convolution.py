"""`/convolution`: what a convolution does to the learner's picture, down to every product."""

from functools import partial

import streamlit as st

from app import controls, i18n, image_input, kernel_input, problems
from app.facts import convolution as facts
from app.stage import convolution as stage
from app.stage.convolution import Look
from models.arrays import Array
from models.errors import LearnerError
from models.hyperparameters import declared
from models.images.kernels import filters
from models.ops.activation import ACTIVATIONS
from models.ops.conv import convolve
from models.ops.mends import mends
from models.specs.operations import ActivationSpec, ConvSpec, FilterSpec
from models.specs.picture import PictureSpec

SPECS = (PictureSpec, ConvSpec, FilterSpec, ActivationSpec, Look)


def show() -> None:
    """Draw the page."""
    image_input.choose()
    with st.container(key="bench"):
        with st.container(key="controls"):
            picture, spec, kernels, activation = _controls()
        with st.container(key="stage"):
            features = _features(picture.image, kernels, spec)
            activated = ACTIVATIONS[activation](features) if features is not None and activation != "none" else None
            known = not controls.get(Look, "predict") or features is None or facts.predicted(picture.image, kernels, spec)
            stage.show_microscope(stage.Scene(picture, kernels, spec, features, activated), known)
        with st.container(key="results"):
            if features is not None:
                stage.show_maps(features, activated)
            if features is not None and known:
                facts.show(picture.image, kernels, spec, controls.get(FilterSpec, "bias"), activation)


def _controls() -> tuple[image_input.Picture, ConvSpec, Array, str]:
    window, kernel, shown = (st.container() for _ in range(3))
    with shown:
        picture = image_input.picture()
    channels = picture.image.shape[2]
    kernel_input.take_typed(channels)
    with window, st.expander(i18n.text("convolution.window"), expanded=True, icon=":material/tune:"):
        size = declared(ConvSpec)["kernel_size"]
        controls.widget("ConvSpec", "kernel_size", size, 3, on_change=kernel_input.follow_size)
        asked = controls.ask(ConvSpec, "stride", "padding", "dilation")
        asked |= controls.ask(FilterSpec, "filters") | controls.ask(ActivationSpec)
        controls.ask(Look, "predict")
    with kernel, st.expander(i18n.text("convolution.kernel"), expanded=True, icon=":material/grid_on:"):
        arrangement = controls.ask(FilterSpec, "arrangement")["arrangement"]
        plane = kernel_input.kernel(channels) if arrangement == "turned" else kernel_input.blank()
        controls.ask(FilterSpec, "bias", *(["seed"] if arrangement == "random" else []))
    chosen = FilterSpec(**{name: controls.get(FilterSpec, name) for name in declared(FilterSpec)})
    kernels = filters(plane, chosen, channels)
    spec = ConvSpec(kernels.shape[:2], asked["stride"], asked["padding"], asked["dilation"])
    return picture, spec, kernels, asked["activation"]


def _features(image: Array, kernels: Array, spec: ConvSpec) -> Array | None:
    try:
        return convolve(image, kernels, spec, controls.get(FilterSpec, "bias"))
    except LearnerError as error:
        _explain(error, image, spec)
        return None


def _explain(error: LearnerError, image: Array, spec: ConvSpec) -> None:
    buttons = {}
    for mend in mends(image.shape[0], image.shape[1], spec):
        for field, value in mend.items():
            label = i18n.raw(f"mends.{field}_same") if value == "same" else i18n.raw(f"mends.{field}", value=value)
            buttons[label] = partial(_mend, field, value)
    problems.show(error, buttons, key="window_problem")


def _mend(field: str, value: int | str) -> None:
    controls.change(ConvSpec, **{field: value})
    if field == "kernel_size":
        kernel_input.follow_size()
