"""The numbers of one layer, as sums with the numbers put in: its output, parameters, multiplications, memory, reach."""

from collections.abc import Iterator

import streamlit as st

from app import i18n
from app.facts.network_rows import written
from app.figures import formula
from app.figures.scale import memory
from models.network.effects import Weight
from models.network.receptive_field import ReceptiveField, own_pixel
from models.network.rows import LayerRow, Path, unbatched
from models.specs.layers import Windowed
from models.specs.network import NetworkSpec, PoolLayer, ResidualLayer, TransposedLayer, ZeroPaddingLayer

SIDES = ("H", "W")


def show(spec: NetworkSpec, rows: tuple[LayerRow, ...], row: LayerRow | None) -> None:
    """Everything that can be said in numbers about one layer; None is the picture."""
    if row is None:
        st.caption(i18n.text("network.choose_for_sums"))
        return
    st.markdown(f"### `{written(row.input_shape)}` → `{written(row.output_shape)}`")
    shapes, costs = st.columns(2, gap="large")
    with shapes:
        _output(row)
        _reach(spec, rows, row)
    with costs:
        _parameters(row)
        _multiplications(row)
        _memory(row)


def brief(spec: NetworkSpec, rows: tuple[LayerRow, ...], row: LayerRow) -> list[tuple[str, str]]:
    """(what, its sum) of one layer in plain text, for its row in the list."""
    lines = [(i18n.raw("network.output_size"), _sides(row)), (i18n.raw("facts.parameters"), _sum_of_parameters(row))]
    if row.multiplications and not isinstance(row.layer, ResidualLayer):
        lines.append((i18n.raw("facts.multiplications"), f"{factors(row)} = {row.multiplications:,}"))
    if row.activation_bytes and not isinstance(row.layer, ResidualLayer):
        numbers = " × ".join(map(str, unbatched(row.output_shape)))
        lines.append((i18n.raw("network.memory_of"), f"{numbers} × 4 = {row.activation_bytes:,} B"))
    if row.windows and not row.windows[0].transposed and row.windows[0].span > 1:
        came, window = before(spec, rows, row.path).height, row.windows[0]
        lines.append((i18n.raw("network.reach"), formula.reach_line(float(came.size), window.span, float(came.stride))))
    return [(name, sum_) for name, sum_ in lines if sum_]


def _sides(row: LayerRow) -> str:
    """The size of the output, height and width apart, in one line."""
    layer = row.layer
    if not layer.on or not isinstance(layer, Windowed | PoolLayer) or isinstance(layer, TransposedLayer):
        return i18n.raw(f"network.output_of.{layer.name if layer.on else 'off'}", **_sizes(row))
    spans = (layer.size, layer.size) if isinstance(layer, PoolLayer) else layer.spans
    sides = zip(unbatched(row.input_shape)[:2], spans, strict=True)
    found = [formula.side_line(size, span, layer.stride, layer.padding) for size, span in sides]
    return found[0] if found[0] == found[1] else ", ".join(f"{side}: {sum_}" for side, sum_ in zip(SIDES, found, strict=True))


def _sum_of_parameters(row: LayerRow) -> str:
    if isinstance(row.layer, ResidualLayer):
        return " + ".join(f"{count:,}" for _, _, count in _terms(row)) + f" = {row.parameters:,}" if row.parameters else ""
    if not row.parameter_terms:
        return ""
    return f"{' + '.join(map(product, row.parameter_terms))} = {row.parameters:,}"


def _output(row: LayerRow) -> None:
    layer = row.layer
    st.markdown(f"**{i18n.text('network.output_size')}**")
    if not layer.on or not isinstance(layer, Windowed | PoolLayer) or isinstance(layer, TransposedLayer):
        st.markdown(i18n.text(f"network.output_of.{layer.name if layer.on else 'off'}", **_sizes(row)))
        return
    spans = (layer.size, layer.size) if isinstance(layer, PoolLayer) else layer.spans
    for side, size, span in zip(SIDES, unbatched(row.input_shape)[:2], spans, strict=True):
        st.latex(formula.output_side(side, size, span, layer.stride, layer.padding))


def _sizes(row: LayerRow) -> dict[str, object]:
    shape, came = unbatched(row.output_shape), unbatched(row.input_shape)
    layer = row.layer
    return {
        "came": " × ".join(map(str, came)),
        "went": " × ".join(map(str, shape)),
        "amount": getattr(layer, "amount", 0),
        "stride": getattr(layer, "stride", 1),
        "channels": came[-1],
        "units": shape[-1],
    }


