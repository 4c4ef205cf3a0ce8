"""The receptive field of a unit, over the learner's picture."""

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from app import controls, i18n, image_input
from app.components.sight import Reach, sight
from app.facts.network_rows import output_of, sees
from app.network.network_look import NetworkLook
from models.arrays import ImageArray
from models.hyperparameters import declared
from models.images.transform import area, to_colour, to_grey
from models.network.rows import LayerRow, Path, seen_by
from models.specs.network import NetworkSpec


def show(spec: NetworkSpec, rows: tuple[LayerRow, ...], row: LayerRow | None) -> None:
    """Draw the picture, the map of the chosen layer, and the box of the unit that the learner points at."""
    image_input.choose()
    image = as_input(image_input.whole(), spec.input_shape)
    shape = output_of(spec, row)
    down, right = reaches(rows, row.path if row else (), shape, spec.input_shape[:2])
    units = (len(down), len(right))
    unit = tuple(at if 0 <= at < size else size // 2 for at, size in zip(_unit(), units, strict=True))
    words = i18n.section("sight")
    sight("sight", image, down, right, (unit[0], unit[1]), words=words, on_unit=_choose)
    if row is None or row.windows is None:
        st.caption(i18n.text("network.reach_all" if row else "network.reach_picture"))
    else:
        steps = (f"{float(step):g}" for step in row.receptive_field.stride)
        st.caption(i18n.text("network.reach_reading", **dict(zip(("down", "right"), steps, strict=True))) + f" ({sees(row)})")


def as_input(image: ImageArray, shape: tuple[int, int, int]) -> ImageArray:
    """The middle of `image`, cut and scaled to the size of the network's input."""
    height, width, channels = shape
    rows, columns = image.shape[:2]
    factor = min(rows / height, columns / width)
    tall, wide = max(1, round(height * factor)), max(1, round(width * factor))
    top, left = (rows - tall) // 2, (columns - wide) // 2
    cut = np.ascontiguousarray(image[top : top + tall, left : left + wide], dtype=np.float32)
    scaled = (
        area(cut, height, width)
        if factor >= 1
        else cut[np.arange(height) * tall // height][:, np.arange(width) * wide // width]
    )
    low, high = float(scaled.min()), float(scaled.max())
    if low < 0 or high > 1:
        scaled = (scaled - low) / ((high - low) or 1.0)
    return to_grey(scaled) if channels == 1 else to_colour(scaled)


def _unit() -> tuple[int, int]:
    return controls.get(NetworkLook, "unit_row"), controls.get(NetworkLook, "unit_col")


def _choose(row: Any, col: Any) -> None:
    limits = declared(NetworkLook)
    taken = {"unit_row": limits["unit_row"].take(row), "unit_col": limits["unit_col"].take(col)}
    if None not in taken.values():
        controls.change(NetworkLook, **taken)


@lru_cache(maxsize=16)
def reaches(rows: tuple[LayerRow, ...], path: Path, shape: tuple[int, ...], picture: tuple[int, int]) -> tuple[Reach, Reach]:
    """What each row and each column of units of the layer at `path` sees: (units, 2), first and last pixel."""
    through = chain(rows, path)
    if len(shape) != 3 or any(row.windows is None for row in through):
        return np.array([[0, picture[0] - 1]], np.int32), np.array([[0, picture[1] - 1]], np.int32)
    down = [(seen_by(through, (at, 0)) or ((0, 0), (0, 0)))[0] for at in range(shape[0])]
    right = [(seen_by(through, (0, at)) or ((0, 0), (0, 0)))[1] for at in range(shape[1])]
    return np.array(down, np.int32), np.array(right, np.int32)


def chain(rows: tuple[LayerRow, ...], path: Path) -> list[LayerRow]:
    """The rows that numbers pass on their way to and through the layer at `path`."""
    passed: list[LayerRow] = []
    level = rows
    for depth, index in enumerate(path):
        passed += level[:index]
        if depth == len(path) - 1:
            passed.append(level[index])
        level = level[index].inner
    return passed
