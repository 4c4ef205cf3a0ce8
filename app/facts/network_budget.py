"""What the whole network costs, against the limits of a device, and which layer spends it."""

from collections.abc import Callable

import streamlit as st

from app import controls, i18n
from app.components.drawing import drawing
from app.facts.network_rows import key_of, role
from app.figures import bars
from app.figures.scale import amount, memory
from app.network.budgets import BUDGETS
from app.network.network_edits import edit
from app.network.network_look import NetworkLook
from models.network.rows import LayerRow, place
from models.network.shapes import BYTES_PER_NUMBER

QUANTITIES: dict[str, tuple[Callable[[LayerRow], int], Callable[[int], str]]] = {
    "parameters": (lambda row: row.parameters * BYTES_PER_NUMBER, memory),
    "activations": (lambda row: row.activation_bytes, memory),
    "multiplications": (lambda row: row.multiplications, amount),
}
WIDTHS = (980, 640, 330)


def show(rows: tuple[LayerRow, ...]) -> None:
    """Draw the bars."""
    device = controls.ask(NetworkLook, "device")["device"]
    st.caption(i18n.text(f"devices.{device}"))
    shown = [_bar(name, rows, getattr(BUDGETS[device], name)) for name in QUANTITIES]
    label = i18n.raw("network.budget_label")
    versions = {width: bars.draw(shown, label, width) for width in WIDTHS}
    drawing("budget", versions, label=label, on_choose=lambda path: edit({"do": "select", "path": path}))
    st.caption(i18n.text("network.budget_reading"))


def percent(part: float) -> str:
    """A share in percent; small ones with a decimal."""
    return f"{100 * part:,.0f}" if part >= 0.1 else f"{100 * part:.2g}"


def _bar(name: str, rows: tuple[LayerRow, ...], limit: int) -> bars.Bar:
    cost, words = QUANTITIES[name]
    total = sum(map(cost, rows))

    def said(row: LayerRow) -> str:
        kind = i18n.raw(f"layers.{row.layer.name}.title")
        return f"{place(row.path)} {kind}: {words(cost(row))} ({100 * cost(row) / total:.0f} %)"

    pieces = [bars.Piece(key_of(row.path), said(row), role(row.layer), cost(row)) for row in rows if cost(row)]
    verdict = i18n.raw(
        "network.over" if total > limit else "network.within", total=words(total), percent=percent(total / limit)
    )
    return bars.Bar(i18n.raw(f"budget.{name}"), verdict, i18n.raw("network.limit", limit=words(limit)), limit, pieces)
