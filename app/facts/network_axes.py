"""The axes of a batch and of a kernel, on this network's own shapes, in both data formats."""

from itertools import islice, product

import streamlit as st

from app import controls, i18n
from app.components.drawing import drawing
from app.facts.network_rows import flat, output_of, written
from app.figures.axes import axes, memory
from app.figures.theme import ink
from app.network.network_look import NetworkLook
from models.network.rows import LayerRow, place
from models.specs.network import NetworkSpec

WIDTHS = (980, 640, 330)
CHANNEL_COLORS = tuple(ink(name) for name in ("red", "green", "blue"))
SHOWN = 48


def show(spec: NetworkSpec, rows: tuple[LayerRow, ...], row: LayerRow | None) -> None:
    """Draw the batch that goes into the network, what comes out of the chosen layer, and its kernel."""
    last = controls.ask(NetworkLook, "format")["format"] == "channels_last"
    st.markdown(i18n.text("axes.last" if last else "axes.first"))
    _batch("axes_input", i18n.raw("axes.input"), spec.input_shape, last, "dense")
    _memory(spec.input_shape, last)
    name = i18n.raw(f"layers.{row.layer.name}.title") if row else ""
    if row:
        _batch(
            "axes_output",
            i18n.raw("axes.output", place=place(row.path), kind=name),
            output_of(spec, row),
            last,
            "activation_map",
        )
    _kernel(rows, row)


def _batch(key: str, heading: str, shape: tuple[int, ...], last: bool, role: str) -> None:
    names = {0: ("N", i18n.raw("axes.batch"), "input")}
    sides = [
        (str(size), i18n.raw(f"axes.{name}"), "feature_map")
        for size, name in zip(shape, ("height", "width") if len(shape) == 3 else (), strict=False)
    ]
    channel = (str(shape[-1]), i18n.raw("axes.channels" if len(shape) == 3 else "axes.units"), role)
    named = [names[0], *sides, channel] if last else [names[0], channel, *sides]
    sizes = (None, *shape) if last or len(shape) == 1 else (None, shape[2], shape[0], shape[1])
    st.markdown(f"**{heading}** `{written(sizes)}`")
    drawing(key, {width: axes(named, heading, width) for width in WIDTHS}, label=f"{heading} {written(sizes)}")


def _memory(shape: tuple[int, int, int], last: bool) -> None:
    height, width, channels = shape
    names = "RGB" if channels == 3 else ""
    if last:
        order = ((row, col, channel) for row, col, channel in product(range(height), range(width), range(channels)))
    else:
        order = ((row, col, channel) for channel, row, col in product(range(channels), range(height), range(width)))
    cells = [
        (names[channel] if names else f"c{channel}", f"{row},{col}", CHANNEL_COLORS[channel % 3])
        for row, col, channel in islice(order, SHOWN)
    ]
    label = i18n.raw("axes.memory")
    st.markdown(f"**{label}**")
    drawing("axes_memory", {wide: memory(cells, label, wide) for wide in WIDTHS}, label=label)
    reading = "axes.memory_one" if channels == 1 else "axes.memory_last" if last else "axes.memory_first"
    st.caption(i18n.text(reading, channels=channels, pixels=height * width))
    st.code(
        f"((n * {height} + row) * {width} + col) * {channels} + channel"
        if last
        else f"((n * {channels} + channel) * {height} + row) * {width} + col",
        language=None,
    )


def _kernel(rows: tuple[LayerRow, ...], row: LayerRow | None) -> None:
    """The kernel of the chosen layer; where it has none, the first there is."""
    candidates = [*([row] if row else []), *flat(rows)]
    found = next(
        ((owner, term) for owner in candidates for term in owner.parameter_terms if term.name == "kernel" and not owner.inner),
        None,
    )
    if found is None:
        return
    owner, term = found
    kind = i18n.raw(f"layers.{owner.layer.name}.title")
    heading = i18n.raw("axes.kernel", place=place(owner.path), kind=kind)
    sort = {"depthwise": "depthwise", "transposed": "transposed", "dense": "dense"}.get(owner.layer.name, "conv")
    names = i18n.raw(f"axes.kernel_{sort}").split("|")
    roles = ["kernel", "kernel", "dense", "activation_map"][-len(term.shape) :]
    if sort == "transposed":
        roles[2:] = reversed(roles[2:])
    named = [(str(size), name, role) for size, name, role in zip(term.shape, names, roles, strict=True)]
    st.markdown(f"**{heading}** `{term.shape}`")
    drawing("axes_kernel", {width: axes(named, heading, width) for width in WIDTHS}, label=f"{heading} {term.shape}")
    st.caption(i18n.text("axes.kernel_reading"))
