"""The map of a network for one picture: what every layer writes, small enough to be drawn at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import keras
import numpy as np

from models.arrays import Array, BatchArray, ImageArray
from models.engine.networks import opened
from models.errors import LearnerError
from models.network.blocks import blocks
from models.network.graph import PICTURE
from models.network.inventory import inventory
from models.network.map_choice import choice
from models.network.map_columns import column_of
from models.network.map_plan import Planned, Wiring, plan
from models.network.network_map import Column, Link, MapLook, NetworkMap
from models.network.outputs import from_answer, last_function
from models.network.run import Runner, Wanted, runner
from models.network.sizes import shapes
from models.network.source import NetworkSource
from models.network.strengths import conv_strengths, dense_strengths


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
    shown, reranked = choice(planned.columns, arrays, look)
    for column, array in zip(planned.columns, arrays, strict=True):
        if not np.isfinite(array.min() + array.max()):
            raise LearnerError("unit_not_finite", layer=wiring.layers[column.layer].name)
    columns = [column_of(column, array, maps) for column, array, maps in zip(planned.columns, arrays, shown, strict=True)]
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
