"""Small arrays of weights as numbers in cells, to read and not to change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.components import component, pack
from app.figures import theme
from models.arrays import Array

_grids = component("grids.js")


@dataclass(frozen=True, eq=False)
class Grid:
    """`values` (rows, columns); `sign` stands before it."""

    title: str
    values: Array
    sign: str = ""


def grids(key: str, shown: Sequence[Grid]) -> None:
    """Show grids in a row."""
    header = {"grids": [{"title": grid.title, "sign": grid.sign} for grid in shown], "colours": theme.for_browser()}
    _grids(data=pack(header, {f"g{n}": np.asarray(grid.values, dtype=np.float32) for n, grid in enumerate(shown)}), key=key)
