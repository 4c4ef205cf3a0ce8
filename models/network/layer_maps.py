"""Every layer's maps for one picture, and how they differ for a second picture, a moved one, or in another network."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

import keras
import numpy as np

from models.arrays import Array, BatchArray, ImageArray
from models.engine.networks import Opened, opened
from models.errors import LearnerError
from models.network.inventory import inventory
from models.network.likeness import changed, correlation, unlike
from models.network.map_blocks import MapBlock, Stage, block_of, map_blocks
from models.network.map_places import Back, grids
from models.network.map_tiles import Pair, draw
from models.network.maps_compared import MapsCompared, MapsLook, StageNumbers
from models.network.picture_moves import moved
from models.network.run import Wanted, runner
from models.network.source import NetworkSource


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
    blocks = _blocks(first.model)
    stages = [(place, stage) for place, block in enumerate(blocks) for stage in block.stages]
    values, others = _sides(first, second, blocks)
    # Only a picture that is moved before the same network is laid back.
    laid = second is not None and second.model is first.model and not look.move.still
    places = grids(first.model, tuple(first.picture.shape[1:])) if laid else {}
    size = first.picture.shape[1:3]
    backs = {stage: Back(look.move, places.get(stage.layer), size) for _, stage in stages}
    numbers = [_numbers(place, stage, values[stage], others.get(stage), backs[stage]) for place, stage in stages]
    if second and second.model is not first.model:
        numbers = [_orderless(entry, values[entry.stage], others.get(entry.stage)) for entry in numbers]
    shown = block_of(blocks, look.layer)
    pairs = []
    for stage in blocks[shown].stages if blocks else ():
        beside, inside = others.get(stage), None
        if look.back and beside is not None:
            beside, inside = backs[stage].laid(beside)
        pairs.append(Pair(values[stage], beside, inside))
    return draw(blocks, numbers, shown, pairs, look.every)


_known: WeakKeyDictionary[keras.Model, tuple[MapBlock, ...]] = WeakKeyDictionary()


def _blocks(model: keras.Model) -> tuple[MapBlock, ...]:
    """The blocks of a model, kept as long as it is."""
    if model not in _known:
        _known[model] = map_blocks(inventory(model).layers)
    return _known[model]


def _values(model: keras.Model, pictures: BatchArray, stages: Sequence[Stage]) -> list[dict[Stage, Array]]:
    """For each picture (height, width, maps) or (units,) of each stage."""
    run = runner(model)
    wanted = [Wanted(stage.layer, stage.sort == "feature") for stage in stages]
    found = run.run(pictures, wanted)
    for stage, array in zip(stages, found, strict=True):
        if not np.isfinite(array).all():
            raise LearnerError("unit_not_finite", layer=run.network.steps[stage.layer].name)
    return [{stage: _axes(array[at]) for stage, array in zip(stages, found, strict=True)} for at in range(len(pictures))]


def _axes(array: Array) -> Array:
    if array.ndim == 2:
        return array[..., None]
    return array.reshape(*array.shape[:2], -1) if array.ndim > 3 else array


def _sides(first: Side, second: Side | None, blocks: Sequence[MapBlock]) -> list[Mapping[Stage, Array]]:
    """The stages of the first side, and for them those of the second: of another network those of the block
    that stands in the same place.
    """
    stages = [stage for block in blocks for stage in block.stages]
    if second is None:
        return [*_values(first.model, first.picture, stages), {}]
    if second.model is first.model and second.picture.shape == first.picture.shape:
        return [*_values(first.model, np.concatenate([first.picture, second.picture]), stages)]
    (own,) = _values(first.model, first.picture, stages)
    beside = _blocks(second.model)
    (found,) = _values(second.model, second.picture, [stage for block in beside for stage in block.stages])
    pairs = [pair for block, mate in mates(_parted(blocks, own), _parted(beside, found)) for pair in partners(block, mate)]
    return [own, {stage: found[mate] for stage, mate in pairs}]


Parted = tuple[list[MapBlock], list[MapBlock]]
"""Blocks of maps, and blocks of rows of numbers."""


def _parted(blocks: Sequence[MapBlock], values: Mapping[Stage, Array]) -> Parted:
    rows = [values[block.stages[0]].ndim == 1 for block in blocks]
    maps = [block for block, row in zip(blocks, rows, strict=True) if not row]
    return maps, [block for block, row in zip(blocks, rows, strict=True) if row]


def mates(own: Parted, beside: Parted) -> list[tuple[MapBlock, MapBlock]]:
    """Blocks of two networks that are shown side by side: those of maps counted from the picture, rows from the answer."""
    rows = zip(reversed(own[1]), reversed(beside[1]), strict=False)
    return [*zip(own[0], beside[0], strict=False), *rows]


def partners(block: MapBlock, mate: MapBlock) -> list[tuple[Stage, Stage]]:
    """Stages of two blocks that are the same step: the first feature maps to the first, the second sum to the second."""

    def counted(stages: Sequence[Stage]) -> dict[tuple[str, int], Stage]:
        sorts = [stage.sort for stage in stages]
        return {(sort, sorts[:at].count(sort)): stages[at] for at, sort in enumerate(sorts)}

    own, others = counted(block.stages), counted(mate.stages)
    return [(stage, others[key]) for key, stage in own.items() if key in others]


def _numbers(place: int, stage: Stage, array: Array, other: Array | None, back: Back) -> StageNumbers:
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
