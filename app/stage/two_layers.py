"""Why activation functions are needed, on `/activation`: two convolutions without one are a single convolution."""

import numpy as np
import streamlit as st

from app import controls, i18n
from app.components.grids import Grid, grids
from app.components.maps import maps
from app.stage.activation import ActivationLook
from models.arrays import FeatureMaps, ImageArray, Kernel
from models.images.kernels import KERNELS
from models.ops.activation import relu
from models.ops.best_kernel import best_kernel
from models.ops.collapse import carried_out, collapse
from models.ops.conv import convolve
from models.specs.operations import KERNEL_SIZE, ConvSpec

NEGLIGIBLE = 1e-3
"""What the rounding of computers may leave, as a share of the numbers."""


def show(image: ImageArray, first: Kernel) -> None:
    """Both kernels and the one they make, both results, and their difference.

    Raises:
        LearnerError: `window_does_not_fit`, for a picture smaller than the one kernel.
    """
    st.subheader(i18n.text("two_layers.title"), anchor=False)
    st.markdown(i18n.text("two_layers.reading"))
    with st.container(horizontal=True, key="two_layers_controls", vertical_alignment="bottom"):
        asked = controls.ask(ActivationLook, "second", "between")
    second, between = KERNELS[asked["second"]](3)[..., np.newaxis, np.newaxis], asked["between"]
    one = collapse(first, second)
    bias = np.zeros(1, dtype=np.float32)
    middle = _convolved(image, first)
    target = _convolved(relu(middle) if between else middle, second)
    if between:
        one, bias = best_kernel(image, target, one.shape[:2])
    _kernels(first, second, one, between)
    _results(target, _convolved(image, one) + bias, between)


def _convolved(image: ImageArray, kernel: Kernel) -> FeatureMaps:
    height, width = kernel.shape[:2]
    if max(height, width) > KERNEL_SIZE.high:
        return carried_out(image, kernel)
    return convolve(image, kernel, ConvSpec((height, width)))


def _size(kernel: Kernel) -> str:
    return f"{kernel.shape[0]} × {kernel.shape[1]}"


def _kernels(first: Kernel, second: Kernel, one: Kernel, between: bool) -> None:
    """One slice of each; the others are said, where they differ."""
    title = i18n.raw("two_layers.best" if between else "two_layers.one", size=_size(one))
    shown = [
        Grid(i18n.raw("two_layers.first", size=_size(first)), first[:, :, 0, 0]),
        Grid(i18n.raw("two_layers.second", size=_size(second)), second[:, :, 0, 0], "→ ReLU →" if between else "→"),
        Grid(title, one[:, :, 0, 0], "≠" if between else "="),
    ]
    grids("two_layers_kernels", shown)
    if first.shape[2] > 1:
        st.caption(i18n.text("two_layers.red"))


def _results(target: FeatureMaps, single: FeatureMaps, between: bool) -> None:
    difference = np.abs(target - single)
    titles = [i18n.raw("two_layers.both"), i18n.raw("two_layers.by_best" if between else "two_layers.by_one")]
    results, apart = st.columns([2, 1], gap="medium")
    with results:
        maps("two_layers_results", np.concatenate([target, single], axis=2), titles, label=", ".join(titles), tile=220)
    with apart:
        title = i18n.raw("two_layers.difference")
        maps("two_layers_difference", difference, [title], label=title, tile=220, hint=False)
    largest, reach = float(difference.max()), float(np.abs(target).max())
    told = "equal" if not between else "broken" if largest > NEGLIGIBLE * max(reach, 1.0) else "unbent"
    with st.container(key="largest_difference"):
        st.markdown(i18n.text(f"two_layers.{told}", largest=largest, reach=reach))
