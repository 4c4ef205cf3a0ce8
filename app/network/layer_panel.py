"""The hyperparameters of the chosen layer, as widgets that its declarations make."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from app import controls, i18n, problems, session
from app.facts.network_rows import line
from app.network import network_input
from app.network.network_edits import attempt
from models.hyperparameters import Hyperparameter, Integer, Number, declared, refusal
from models.network.edits import layer_at, replaced
from models.network.rows import Path, place
from models.specs.network import CHANNELS, SIDE, Layer, NetworkSpec
from models.specs.operations import KERNEL_SIZE

SCOPE = "layer"
LONGEST_SLIDER = 100
PICTURE: dict[str, Integer] = {"height": SIDE, "width": SIDE, "channels": CHANNELS}


def panel(path: Path) -> None:
    """Draw the widgets of the layer at `path`, or of the picture for ()."""
    spec = network_input.current()
    refused = session.visit().refused
    if not path:
        st.markdown(f"**{i18n.text('network.picture')}**")
        for at, (name, limits) in enumerate(PICTURE.items()):
            ask(name, limits, spec.input_shape[at], partial(_picture, at))
    else:
        layer = layer_at(spec, path)
        st.markdown(f"**{place(path)} {i18n.text(f'layers.{layer.name}.title')}**")
        st.caption(i18n.text(f"layers.{layer.name}.text"))
        _fields(layer, path)
    if refused:
        problems.show(refused, key="refused")


def _fields(layer: Layer, path: Path) -> None:
    asked = {name: hyperparameter for name, hyperparameter in declared(type(layer)).items() if name != "on"}
    for name, hyperparameter in asked.items():
        if name == "kernel_size":
            _kernel_size(layer, path)
        else:
            ask(name, hyperparameter, getattr(layer, name), partial(_set, path, name))
    if not asked:
        st.caption(i18n.text("network.nothing_to_set"))


def ask(name: str, hyperparameter: Hyperparameter, value: Any, take: Callable[[Any], None]) -> None:
    """One widget; `take` gets what the learner sets, when it is allowed."""
    visit, key = session.visit(), key_of(name)

    def changed() -> None:
        received, panel = session.value(key), visit.panel
        taken = hyperparameter.take(received)
        if key != key_of(name) or taken == value:
            return
        if taken is None:
            visit.refused = refusal(name, hyperparameter, "" if received is None else received)
            visit.panel += 1
        else:
            take(taken)
            visit.panel = panel

    with st.container(key=name):
        controls.widget(SCOPE, name, hyperparameter, value, on_change=changed, typed=is_long(hyperparameter), key=key)


def key_of(name: str) -> str:
    """The key of a widget.

    It is another one after every change that the widgets did not make themselves (undo, a mend, another layer): an answer
    that was on its way then belongs to a widget that is gone, and cannot take the change back.
    """
    return f"{name}~{session.visit().panel}"


def is_long(hyperparameter: Hyperparameter) -> bool:
    """Whether a slider would have more steps than a hand can hit."""
    match hyperparameter:
        case Integer(low, high):
            return high - low > LONGEST_SLIDER
        case Number(low, high, step):
            return (high - low) / step > LONGEST_SLIDER
    return False


def _kernel_size(layer: Any, path: Path) -> None:
    """One slider for a square kernel, two for a rectangular one."""
    height, width = layer.kernel_shape
    wide = height != width or session.value("rectangular") == line(layer)
    if not wide:
        ask("kernel_size", KERNEL_SIZE, height, partial(_set, path, "kernel_size"))
    else:
        ask("kernel_height", KERNEL_SIZE, height, lambda side: _set(path, "kernel_size", (side, width)))
        ask("kernel_width", KERNEL_SIZE, width, lambda side: _set(path, "kernel_size", (height, side)))
    key = key_of("square")
    if session.value(key) is None:
        session.put(key, not wide)

    def turned() -> None:
        if key != key_of("square") or session.value(key) != wide:
            return
        if session.value(key):
            session.put("rectangular", None)
            _set(path, "kernel_size", height)
        else:
            session.put("rectangular", line(layer))

    with st.container(key="square"):
        st.toggle(i18n.raw("network.square"), key=key, on_change=turned)


def _set(path: Path, name: str, value: Any) -> None:
    spec = network_input.current()
    attempt(lambda: (replaced(spec, path, replace(layer_at(spec, path), **{name: value})), path))


def _picture(at: int, value: int) -> None:
    spec = network_input.current()
    height, width, channels = (value if side == at else size for side, size in enumerate(spec.input_shape))
    attempt(lambda: (NetworkSpec((height, width, channels), spec.layers), ()))
