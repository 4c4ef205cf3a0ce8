"""Every layer's maps for one picture, and how they differ for a second picture, a moved one, or in another network."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple
from weakref import WeakKeyDictionary

import cv2
import keras
import numpy as np

from models.arrays import Array, BatchArray, FeatureMaps, ImageArray
from models.engine.networks import Opened, opened
from models.errors import LearnerError
from models.network.graph import PICTURE
from models.network.inventory import inventory
from models.network.likeness import changed, correlation, unlike
from models.network.map_blocks import MapBlock, Stage, block_of, map_blocks
from models.network.maps_compared import FEW, MANY, MapsCompared, MapsLook, StageMaps, StageNumbers, Tiles
from models.network.picture_moves import Grid, Move, moved, moved_back
from models.network.receptive_field import ReceptiveField, own_pixel
from models.network.run import Wanted, runner
from models.network.sight import windows
from models.network.sizes import shapes
from models.network.source import NetworkSource

SIDE = 96
SMALL_SIDE = 48
"""The longest side of a drawn map, and of one among many."""

EXACT = 120_000
"""So many drawn numbers travel to 16 bits, more to 8: on the screen they look the same."""


class Side(NamedTuple):
    """A network with the picture that it is shown, as the network takes it: (1, height, width, channels)."""

    model: keras.Model
    picture: BatchArray


def layer_maps(
    source: NetworkSource,
    image: ImageArray,
    look: MapsLook,
    other: NetworkSource | None = None,
    second: ImageArray | None = None,
) -> MapsCompared:
    """`compare` for the network of `source` and `image`, 0 to 1, in the shape that it takes.

    The second side is the network of `other`, or the same one, and the picture `second`, or the same one moved.

    Raises:
        LearnerError: as `models.engine.networks.opened`, and `unit_not_finite` (layer).
    """
    network = opened(source)
    first = _side(network, image)
    if other is None and second is None and look.move.still:
        return compare(first, None, look)
    beside = opened(other) if other else network
    return compare(first, _side(beside, moved(image, look.move) if second is None else second), look)


def _side(network: Opened, image: ImageArray) -> Side:
    return Side(network.model, network.preprocess(image[None]))


def compare(first: Side, second: Side | None, look: MapsLook) -> MapsCompared:
    """All stages of a network in numbers, and the maps of one block; beside them those of the second side.

    Raises:
        LearnerError: `unit_not_finite` (layer).
    """
    blocks = map_blocks(inventory(first.model).layers)
    stages = [(place, stage) for place, block in enumerate(blocks) for stage in block.stages]
    values = _values(first, [stage for _, stage in stages])
    others = _others(first, second, blocks, values)
    # Only a picture that is moved before the same network is laid back.
    laid = second is not None and second.model is first.model and not look.move.still
    places: Mapping[int, Grid] = _grids(first) if laid else {}
    size = first.picture.shape[1:3]
    backs = {stage: _Back(look.move, places.get(stage.layer), size) for _, stage in stages}
    numbers = [_numbers(place, stage, values[stage], others.get(stage), backs[stage]) for place, stage in stages]
    if second and second.model is not first.model:
        numbers = [_orderless(entry, values[entry.stage], others.get(entry.stage)) for entry in numbers]
    shown = block_of(blocks, look.layer)
    if look.back and blocks:
        own = [stage for stage in blocks[shown].stages if stage in others]
        others = {**others, **{stage: backs[stage].laid(others[stage]) for stage in own}}
    return _shown(blocks, numbers, shown, values, others, look.every)


def _values(side: Side, stages: Sequence[Stage]) -> dict[Stage, Array]:
    """(height, width, maps) or (units,) of each stage."""
    run = runner(side.model)
    wanted = [Wanted(stage.layer, stage.sort == "feature") for stage in stages]
    found = run.run(side.picture, wanted)
    for stage, array in zip(stages, found, strict=True):
        if not np.isfinite(array).all():
            raise LearnerError("unit_not_finite", layer=run.network.steps[stage.layer].name)
    return {stage: _axes(array[0]) for stage, array in zip(stages, found, strict=True)}


def _axes(array: Array) -> Array:
    if array.ndim == 2:
        return array[..., None]
    return array.reshape(*array.shape[:2], -1) if array.ndim > 3 else array


def _others(
    first: Side, second: Side | None, blocks: Sequence[MapBlock], values: Mapping[Stage, Array]
) -> Mapping[Stage, Array]:
    """For the stages of the first side those of the second: of another network, those at the same place in the same block."""
    if second is None:
        return {}
    if second.model is first.model:
        return _values(second, list(values))
    beside = map_blocks(inventory(second.model).layers)
    found = _values(second, [stage for block in beside for stage in block.stages])
    pairs = [pair for block, mate in zip(blocks, beside, strict=False) for pair in partners(block, mate)]
    return {own: found[mate] for own, mate in pairs}


def partners(block: MapBlock, mate: MapBlock) -> list[tuple[Stage, Stage]]:
    """Stages of two blocks that are the same step: the first feature maps to the first, the second sum to the second."""

    def counted(stages: Sequence[Stage]) -> dict[tuple[str, int], Stage]:
        sorts = [stage.sort for stage in stages]
        return {(sort, sorts[:at].count(sort)): stages[at] for at, sort in enumerate(sorts)}

    own, others = counted(block.stages), counted(mate.stages)
    return [(stage, others[key]) for key, stage in own.items() if key in others]


_known: WeakKeyDictionary[keras.Model, dict[tuple[int, ...], Mapping[int, Grid]]] = WeakKeyDictionary()


def _grids(side: Side) -> Mapping[int, Grid]:
    """Where on the picture the pixels of each layer's maps lie; layers whose units see all of it are left out."""
    shape = tuple(side.picture.shape[1:])
    known = _known.setdefault(side.model, {})
    if shape not in known:
        known[shape] = grids(side.model, shape)
    return known[shape]