def product(term: Weight) -> str:
    """The factors of a count."""
    return " × ".join(map(str, term.shape))


def _parameters(row: LayerRow) -> None:
    st.markdown(f"**{i18n.text('facts.parameters')}: {row.parameters:,}**")
    terms = list(_terms(row))
    if not terms:
        st.markdown(i18n.text("network.no_parameters"))
        return
    lines = [f"| {name} | `{sum_}` | {count:,} |" for name, sum_, count in terms]
    st.markdown(
        "\n".join(["| | | |", "|:--|:--|--:|", *lines, f"| **{i18n.raw('network.sum')}** | | **{row.parameters:,}** |"])
    )
    if row.non_trainable:
        st.caption(i18n.text("network.not_trained", count=f"{row.non_trainable:,}"))


def _terms(row: LayerRow) -> Iterator[tuple[str, str, int]]:
    if not isinstance(row.layer, ResidualLayer):
        for term in row.parameter_terms:
            yield i18n.raw(f"terms.{term.name}"), product(term), term.count
        return
    for part in row.inner:
        if part.parameters:
            sum_ = " + ".join(product(term) for term in part.parameter_terms)
            yield (
                f"{'.'.join(str(at + 1) for at in part.path)} {i18n.raw(f'layers.{part.layer.name}.title')}",
                sum_,
                part.parameters,
            )
    if row.projection:
        terms = row.projection.parameter_terms
        yield i18n.raw("network.projection"), " + ".join(map(product, terms)), row.projection.parameters


def factors(row: LayerRow) -> str:
    """The factors of the multiplications: places times weights."""
    weights = [term for term in row.parameter_terms if term.name.endswith("kernel")]
    if not weights:
        return " × ".join(map(str, unbatched(row.output_shape)))
    shape = unbatched(row.input_shape if isinstance(row.layer, TransposedLayer) else row.output_shape)
    places, kernels = " × ".join(map(str, shape[:-1])), " + ".join(map(product, weights))
    return f"{places} × ({kernels})" if places else kernels


def _multiplications(row: LayerRow) -> None:
    st.markdown(f"**{i18n.text('facts.multiplications')}: {row.multiplications:,}**")
    if not row.multiplications:
        st.caption(i18n.text("network.no_multiplications"))
        return
    if isinstance(row.layer, ResidualLayer):
        parts = [part for part in (*row.inner, row.projection) if part and part.multiplications]
        st.markdown(f"`{' + '.join(f'{part.multiplications:,}' for part in parts)}`")
        return
    st.markdown(f"`{factors(row)}`")
    if any(term.name.endswith("kernel") for term in row.parameter_terms):
        places = len(row.output_shape) > 2
        st.caption(i18n.text("network.multiplications_reading" if places else "network.multiplications_dense"))


def _memory(row: LayerRow) -> None:
    st.markdown(f"**{i18n.text('network.memory_of')}: {memory(row.activation_bytes)}**")
    if isinstance(row.layer, ResidualLayer):
        st.caption(i18n.text("network.memory_block"))
    elif row.activation_bytes:
        st.markdown(f"`{' × '.join(map(str, unbatched(row.output_shape)))} × 4 = {row.activation_bytes:,}`")
        st.caption(i18n.text("network.memory_reading"))


def before(spec: NetworkSpec, rows: tuple[LayerRow, ...], path: Path) -> ReceptiveField:
    """The receptive field of what comes into the layer at `path`."""
    field, level = own_pixel(spec.input_shape[:2]), rows
    for index in path:
        field = level[index - 1].receptive_field if index else field
        level = level[index].inner
    return field


def _reach(spec: NetworkSpec, rows: tuple[LayerRow, ...], row: LayerRow) -> None:
    field = row.receptive_field
    height, width = (f"{float(side):g}" for side in field.size)
    st.markdown(f"**{i18n.text('network.reach')}: {height} × {width}**")
    if row.windows is None:
        st.caption(i18n.text("network.reach_all"))
        return
    if isinstance(row.layer, ResidualLayer):
        st.caption(i18n.text("network.reach_block"))
    elif not row.windows[0].transposed and not isinstance(row.layer, ZeroPaddingLayer):
        came = before(spec, rows, row.path).height
        st.latex(formula.reach(float(came.size), row.windows[0].span, float(came.stride), row.windows[0].stride))
    down, right = (f"{float(step):g}" for step in field.stride)
    st.caption(i18n.text("network.reach_reading", down=down, right=right))
