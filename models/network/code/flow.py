"""The lines that lead `x` through a network with branches, in whatever style the layers are called."""

from collections.abc import Iterable
from typing import Protocol

from models.network.rows import LayerRow
from models.specs.network import ResidualLayer


class Style(Protocol):
    """How a style of program writes what happens to the variable `x`."""

    def call(self, row: LayerRow) -> str:
        """The code that calls a layer with `x`: "self.conv_1(x)"."""

    def add(self, row: LayerRow, shortcut: str) -> str:
        """The code of a block's sum of `x` and the variable `shortcut`."""


def flow(rows: Iterable[LayerRow], style: Style) -> list[str]:
    """One assignment per layer that is switched on; a block keeps what comes in as shortcut_3 (block 3)."""
    lines: list[str] = []
    for row in rows:
        if not row.layer.on:
            continue
        if isinstance(row.layer, ResidualLayer):
            lines += block(row, style)
        else:
            lines.append(f"x = {style.call(row)}")
    return lines


def block(row: LayerRow, style: Style) -> list[str]:
    """The lines of a residual block."""
    shortcut = row.name.replace("residual", "shortcut")
    return [
        f"{shortcut} = {style.call(row.projection)}" if row.projection else f"{shortcut} = x",
        *flow(row.inner, style),
        f"x = {style.add(row, shortcut)}",
        *flow([row.closing] if row.closing else [], style),
    ]