def grids(model: keras.Model, picture: tuple[int, ...]) -> Mapping[int, Grid]:
    """Place of a layer -> where on a picture of this shape the pixels of its maps lie, for layers that have such places."""
    network = runner(model).network
    sizes = shapes(network, picture)
    fields: dict[int, ReceptiveField] = {PICTURE: own_pixel((picture[0], picture[1]))}
    for index, step in enumerate(network.steps):
        inside = picture if step.sources[0] == PICTURE else sizes[step.sources[0]]
        joined = reduce(ReceptiveField.joined, (fields[source] for source in step.sources))
        fields[index] = joined.through(windows(step.layer, inside, sizes[index]))
    found = {}
    for index, field in fields.items():
        steps = tuple(float(step) for step in field.stride)
        if index != PICTURE and len(sizes[index]) >= 2 and min(steps) > 0:
            middle = [float(start) + (float(size) - 1) / 2 for start, size in zip(field.start, field.size, strict=True)]
            found[index] = Grid((middle[0], middle[1]), (steps[0], steps[1]))
    return found


class _Back(NamedTuple):
    """How maps of a moved picture are laid back: without a grid they have no places."""

    move: Move
    grid: Grid | None
    picture: tuple[int, ...]

    def left(self, before: FeatureMaps, after: FeatureMaps) -> float | None:
        """How much still differs, of the pixels that have not left the map."""
        if not self.grid or before.ndim != 3:
            return None
        back, inside = moved_back(after, self.grid, self.move, (self.picture[0], self.picture[1]))
        return changed(before[inside], back[inside]) if inside.any() else None

    def laid(self, after: FeatureMaps) -> FeatureMaps:
        """The maps laid back, zero where nothing is known; a row of numbers as it is."""
        if not self.grid or after.ndim != 3:
            return after
        back, inside = moved_back(after, self.grid, self.move, (self.picture[0], self.picture[1]))
        return np.where(inside[..., None], back, np.float32(0))

    def shift(self) -> tuple[float, float] | None:
        """How far the maps move, in their own pixels."""
        if not self.grid:
            return None
        down, right = self.grid.steps
        return self.move.down / down, self.move.right / right


