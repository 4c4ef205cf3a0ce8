"""A feature map of the learner's picture, for pages that show what comes after a convolution."""

import streamlit as st

from app import controls, i18n, kernel_input
from models.arrays import Array, FeatureMaps, ImageArray
from models.hyperparameters import declared
from models.images.kernels import filters
from models.ops.conv import convolve
from models.specs.operations import ConvSpec, FilterSpec

SIZE = controls.Part(ConvSpec, ("kernel_size",))
"""The kernel is that of the convolution page: a change on one page is seen on the other."""


def layer(image: ImageArray) -> FeatureMaps:
    """Draw the settings of a layer's filters; returns its feature maps, as large as the picture (padding "same")."""
    plane = _kernel(image, ("turned", "random", "constants"))
    spec = FilterSpec(**{name: controls.get(FilterSpec, name) for name in declared(FilterSpec)})
    kernels = filters(plane, spec, image.shape[2])
    return convolve(image, kernels, ConvSpec(kernels.shape[:2], padding="same"), spec.bias)


def single(image: ImageArray) -> tuple[Array, FeatureMaps]:
    """Draw the settings of one kernel; returns it (kernel_height, kernel_width, channels, 1), and its feature map without
    bias, as large as the picture.
    """
    kernel = filters(_kernel(image, ()), FilterSpec(filters=1), image.shape[2])
    return kernel, convolve(image, kernel, ConvSpec(kernel.shape[:2], padding="same"))


def _kernel(image: ImageArray, arrangements: tuple[str, ...]) -> Array:
    channels = image.shape[2]
    kernel_input.take_typed(channels)
    with st.expander(i18n.text("convolution.kernel"), expanded=True, icon=":material/grid_on:"):
        arrangement = controls.ask(FilterSpec, "filters", "arrangement")["arrangement"] if arrangements else "turned"
        size = declared(ConvSpec)["kernel_size"]
        controls.widget("ConvSpec", "kernel_size", size, 3, on_change=kernel_input.follow_size)
        plane = kernel_input.kernel(channels) if arrangement == "turned" else kernel_input.blank()
        if arrangements:
            controls.ask(FilterSpec, "bias", *(["seed"] if arrangement == "random" else []))
    return plane
