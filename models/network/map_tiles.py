"""The maps of one block, chosen and small enough to be drawn. Needs no Keras."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array
from models.network.likeness import changed
from models.network.map_blocks import MapBlock, Stage
from models.network.maps_compared import FEW, MANY, MapsCompared, StageMaps, StageNumbers, Tiles

SIDE = 96
SMALL_SIDE = 48
"""The longest side of a drawn map, and of one among many."""

EXACT = 120_000
"""So many drawn numbers travel to 16 bits, more to 8: on the screen they look the same."""

DECIDING = ("activation", "feature", "normalised")
"""Stages of which the last says which maps are strong."""


class Pair(NamedTuple):
    """The maps of a stage, (height, width, maps) or (units,), those of a second side, and (height, width): where that is known;
    None: everywhere.
    """

    array: Array
    other: Array | None = None
    inside: NDArray[np.bool_] | None = None


class Drawn(NamedTuple):
    """Which maps are drawn, up to which size, and in how many levels."""

    maps: tuple[int, ...]
    side: int
    levels: int


def draw(
    blocks: tuple[MapBlock, ...], numbers: Sequence[StageNumbers], shown: int, pairs: Sequence[Pair], every: bool
) -> MapsCompared:
    """Everything that the page shows; `pairs` are the stages of the block at the place `shown`."""
    stages = blocks[shown].stages if blocks else ()
    maps, total = order([pair.array for pair in pairs], stages, every)
    sides = 3 if any(pair.other is not None for pair in pairs) else 1
    amount = sides * len(maps) * sum(min(pair.array.size // max(total, 1), SIDE * SIDE) for pair in pairs)
    drawn = Drawn(maps, SIDE if len(maps) <= 2 * FEW else SMALL_SIDE, 65535 if amount <= EXACT else 255)
    own = {entry.stage: entry for entry in numbers}
    found = tuple(_stage(own[stage], pair, drawn) for stage, pair in zip(stages, pairs, strict=True))
    smaller = any(max(pair.array.shape[:2]) > drawn.side for pair in pairs if pair.array.ndim == 3)
    return MapsCompared(blocks, tuple(numbers), shown, maps, total, found, smaller)


def order(arrays: Sequence[Array], stages: Sequence[Stage], every: bool) -> tuple[tuple[int, ...], int]:
    """The maps that are drawn, the strongest first by the mean of their absolute values where they are bent, and how many
    there are.
    """
    if not arrays:
        return (), 0
    deciding = [array for array, stage in zip(arrays, stages, strict=True) if stage.sort in DECIDING]
    decides = (deciding or list(arrays))[-1]
    strength = np.abs(decides.reshape(-1, decides.shape[-1])).mean(axis=0)
    found = tuple(np.argsort(-strength, kind="stable").tolist())
    return (found if every or len(found) <= MANY else found[:FEW]), len(found)


def _stage(numbers: StageNumbers, pair: Pair, drawn: Drawn) -> StageMaps:
    array, other, inside = pair
    first = tiles(array, drawn)
    if other is None:
        return StageMaps(numbers, first)
    if other.shape != array.shape:
        there = tuple(at for at in drawn.maps if at < other.shape[-1])
        return StageMaps(numbers, first, tiles(other, drawn._replace(maps=there)))
    one, two = (array, other) if inside is None else (array[inside], other[inside])
    each = [changed(one[..., at : at + 1], two[..., at : at + 1]) for at in drawn.maps]
    difference = other - array if inside is None else (other - array) * inside[..., None]
    return StageMaps(numbers, first, tiles(other, drawn, inside), tiles(difference, drawn, inside), np.array(each, np.float32))


def tiles(array: Array, drawn: Drawn, inside: NDArray[np.bool_] | None = None) -> Tiles:
    """Maps of an array (height, width, maps) or (units,), made smaller where they are too long.

    The shares of zeros count the places `inside` only.
    """
    flat = array.reshape(-1, array.shape[-1])
    size = array.shape[:2] if array.ndim == 3 else (1, 1)
    picked = np.ascontiguousarray(flat[:, list(drawn.maps)].T)
    ranges = np.stack([picked.min(axis=1), picked.max(axis=1)], axis=1)
    counted = picked if inside is None or not inside.any() else picked[:, inside.ravel()]
    zeros = (counted == 0).mean(axis=1, dtype=np.float32)
    levels = _levels(picked.reshape(-1, *size), ranges, drawn)
    limits = (float(array.min()), float(array.max()))
    return Tiles(levels, ranges, zeros, limits, int((~flat.any(axis=0)).sum()))


def _levels(maps: Array, ranges: Array, drawn: Drawn) -> NDArray[Any]:
    factor = drawn.side / max(maps.shape[1:])
    if factor < 1:
        height, width = (max(1, round(size * factor)) for size in maps.shape[1:])
        maps = np.stack([cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA) for part in maps])
    low, high = ranges[:, 0, None, None], ranges[:, 1, None, None]
    reach = np.where(high > low, high - low, 1)
    return (
        np.rint((maps - low) / reach * drawn.levels).clip(0, drawn.levels).astype(np.uint16 if drawn.levels > 255 else np.uint8)
    )