def _numbers(place: int, stage: Stage, array: Array, other: Array | None, back: _Back) -> StageNumbers:
    flat = array.reshape(-1, array.shape[-1])
    found = StageNumbers(
        place,
        stage,
        array.shape,
        (float(array.min()), float(array.max())),
        float((array == 0).mean()),
        int((~flat.any(axis=0)).sum()),
        other_shape=None if other is None else other.shape,
    )
    if other is None or other.shape != array.shape:
        return found
    return replace(
        found,
        changed=changed(array, other),
        left=back.left(array, other),
        shift=back.shift(),
        difference=float(np.abs(other - array).mean(dtype=np.float64)),
        correlation=correlation(array, other),
    )


def _orderless(numbers: StageNumbers, array: Array, other: Array | None) -> StageNumbers:
    return numbers if other is None else replace(numbers, unlike=unlike(array, other))


def _shown(
    blocks: tuple[MapBlock, ...],
    numbers: Sequence[StageNumbers],
    shown: int,
    values: Mapping[Stage, Array],
    others: Mapping[Stage, Array],
    every: bool,
) -> MapsCompared:
    stages = blocks[shown].stages if blocks else ()
    maps, total = _order([values[stage] for stage in stages], stages, every)
    own = {entry.stage: entry for entry in numbers}
    drawn = sum(min(values[stage].size // max(total, 1), SIDE * SIDE) for stage in stages) * len(maps) * (3 if others else 1)
    side = SIDE if len(maps) <= 2 * FEW else SMALL_SIDE
    levels = 65535 if drawn <= EXACT else 255
    found = tuple(_stage(own[stage], values[stage], others.get(stage), maps, (side, levels)) for stage in stages)
    smaller = any(max(values[stage].shape[:2]) > side for stage in stages if values[stage].ndim == 3)
    return MapsCompared(blocks, tuple(numbers), shown, maps, total, found, smaller)


def _order(arrays: Sequence[Array], stages: Sequence[Stage], every: bool) -> tuple[tuple[int, ...], int]:
    """The maps that are drawn, the strongest first by the mean of their absolute values where they are handed on."""
    if not arrays:
        return (), 0
    bent = [array for array, stage in zip(arrays, stages, strict=True) if stage.sort in ("activation", "feature", "normalised")]
    decides = (bent or list(arrays))[-1]
    strength = np.abs(decides.reshape(-1, decides.shape[-1])).mean(axis=0)
    order = tuple(np.argsort(-strength, kind="stable").tolist())
    return (order if every or len(order) <= MANY else order[:FEW]), len(order)


def _stage(numbers: StageNumbers, array: Array, other: Array | None, maps: Sequence[int], drawn: tuple[int, int]) -> StageMaps:
    first = tiles(array, maps, *drawn)
    if other is None:
        return StageMaps(numbers, first)
    if other.shape != array.shape:
        return StageMaps(numbers, first, tiles(other, [at for at in maps if at < other.shape[-1]], *drawn))
    each = np.array([changed(array[..., at], other[..., at]) for at in maps], np.float32)
    return StageMaps(numbers, first, tiles(other, maps, *drawn), tiles(other - array, maps, *drawn), each)


def tiles(array: Array, maps: Sequence[int], side: int, levels: int) -> Tiles:
    """The drawn `maps` of an array (height, width, maps) or (units,), made smaller where they are longer than `side`."""
    flat = array.reshape(-1, array.shape[-1])
    size = array.shape[:2] if array.ndim == 3 else (1, 1)
    picked = np.ascontiguousarray(flat[:, list(maps)].T)
    ranges = np.stack([picked.min(axis=1), picked.max(axis=1)], axis=1)
    zeros = (picked == 0).mean(axis=1, dtype=np.float32)
    drawn = picked.reshape(-1, *size)
    factor = side / max(size)
    if factor < 1:
        smaller = (max(1, round(size[1] * factor)), max(1, round(size[0] * factor)))
        drawn = np.stack([cv2.resize(part, smaller, interpolation=cv2.INTER_AREA) for part in drawn])
    low, high = ranges[:, 0, None, None], ranges[:, 1, None, None]
    reach = np.where(high > low, high - low, 1)
    found = np.rint((drawn - low) / reach * levels).clip(0, levels).astype(np.uint16 if levels > 255 else np.uint8)
    limits = (float(array.min()), float(array.max()))
    return Tiles(found, ranges, zeros, limits, int((~flat.any(axis=0)).sum()))
