"""The window of `/pooling`: its settings, and how its stride follows its size."""

import streamlit as st

from app import controls, i18n, session
from app.stage.pooling import PoolLook
from models.hyperparameters import declared, defaults
from models.specs.operations import PoolSpec


def ask() -> PoolSpec:
    """The window; its stride is its size until somebody moves the stride."""
    fields, start = declared(PoolSpec), defaults(PoolSpec)
    _follow_link()
    kind = controls.ask(PoolSpec, "kind")["kind"]
    if kind.startswith("global_"):
        st.caption(i18n.text("pooling.whole_map"))
        return PoolSpec(kind, *(controls.get(PoolSpec, name) for name in ("size", "stride", "padding")))
    size = controls.widget("PoolSpec", "size", fields["size"], start["size"], on_change=_follow)
    stride = controls.widget("PoolSpec", "stride", fields["stride"], start["stride"], on_change=_let_go)
    controls.widget("PoolLook", "follow", declared(PoolLook)["follow"], True, on_change=_follow)
    return PoolSpec(kind, size, stride, controls.ask(PoolSpec, "padding")["padding"])


def _follow_link() -> None:
    """A link that gives a stride other than the size has let go of it; one that gives none means the size, as Keras does."""
    size, stride = (controls.get(PoolSpec, name) for name in ("size", "stride"))
    if controls.get(PoolLook, "follow") and stride != size:
        if str(stride) in session.address().get("stride", []):
            controls.change(PoolLook, follow=False)
        else:
            controls.change(PoolSpec, stride=size)


def _follow() -> None:
    if session.value("follow"):
        size = session.value("size")
        controls.change(PoolSpec, size=size, stride=size)


def _let_go() -> None:
    controls.change(PoolLook, follow=False)
