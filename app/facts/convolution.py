"""The numbers of a convolution: shapes, parameters, cost, padding, coverage, and the Keras line."""

from functools import partial

import streamlit as st

from app import i18n, predict
from app.components.maps import maps
from app.figures import formula
from models.arrays import ImageArray, Kernel
from models.network.keras_line import conv_line
from models.ops.coverage import coverage
from models.ops.slips import parameter_slip, size_slip
from models.ops.window import output_size, padding_amounts, unvisited
from models.specs.operations import ConvSpec

SIDES = ("H", "W")


def output_shape(image: ImageArray, spec: ConvSpec) -> tuple[int, int]:
    """(height, width) of the feature maps."""
    height, width = (
        output_size(size, span, spec.stride, spec.padding) for size, span in zip(image.shape[:2], spec.spans, strict=True)
    )
    return height, width


def predicted(image: ImageArray, kernels: Kernel, spec: ConvSpec) -> bool:
    """Ask for the output shape and the parameter count; True once the answers may be shown."""
    shape, (kernel_height, kernel_width, channels, filters) = output_shape(image, spec), kernels.shape
    parameters = (kernel_height * kernel_width * channels + 1) * filters
    questions = (
        predict.Question("height", shape[0], partial(_side_slip, 0, image, kernels, spec)),
        predict.Question("width", shape[1], partial(_side_slip, 1, image, kernels, spec)),
        predict.Question("filters", filters, lambda guess: None if guess == filters else "depth"),
        predict.Question("parameters", parameters, lambda guess: parameter_slip(guess, *kernels.shape)),
    )
    facts = {"channels": channels, "filters": filters, "stride": spec.stride, "window": kernel_height * kernel_width}
    return predict.revealed("convolution", f"{image.shape} {kernels.shape} {spec}", questions, facts)


def _side_slip(side: int, image: ImageArray, kernels: Kernel, spec: ConvSpec, guess: int) -> str | None:
    return size_slip(guess, image.shape[side], kernels.shape[side], spec.dilation, spec.stride, spec.padding)


def show(image: ImageArray, kernels: Kernel, spec: ConvSpec, bias: float, activation: str) -> None:
    """Everything that can be said in numbers about this convolution."""
    shapes, cost = st.columns(2, gap="large")
    with shapes:
        _shapes(image, kernels, spec)
    with cost:
        _cost(image, kernels, spec)
    _same(image, spec)
    _coverage(image, spec)
    _code(kernels, spec, bias, activation)


def _shapes(image: ImageArray, kernels: Kernel, spec: ConvSpec) -> None:
    st.subheader(i18n.text("facts.shapes"), anchor=False)
    height, width = output_shape(image, spec)
    with st.container(key="output_shape"):
        before, after = (1, *image.shape), (1, height, width, kernels.shape[3])
        st.markdown(f"### `{before}` → `{after}`")
    st.caption(i18n.text("facts.shape_reading"))
    if spec.dilation > 1:
        st.caption(i18n.text("facts.span"))
        st.latex(formula.span(kernels.shape[0], spec.dilation))
    for side, size, window in zip(SIDES, image.shape[:2], spec.spans, strict=True):
        st.latex(formula.output_side(side, size, window, spec.stride, spec.padding))
    rest = [
        unvisited(size, window, spec.stride, spec.padding) for size, window in zip(image.shape[:2], spec.spans, strict=True)
    ]
    if any(rest):
        st.markdown(f":material/crop: {i18n.text('facts.unvisited', rows=rest[0], columns=rest[1])}")


def _cost(image: ImageArray, kernels: Kernel, spec: ConvSpec) -> None:
    st.subheader(i18n.text("facts.parameters"), anchor=False)
    kernel_height, kernel_width, channels, filters = kernels.shape
    with st.container(key="parameters"):
        st.markdown(f"### `{(kernel_height * kernel_width * channels + 1) * filters:,}`")
    st.latex(formula.parameters(*kernels.shape))
    st.caption(i18n.text("facts.parameters_reading", channels=channels, filters=filters))
    st.markdown(f"**{i18n.text('facts.multiplications')}**")
    height, width = output_shape(image, spec)
    st.latex(formula.multiplications(height, width, filters, kernel_height, kernel_width, channels))


def _same(image: ImageArray, spec: ConvSpec) -> None:
    """Open where the picture has this padding; elsewhere shut, and then not computed."""
    if spec.padding == "same":
        part = st.container(border=True)
        part.markdown(f"**{i18n.text('facts.same')}**")
    else:
        shut = st.expander(i18n.text("facts.same"), icon=":material/padding:", key="same_facts", on_change="rerun")
        if not shut.open:
            return
        part = shut
    with part:
        st.markdown(i18n.text("facts.same_rule"))
        for side, size, window in zip(SIDES, image.shape[:2], spec.spans, strict=True):
            start, end = padding_amounts(size, window, spec.stride, "same")
            st.latex(formula.same_padding(size, window, spec.stride))
            st.markdown(i18n.text(f"facts.same_{side}", start=start, end=end))


def _coverage(image: ImageArray, spec: ConvSpec) -> None:
    part = st.expander(
        i18n.text("facts.coverage"), icon=":material/texture:", expanded=True, key="coverage_facts", on_change="rerun"
    )
    if not part.open:
        return
    with part:
        counts = coverage(image.shape[0], image.shape[1], spec)
        title = i18n.raw("facts.coverage_title")
        maps("coverage", counts[..., None], [title], label=title, tile=320)
        st.markdown(i18n.text("facts.coverage_reading", corner=int(counts[0, 0]), most=int(counts.max())))


def _code(kernels: Kernel, spec: ConvSpec, bias: float, activation: str) -> None:
    st.subheader(i18n.text("facts.code"), anchor=False)
    with st.container(key="keras_line"):
        st.code(conv_line(spec, kernels.shape[3], activation, bias), language="python", wrap_lines=True)
    if spec.stride > 1 and spec.dilation > 1:
        st.warning(i18n.text("facts.keras_refuses", stride=spec.stride, dilation=spec.dilation), icon=":material/block:")
