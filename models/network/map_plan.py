"""Which columns the map of a network has: what is folded, what is drawn of each layer, and what each takes from which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.network.blocks import Block
from models.network.findings import LayerEntry
from models.network.network_map import PICTURE, Group, Link, MapLook

MOST_COLUMNS = 30
"""A network with more columns is shown with its blocks folded."""

PASSED = frozenset(("ActivityRegularization", "AlphaDropout", "Dropout", "GaussianDropout", "GaussianNoise", "Identity"))
PASSED |= {"SpatialDropout2D", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast"}
PASSED |= {"RandomBrightness"}
"""Layers that hand on what they get when a network predicts."""


@dataclass(frozen=True)
class Planned:
    """A column before anything is computed: as in `Column`."""

    layer: int
    sort: str
    block: tuple[int, int] | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All columns and the blocks."""

    columns: tuple[Planned, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Wiring:
    """A network as the map needs it: its layers, the places of those that each takes from, the shapes of what each writes."""

    layers: Sequence[LayerEntry]
    sources: Sequence[Sequence[int]]
    shapes: Sequence[tuple[int, ...]]
    picture: tuple[int, ...]


def plan(wiring: Wiring, trees: Sequence[Block], look: MapLook) -> Plan:
    """The columns of a network, left to right."""
    shown = _Unfolding(wiring, folded_blocks(wiring, trees, look), look.kinds).whole(trees)
    places = _places(shown.columns, len(wiring.layers))
    linked = [
        Planned(column.layer, column.sort, column.block, tuple(_links(wiring, shown.columns, places, at)))
        for at, column in enumerate(shown.columns)
    ]
    return Plan(tuple(linked), tuple(shown.groups))


def folded_blocks(wiring: Wiring, trees: Sequence[Block], look: MapLook) -> set[tuple[int, int]]:
    """The blocks that are folded: of a large network as few levels as make it fit, but for those that somebody changed."""
    every = list(_all(trees))
    folded: set[tuple[int, int]] = set()
    for height in range(-1, max((block.height for block in every), default=-1) + 1):
        folded = {(block.first, block.last) for block in every if block.height <= height}
        if len(_Unfolding(wiring, folded, look.kinds).whole(trees).columns) <= MOST_COLUMNS:
            break
    return folded ^ ({(block.first, block.last) for block in every} & set(look.folds))


def _all(trees: Sequence[Block]) -> Iterator[Block]:
    for block in trees:
        yield block
        yield from _all(block.inside)


class _Unfolding:
    """Walks through the layers and writes down the columns, and the groups that they stand in."""

    def __init__(self, wiring: Wiring, folded: set[tuple[int, int]], kinds: str) -> None:
        self.layers, self.folded, self.kinds = wiring.layers, folded, kinds
        self.columns = [Planned(PICTURE, "picture")]
        self.groups: list[Group] = []

    def whole(self, trees: Sequence[Block]) -> "_Unfolding":
        self.walk(trees, 0, len(self.layers), 0)
        return self

    def walk(self, trees: Sequence[Block], first: int, end: int, depth: int) -> None:
        for block in trees:
            self.single(first, block.first)
            self.block(block, depth)
            first = block.last + 1
        self.single(first, end)

    def single(self, first: int, end: int) -> None:
        for layer in range(first, end):
            self.columns += of_layer(self.layers[layer], layer, self.kinds)

    def block(self, block: Block, depth: int) -> None:
        start, bounds = len(self.columns), (block.first, block.last)
        number = 1 + sum(group.sort == block.sort for group in self.groups)
        here = len(self.groups)
        self.groups.append(Group(*bounds, block.sort, block.name, number, depth, bounds in self.folded, start, start))
        if bounds in self.folded:
            last = of_layer(self.layers[block.last], block.last, self.kinds)[-1]
            self.columns.append(Planned(block.last, last.sort, bounds))
        else:
            self.walk(block.inside, block.first, block.last + 1, depth + 1)
        self.groups[here] = self.groups[here]._replace(end=len(self.columns) - 1)


def of_layer(entry: LayerEntry, place: int, kinds: str) -> list[Planned]:
    """The columns of one layer."""
    if entry.kind in PASSED:
        return [Planned(place, "passed")]
    if not entry.weighted:
        return [Planned(place, "activation" if entry.function else "output")]
    if not entry.function:
        return [Planned(place, "feature")]
    return [Planned(place, sort) for sort in ("feature", "activation") if kinds in (sort, "both")]


def _places(columns: Sequence[Planned], layers: int) -> list[int]:
    """For each layer the column that shows what it hands on; the last entry is the picture's."""
    places = [0] * (layers + 1)
    for at, column in enumerate(columns):
        first, last = column.block or (column.layer, column.layer)
        for layer in range(first, last + 1):
            places[layer] = at
    places[PICTURE] = 0
    return places


def _links(wiring: Wiring, columns: Sequence[Planned], places: Sequence[int], at: int) -> Iterator[Link]:
    column = columns[at]
    if column.layer == PICTURE:
        return
    if column.block:
        first, last = column.block
        given = {source for layer in range(first, last + 1) for source in wiring.sources[layer] if not first <= source <= last}
        yield from (Link(places[source], "block") for source in sorted(given))
        return
    before = columns[at - 1]
    if column.sort == "activation" and (before.layer, before.sort) == (column.layer, "feature"):
        yield Link(at - 1, "same")
        return
    shift = 0
    for source in wiring.sources[column.layer]:
        shape = wiring.picture if source == PICTURE else wiring.shapes[source]
        yield _link(wiring, column.layer, places[source], shape, shift)
        shift += shape[-1] if wiring.layers[column.layer].kind == "Concatenate" else 0


def _link(wiring: Wiring, layer: int, column: int, given: tuple[int, ...], shift: int) -> Link:
    """How a layer takes from what one other wrote, of shape `given`."""
    entry, shape = wiring.layers[layer], wiring.shapes[layer]
    if entry.kind == "DepthwiseConv2D":
        return Link(column, "same", factor=max(shape[-1] // given[-1], 1))
    if entry.weighted:
        return Link(column, "dense" if len(given) == len(shape) == 1 else "all")
    if entry.kind in ("Flatten", "Reshape") and len(given) > len(shape):
        return Link(column, "flat")
    if entry.kind == "Concatenate" or given[-1] == shape[-1]:
        return Link(column, "same", shift=shift)
    return Link(column, "all")
