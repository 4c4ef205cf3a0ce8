"""Max, average and min side by side on `/pooling`, what a small shift changes in each, and ink of both kinds."""

from dataclasses import replace

import numpy as np
import streamlit as st

from app import controls, i18n
from app.components.maps import maps
from app.stage.pooling import PoolLook, Subject
from models.arrays import FeatureMaps
from models.ops.pool import change, pool, shift
from models.specs.operations import PoolSpec

KINDS = ("max", "average", "min")


def show_kinds(subject: Subject, spec: PoolSpec) -> None:
    """The three kinds on what is under the microscope, before and after a shift, and how much each changed."""
    st.subheader(i18n.text("pooling.kinds"), anchor=False)
    st.markdown(i18n.text("pooling.kinds_reading"))
    values = subject.part(subject.values)
    down, right = (controls.get(PoolLook, name) for name in ("down", "right"))
    with st.container(horizontal=True, key="shift_controls"):
        down, right = controls.ask(PoolLook, "down", "right").values()
    moved = shift(values, down, right)
    before = {kind: pool(values, replace(spec, kind=kind)) for kind in KINDS}
    after = {kind: pool(moved, replace(spec, kind=kind)) for kind in KINDS}
    changes = [change(values, moved), *(change(before[kind], after[kind]) for kind in KINDS)]
    picture, kinds = st.columns([1, 3], gap="medium")
    with picture:
        _maps("shifted_picture", [moved], [i18n.raw("pooling.moved")], subject, hint=False)
        _maps("shifted_change", [_difference(values, moved)], [_share("picture", changes[0])], None, hint=False)
    with kinds:
        _maps("shifted_kinds", list(after.values()), [i18n.raw(f"choices.kind.{kind}") for kind in KINDS], subject, hint=False)
        differences = [_difference(before[kind], after[kind]) for kind in KINDS]
        _maps("shifted_changes", differences, [_share(kind, part) for kind, part in zip(KINDS, changes[1:], strict=True)], None)
    _table(values, before["max"], changes)
    st.markdown(_verdict(down, right, changes, spec))


def _maps(
    key: str, pictures: list[FeatureMaps], titles: list[str], subject: Subject | None, hint: bool = True, tile: int = 200
) -> None:
    pixels = subject.channels if subject else 0
    maps(key, np.concatenate(pictures, axis=2), titles, label=", ".join(titles), tile=tile, pixels=pixels, hint=hint)


def _difference(before: FeatureMaps, after: FeatureMaps) -> FeatureMaps:
    channels = before.shape[2]
    return np.asarray(np.abs(after - before) @ np.full((channels, 1), 1 / channels, dtype=np.float32))


def _share(kind: str, part: float) -> str:
    name = i18n.raw("pooling.picture") if kind == "picture" else i18n.raw(f"choices.kind.{kind}")
    return i18n.raw("pooling.changed", name=name, share=f"{part:.2%}")


def _table(values: FeatureMaps, pooled: FeatureMaps, changes: list[float]) -> None:
    names = [i18n.text("pooling.picture"), *(i18n.text(f"choices.kind.{kind}") for kind in KINDS)]
    sizes = ["{} × {} × {}".format(*values.shape)] + ["{} × {} × {}".format(*pooled.shape)] * len(KINDS)
    kept = ["100 %"] + [f"{pooled.size / values.size:.1%}"] * len(KINDS)
    rows = [
        (i18n.text("pooling.row_size"), sizes),
        (i18n.text("pooling.row_kept"), kept),
        (i18n.text("pooling.row_changed"), [f"{part:.2%}" for part in changes]),
    ]
    lines = [["", *names], ["---"] * (len(names) + 1), *([title, *cells] for title, cells in rows)]
    with st.container(key="kinds_table"):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _verdict(down: int, right: int, changes: list[float], spec: PoolSpec) -> str:
    """What the numbers say about "a little shift does not matter", here."""
    if not down and not right:
        return i18n.text("pooling.shift_none")
    picture, most = changes[0], changes[1]
    if down % spec.stride == 0 and right % spec.stride == 0:
        return i18n.text("pooling.shift_whole", stride=spec.stride, rows=down // spec.stride, columns=right // spec.stride)
    if most == 0 and picture == 0:
        return i18n.text("pooling.shift_flat")
    if most < 0.9 * picture:
        return i18n.text("pooling.shift_less", picture=f"{picture:.2%}", pooled=f"{most:.2%}")
    return i18n.text("pooling.shift_more", picture=f"{picture:.2%}", pooled=f"{most:.2%}")


def show_ink(subject: Subject, spec: PoolSpec) -> None:
    """Max and min on bright and on dark ink: the same picture and its negative."""
    st.subheader(i18n.text("pooling.ink"), anchor=False)
    st.markdown(i18n.text("pooling.ink_reading"))
    as_is, negative = subject.values, 1 - subject.values
    pooled = [pool(values, replace(spec, kind=kind)) for values in (as_is, negative) for kind in ("max", "min")]
    names = [i18n.raw("pooling.as_is"), i18n.raw("pooling.negative")]
    titles = [f"{name} · {i18n.raw(f'choices.kind.{kind}')}" for name in names for kind in ("max", "min")]
    originals, results = st.columns([1, 2], gap="medium")
    with originals:
        _maps("ink_pictures", [as_is, negative], names, subject, hint=False)
    with results:
        _maps("ink_pooled", pooled, titles, subject, tile=110)
    st.caption(i18n.text("pooling.ink_caption"))
