"""`/network`: build a network and understand it before it runs."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import streamlit as st

from app import controls, i18n, session
from app.components.layers import layers
from app.facts import (
    network_axes,
    network_budget,
    network_code,
    network_drawing,
    network_guess,
    network_rows,
    network_sight,
    network_sums,
)
from app.inside import way_in
from app.network import layer_panel, network_edits, network_input, network_line
from app.network.network_look import TOPICS, NetworkLook, selected
from models.errors import LearnerError
from models.network import LAYERS
from models.network.rows import LayerRow, Path
from models.specs.network import NetworkSpec
from models.specs.picture import PictureSpec

SPECS = (network_input.NetworkLine, NetworkLook, PictureSpec)


class Scene(NamedTuple):
    """The network, its rows up to the first layer that cannot work, why that cannot, and the chosen layer."""

    spec: NetworkSpec
    rows: tuple[LayerRow, ...]
    error: LearnerError | None
    path: Path
    row: LayerRow | None


def show() -> None:
    """Draw the page."""
    network_line.take_over()
    scene = _scene()
    network_drawing.gallery(scene.spec)
    network_line.show()
    with st.container(key="bench"):
        with st.container(key="controls"):
            layer_panel.panel(scene.path)
            controls.ask(NetworkLook, "predict")
            if scene.error is None:
                way_in.show("layers", key="look_inside")
        with st.container(key="stage"):
            known = not controls.get(NetworkLook, "predict") or scene.row is None or network_guess.revealed(scene.row)
            if known:
                network_drawing.show(scene.spec, scene.rows, scene.error, scene.path)
            _list(scene, None if known else scene.path)
        with st.container(key="results"):
            if known:
                _topic(scene)


def _scene() -> Scene:
    spec, path = network_input.current(), selected()
    rows, error = network_input.walked(spec)
    row = next((row for row in network_rows.flat(rows) if row.path == path), None)
    return Scene(spec, rows, error, path, row)


def _list(scene: Scene, hidden: Path | None) -> None:
    found = network_rows.findings(scene.spec, scene.rows, scene.error)
    history = network_input.history()
    kinds = [
        {"name": name, "title": i18n.raw(f"layers.{name}.title"), "text": i18n.raw(f"layers.{name}.text")} for name in LAYERS
    ]
    layers(
        "layer_list",
        network_rows.listed(scene.spec, scene.rows, scene.error, found, hidden),
        network_edits.edit,
        selected=network_rows.key_of(scene.path),
        details=network_sums.brief(scene.spec, scene.rows, scene.row) if scene.row and hidden is None else [],
        words=i18n.section("layer_list"),
        totals=network_rows.totals(scene.rows, hidden is not None),
        kinds=kinds,
        canUndo=history.can_undo,
        canRedo=history.can_redo,
    )


def _tabs() -> str:
    """All topics side by side."""
    session.keep("NetworkLook", "topic", TOPICS[0])
    st.segmented_control(
        i18n.text("fields.topic.label"),
        TOPICS,
        format_func=lambda topic: i18n.raw(f"choices.topic.{topic}"),
        key="topic",
        required=True,
    )
    return str(session.remember("NetworkLook", "topic"))


def _topic(scene: Scene) -> None:
    topic = _tabs()
    spec, rows, error, path, row = scene
    topics: dict[str, Callable[[], None]] = {
        "sums": partial(network_sums.show, spec, rows, row),
        "budget": partial(network_budget.show, rows),
        "sight": partial(network_sight.show, spec, rows, row),
        "axes": partial(network_axes.show, spec, rows, row),
        "code": partial(network_code.show, spec),
    }
    if error and topic == "code":
        st.caption(i18n.text("network.code_when_whole"))
    elif path and row is None and topic in ("sums", "sight"):
        st.caption(i18n.text("network.not_reached"))
    else:
        topics[topic]()
