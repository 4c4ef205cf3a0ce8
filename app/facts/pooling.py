"""The numbers of pooling: shapes, what is left, global pooling against flatten, and the Keras line."""

from functools import partial

import streamlit as st

from app import i18n, predict
from app.figures import formula
from models.arrays import FeatureMaps
from models.network.keras_line import pool_line
from models.ops.pool import window_counts
from models.ops.slips import size_slip
from models.ops.window import output_size, padding_amounts, unvisited
from models.specs.operations import PoolSpec

SIDES = ("H", "W")
UNITS = 10
"""Units of the dense layer that might come next."""


def is_global(spec: PoolSpec) -> bool:
    """Whether one number is made of each whole map."""
    return spec.kind.startswith("global_")


def _output(values: FeatureMaps, spec: PoolSpec) -> tuple[int, ...]:
    if is_global(spec):
        return (values.shape[2],)
    sides = (output_size(side, spec.size, spec.stride, spec.padding) for side in values.shape[:2])
    return (*sides, values.shape[2])


def predicted(values: FeatureMaps, spec: PoolSpec) -> bool:
    """Ask for the output shape; True once the answer may be shown."""
    shape, channels = _output(values, spec), values.shape[2]
    depth = predict.Question("filters", channels, lambda guess: None if guess == channels else "pool_depth")
    names = () if is_global(spec) else ("height", "width")
    sides = [predict.Question(name, shape[side], partial(_slip, values.shape[side], spec)) for side, name in enumerate(names)]
    topic = "pooling_global" if is_global(spec) else "pooling"
    facts = {"channels": channels, "filters": channels, "stride": spec.stride}
    return predict.revealed(topic, f"{values.shape} {spec}", (*sides, depth), facts)


def _slip(side: int, spec: PoolSpec, guess: int) -> str | None:
    slip = size_slip(guess, side, spec.size, 1, spec.stride, spec.padding)
    return "pool_kernel" if slip == "kernel" else slip


def show(values: FeatureMaps, spec: PoolSpec) -> None:
    """Everything that can be said in numbers about this pooling."""
    shapes, weights = st.columns(2, gap="large")
    with shapes:
        _shapes(values, spec)
    with weights:
        _weights(values, spec)
    if not is_global(spec) and spec.padding == "same":
        _same(values, spec)
    _code(spec)


def _shapes(values: FeatureMaps, spec: PoolSpec) -> None:
    st.subheader(i18n.text("facts.shapes"), anchor=False)
    with st.container(key="output_shape"):
        st.markdown(f"### `{(1, *values.shape)}` → `{(1, *_output(values, spec))}`")
    st.caption(i18n.text("pooling.shape_global" if is_global(spec) else "pooling.shape_reading"))
    if is_global(spec):
        return
    for side, size in zip(SIDES, values.shape[:2], strict=True):
        st.latex(formula.output_side(side, size, spec.size, spec.stride, spec.padding))
    rest = [unvisited(size, spec.size, spec.stride, spec.padding) for size in values.shape[:2]]
    if any(rest):
        st.markdown(f":material/crop: {i18n.text('facts.unvisited', rows=rest[0], columns=rest[1])}")
    used = float(window_counts(values.shape[0], values.shape[1], spec).sum()) / (values.shape[0] * values.shape[1])
    if spec.stride > spec.size:
        st.markdown(i18n.text("pooling.gaps", share=f"{1 - used:.0%}", stride=spec.stride, size=spec.size))
    elif spec.stride < spec.size:
        st.markdown(i18n.text("pooling.overlap", times=used, stride=spec.stride, size=spec.size))


def _weights(values: FeatureMaps, spec: PoolSpec) -> None:
    st.subheader(i18n.text("pooling.weights"), anchor=False)
    st.markdown(i18n.text("pooling.weights_reading", units=UNITS))
    height, width, channels = values.shape
    with st.container(key="dense_weights"):
        _way("flatten", f"{height} × {width} × {channels}", height * width * channels)
        if not is_global(spec):
            rows, columns, _ = _output(values, spec)
            _way("flatten_pooled", f"{rows} × {columns} × {channels}", rows * columns * channels)
        _way("global", str(channels), channels)
    st.caption(i18n.text("pooling.weights_caption"))


def _way(name: str, product: str, numbers: int) -> None:
    total = "" if product == str(numbers) else f" = {numbers:,}"
    st.markdown(i18n.text(f"pooling.way_{name}") + f": {product}{total}")
    st.latex(formula.dense(numbers, UNITS))


def _same(values: FeatureMaps, spec: PoolSpec) -> None:
    with st.expander(i18n.text("facts.same"), icon=":material/padding:", expanded=True):
        st.markdown(i18n.text("pooling.same_rule"))
        for side, size in zip(SIDES, values.shape[:2], strict=True):
            start, end = padding_amounts(size, spec.size, spec.stride, "same")
            st.latex(formula.same_padding(size, spec.size, spec.stride))
            st.markdown(i18n.text(f"facts.same_{side}", start=start, end=end))


def _code(spec: PoolSpec) -> None:
    st.subheader(i18n.text("facts.code"), anchor=False)
    with st.container(key="keras_line"):
        st.code(pool_line(spec), language="python")
    if spec.kind == "min":
        st.info(i18n.text("pooling.no_min_layer"), icon=":material/info:")
    st.caption(i18n.text("pooling.no_parameters"))
