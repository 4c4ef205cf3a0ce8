"""The window of `/pooling`: its settings, and how its stride follows its size."""

from functools import partial

import streamlit as st

from app import controls, i18n, session
from app.stage.pooling import PoolLook
from models.hyperparameters import declared, defaults
from models.specs.operations import PoolSpec


def ask() -> PoolSpec:
    """The window; its stride is its size until somebody moves the stride."""
    fields, start = declared(PoolSpec), defaults(PoolSpec)
    kind = controls.ask(PoolSpec, "kind")["kind"]
    if kind.startswith("global_"):
        st.caption(i18n.text("pooling.whole_map"))
        return PoolSpec(kind, *(controls.get(PoolSpec, name) for name in ("size", "stride", "padding")))
    size = controls.widget("PoolSpec", "size", fields["size"], start["size"], on_change=_follow)
    _follow_link(size)
    stride = _ask_stride()
    controls.widget("PoolLook", "follow", declared(PoolLook)["follow"], True, on_change=_follow)
    return PoolSpec(kind, size, stride, controls.ask(PoolSpec, "padding")["padding"])


def _ask_stride() -> int:
    """A new slider each time the stride has followed: a quick next step of the size still brings the old value along."""
    visit, stride = session.visit(), int(controls.get(PoolSpec, "stride"))
    if session.value(_stride_key()) != stride:
        visit.stride_sliders += 1
        session.put(_stride_key(), stride)
    with st.container(key="stride"):
        key, declaration = _stride_key(), declared(PoolSpec)["stride"]
        controls.widget("PoolSpec", "stride", declaration, stride, on_change=partial(_let_go, key), key=key)
    return stride


def _stride_key() -> str:
    return f"stride_{session.visit().stride_sliders}"


def _follow_link(size: int) -> None:
    """A link that gives a stride other than the size has let go of it; one that gives none means the size, as Keras does."""
    stride = controls.get(PoolSpec, "stride")
    if controls.get(PoolLook, "follow") and stride != size:
        if str(stride) in session.address().get("stride", []):
            controls.change(PoolLook, follow=False)
        else:
            controls.change(PoolSpec, stride=size)


def _follow() -> None:
    if session.value("follow"):
        controls.change(PoolSpec, stride=session.value("size"))


def _let_go(slider: str) -> None:
    if slider == _stride_key():
        controls.change(PoolSpec, stride=session.value(slider))
        controls.change(PoolLook, follow=False)
