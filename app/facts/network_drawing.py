"""The drawing of the network, and the small pictures of the presets."""

from functools import lru_cache
from typing import Any

import streamlit as st

from app import i18n, session
from app.components.drawing import drawing
from app.components.presets import presets
from app.facts.network_rows import flat, key_of, layers_of, line, role
from app.figures.network_drawing import draw
from app.figures.network_parts import Drawn
from app.figures.silhouette import silhouette
from app.network.network_edits import EMPTY, edit, start_from
from app.network.network_input import walked
from models.errors import LearnerError
from models.network import PRESETS
from models.network.effects import Shape
from models.network.notation import parse
from models.network.rows import LayerRow, Path, place, unbatched
from models.specs.network import NetworkSpec, ResidualLayer

WIDTHS = (1280, 970, 640, 330)


def show(spec: NetworkSpec, rows: tuple[LayerRow, ...], error: LearnerError | None, selected: Path) -> None:
    """Draw the whole network."""
    drawing(
        "network_drawing",
        versions(spec, rows, error, session.language()),
        label=i18n.raw("network.drawing_label", count=len(spec.layers)),
        downloads={"svg": i18n.raw("network.save_svg"), "png": i18n.raw("network.save_png")},
        chosen=key_of(selected),
        on_choose=lambda path: edit({"do": "select", "path": path}),
    )
    st.caption(i18n.text("network.drawing_reading"))


@lru_cache(maxsize=32)
def versions(
    spec: NetworkSpec,
    rows: tuple[LayerRow, ...],
    error: LearnerError | None,
    language: str,  # noqa: ARG001
) -> dict[int, str]:
    """The drawing in every width."""
    words = i18n.section("network_drawing")
    words["label"] = i18n.raw("network.drawing_label", count=len(spec.layers))
    failed = error.values.get("path") if error else None
    says = {
        path: Drawn(title(path, layer.name), brief(layer), role(layer), path == failed)
        for path, layer in layers_of(spec.layers)
    }
    says[()] = Drawn(i18n.raw("network.picture"), "", "input")
    return {width: draw(spec.input_shape, rows, says, words, width) for width in WIDTHS}


def title(path: Path, kind: str) -> str:
    """A layer's place and its short name."""
    return f"{place(path)} {i18n.raw(f'network_drawing.{kind}')}"


def brief(layer: Any) -> str:
    """The hyperparameters as the notation writes them, without the kind."""
    if isinstance(layer, ResidualLayer):
        return "" if layer.activation == "none" else layer.activation
    words = [word for word in line(layer).split(" ")[1:] if "=" not in word and word not in ("same", "no_bias", "valid")]
    return " ".join(words)


def gallery(spec: NetworkSpec) -> None:
    """The networks to start from."""
    titles = [card(name, session.language()) for name in PRESETS]
    empty = {"name": EMPTY, "title": i18n.raw("network.empty"), "text": i18n.raw("network.empty_text"), "picture": ""}
    presets("presets", [*titles, empty], label=i18n.raw("network.presets"), chosen=name_of(spec), on_choose=start_from)


@lru_cache(maxsize=64)
def card(name: str, language: str) -> dict[str, Any]:  # noqa: ARG001
    """One preset with its picture."""
    spec = preset(name)
    rows, _ = walked(spec)
    shown: list[tuple[Shape, str]] = [(spec.input_shape, "input")]
    shown += [
        (unbatched(row.output_shape), role(row.layer))
        for row in flat(rows)
        if row.output_shape != row.input_shape or row.parameters
    ]
    label = i18n.raw(f"presets.{name}.title")
    return {"name": name, "title": label, "text": i18n.raw(f"presets.{name}.text"), "picture": silhouette(shown, label)}


@lru_cache(maxsize=32)
def preset(name: str) -> NetworkSpec:
    """The network of a preset."""
    return parse(PRESETS[name].layers, PRESETS[name].input)


def name_of(spec: NetworkSpec) -> str:
    """The preset that `spec` is, if it is one."""
    if not spec.layers:
        return EMPTY
    return next((name for name in PRESETS if preset(name) == spec), "")
