"""The map of a network for one picture: what every layer writes, small enough to be drawn at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, BatchArray, FeatureMaps, ImageArray
from models.engine.networks import opened
from models.errors import LearnerError
from models.network.blocks import blocks
from models.network.graph import PICTURE
from models.network.inventory import inventory
from models.network.map_plan import Planned, Wiring, plan
from models.network.network_map import FEW, MANY, Column, Link, MapLook, NetworkMap
from models.network.outputs import from_answer, last_function
from models.network.run import Runner, Wanted, runner
from models.network.sizes import shapes
from models.network.source import NetworkSource
from models.network.strengths import conv_strengths, dense_strengths

SIDE = 96
SMALL_SIDE = 48
"""The longest side of a drawn map, and of one among many."""

MOST_CELLS = 30_000
"""Of a longer row of numbers, as of a large flattened map, neighbours are drawn together."""


def network_map(source: NetworkSource, image: ImageArray, look: MapLook) -> NetworkMap:
    """The map of the network of `source` for `image`, 0 to 1, in the shape that the network takes."""
    network = opened(source)
    return draw_map(network.model, network.preprocess(image[None]), image, look)


def draw_map(model: keras.Model, images: BatchArray, picture: ImageArray, look: MapLook) -> NetworkMap:
    """Every column of the map of a network.

    Args:
        model: a Sequential or Functional model, also with others in it.
        images: the one picture as the network takes it, (1, height, width, channels).
        picture: the same as a person sees it, (height, width, channels), 0 to 1.
        look: what is to be drawn.

    Raises:
        LearnerError: `unit_not_finite` (layer), when numbers on the way are infinite or none at all.
    """
    run = runner(model)
    wiring = _wiring(model, run, images.shape[1:])
    planned = plan(wiring, blocks(wiring.layers, wiring.sources, wiring.shapes), look)
    values = _computed(run, images, planned.columns)
    arrays = [_axes(picture if column.layer == PICTURE else values[_wanted(column)]) for column in planned.columns]
    shown, reranked = _choice(planned.columns, arrays, look)
    for column, array in zip(planned.columns, arrays, strict=True):
        if not np.isfinite(array.min() + array.max()):
            raise LearnerError("unit_not_finite", layer=wiring.layers[column.layer].name)
    columns = [_column(column, array, maps) for column, array, maps in zip(planned.columns, arrays, shown, strict=True)]
    columns = [_strengthened(run, column, columns, values, images) for column in columns]
    answered, says = _answered(run, columns, values)
    return NetworkMap(tuple(answered), planned.groups, says, reranked)


_wirings: WeakKeyDictionary[keras.Model, dict[tuple[int, ...], Wiring]] = WeakKeyDictionary()


def _wiring(model: keras.Model, run: Runner, picture: tuple[int, ...]) -> Wiring:
    """How the network is wired, for pictures of one shape; kept as long as the model is."""
    known = _wirings.setdefault(model, {})
    if picture not in known:
        layers = inventory(model).layers
        found = [tuple(size for size in entry.shape if size is not None) for entry in layers]
        if any(len(shape) < len(entry.shape) for shape, entry in zip(found, layers, strict=True)):
            found = shapes(run.network, picture)
        sources = [step.sources or (PICTURE,) for step in run.network.steps]
        known[picture] = Wiring(layers, sources, found, picture)
    return known[picture]


def _wanted(column: Planned) -> Wanted:
    return Wanted(column.layer, column.sort == "feature" and column.block is None)


def _computed(run: Runner, images: BatchArray, columns: Sequence[Planned]) -> Mapping[Wanted, Array]:
    """What all columns, and those that feed weighted sums, write for the one picture."""
    wanted = {_wanted(column) for column in columns if column.layer != PICTURE}
    wanted |= {Wanted(source, False) for column in columns for source in run.network.steps[column.layer].sources}
    wanted = {entry for entry in wanted if entry.step >= 0} | {Wanted(run.network.output, False)}
    ordered = sorted(wanted)
    return dict(zip(ordered, (found[0] for found in run.run(images, ordered)), strict=True))


def _axes(values: Array) -> Array:
    """(height, width, maps) or (units,): one pixel of each map is a row of numbers."""
    if values.ndim == 2:
        values = values[..., None]
    if values.ndim > 3:
        values = values.reshape(*values.shape[:2], -1)
    return values.reshape(-1) if values.ndim == 3 and values.shape[:2] == (1, 1) else values


def _choice(columns: Sequence[Planned], arrays: Sequence[Array], look: MapLook) -> tuple[list[tuple[int, ...]], bool]:
    """The maps that are drawn of each column, and whether those that were kept are no more the strongest.

    Columns that hand on map by map draw the same maps, so that lines between them are straight.
    """
    kept = dict(look.kept)
    ranks: dict[int, Array] = {}
    together = _together(columns, arrays)
    for at, array in enumerate(arrays):
        if array.ndim == 3 and columns[at].sort != "passed" and array.shape[2] > MANY:
            strength = np.abs(array).reshape(-1, array.shape[2]).mean(axis=0)
            top = together[at]
            ranks[top] = ranks.get(top, np.zeros_like(strength)) + strength / (strength.max() or 1)
    chosen: dict[int, tuple[int, ...]] = {}
    reranked = False
    for top, rank in ranks.items():
        best = tuple(np.argsort(-rank, kind="stable")[:FEW].tolist())
        members = [columns[at].layer for at in range(len(columns)) if together[at] == top]
        held = next((kept[layer] for layer in members if layer in kept and max(kept[layer], default=0) < len(rank)), best)
        reranked = reranked or set(held[:FEW]) != set(best)
        if look.chosen[0] in members and look.chosen[1] not in held and look.chosen[1] < len(rank):
            held = (*held, look.chosen[1])
        chosen[top] = held
    return [_drawn(columns[at], array, chosen.get(together[at]), look) for at, array in enumerate(arrays)], reranked


def _drawn(column: Planned, array: Array, chosen: tuple[int, ...] | None, look: MapLook) -> tuple[int, ...]:
    if array.ndim == 1 or column.sort == "passed":
        return ()
    if chosen is None or column.layer in look.opened:
        return tuple(range(array.shape[2]))
    return chosen


def _together(columns: Sequence[Planned], arrays: Sequence[Array]) -> list[int]:
    """For each column the first of those that it shares its order of maps with."""
    tops = list(range(len(columns)))

    def top(at: int) -> int:
        while tops[at] != at:
            at = tops[at]
        return at

    for at, column in enumerate(columns):
        for link in column.links:
            straight = link.sort == "same" and not link.shift and link.factor == 1
            given = arrays[link.column]
            if straight and arrays[at].ndim == given.ndim == 3 and arrays[at].shape[2] == given.shape[2]:
                tops[max(top(at), top(link.column))] = min(top(at), top(link.column))
    return [top(at) for at in range(len(columns))]


def _column(column: Planned, array: Array, maps: tuple[int, ...]) -> Column:
    made = Column(column.layer, column.sort, array.shape, column.links, maps, block=column.block)
    if column.sort == "passed":
        return made
    limits = (float(array.min()), float(array.max()))
    if array.ndim == 1:
        each = -(-array.size // MOST_CELLS)
        share = np.array([(array == 0).mean()], np.float32)
        ranges = np.array([limits], np.float32)
        return replace(made, numbers=gathered(array, each), ranges=ranges, zeros=share, limits=limits, each=each)
    flat = array.reshape(-1, array.shape[2])
    dead = int((~flat.any(axis=0)).sum())
    drawn = np.ascontiguousarray(flat[:, list(maps)].T)
    ranges = np.stack([drawn.min(axis=1), drawn.max(axis=1)], axis=1)
    zeros = (drawn == 0).mean(axis=1, dtype=np.float32)
    pixels = small(drawn.reshape(-1, *array.shape[:2]), ranges)
    return replace(made, numbers=pixels, ranges=ranges, zeros=zeros, limits=limits, dead=dead)


def gathered(row: Array, each: int) -> Array:
    """The means of every `each` neighbours in a row of numbers; the last may be of fewer."""
    starts = np.arange(0, row.size, each)
    counts = np.diff(np.append(starts, row.size))
    return np.asarray(np.add.reduceat(row, starts, dtype=np.float32) / counts, dtype=np.float32)


def small(maps: FeatureMaps, ranges: Array) -> NDArray[np.uint8]:
    """`maps` (maps, height, width) as bytes between their own lowest and highest value, large ones made smaller."""
    side = SIDE if len(maps) <= 2 * FEW else SMALL_SIDE
    height, width = maps.shape[1:]
    factor = side / max(height, width)
    if factor < 1:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        maps = np.stack([cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in maps])
    low, high = ranges[:, 0, None, None], ranges[:, 1, None, None]
    reach = np.where(high > low, high - low, 1)
    return np.asarray(np.rint((maps - low) / reach * 255).clip(0, 255), dtype=np.uint8)


def _strengthened(
    run: Runner, column: Column, columns: Sequence[Column], values: Mapping[Wanted, Array], images: BatchArray
) -> Column:
    """`column` with the strengths of its lines, where it writes weighted sums of columns that are drawn."""
    links = []
    for link in column.links:
        source = run.network.steps[column.layer].sources[0] if link.sort in ("all", "dense") else PICTURE
        given = images[0] if source == PICTURE else values[Wanted(source, False)]
        links.append(_strong(run.network.steps[column.layer].layer, link, column, columns[link.column], given))
    return replace(column, links=tuple(links))


def _strong(layer: Any, link: Link, column: Column, source: Column, given: Array) -> Link:
    if link.sort == "dense" and given.ndim == 1 and type(layer).__name__ == "Dense":
        found = dense_strengths(layer, given)
        return replace(link, top=found[0], adds=found[1]) if found else link
    if link.sort == "all" and given.ndim == 3:
        inputs = range(given.shape[2]) if source.is_row else source.maps
        outputs = range(column.shape[0]) if column.is_row else column.maps
        return replace(link, strengths=conv_strengths(layer, given, list(inputs), list(outputs)))
    return link


def _answered(run: Runner, columns: list[Column], values: Mapping[Wanted, Array]) -> tuple[list[Column], bool]:
    """`columns` with the probabilities at the end, and whether the network says them itself."""
    output = values[Wanted(run.network.output, False)]
    if output.ndim != 1:
        return columns, False
    function = last_function(run.network)
    says = function in ("softmax", "sigmoid")
    chances = from_answer(output[None], function)[0].astype(np.float32)
    last = columns[-1]
    limits = (0.0, 1.0)
    answer = Column(last.layer, "answer", chances.shape, (Link(len(columns) - 1, "block"),), (), chances, limits=limits)
    if says and last.sort == "activation" and last.layer == run.network.output and last.block is None:
        links = tuple(replace(link, sort="all") for link in last.links) if output.size == 1 else last.links
        return [*columns[:-1], replace(answer, links=links)], says
    return [*columns, answer], says
