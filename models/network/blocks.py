"""Which layers of a network belong together, so that a deep one can be looked at block by block. Needs no Keras.

Three things make a block: a model within the model, a part that begins and ends with one output and branches in between
(a residual block, for example), and a stage, that is all layers that work at one resolution.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isqrt
from os.path import commonprefix

from models.network.findings import LayerEntry

Shape = tuple[int, ...]
Pair = tuple[int, int]

RESIZED = 1.5
"""Maps that become so many times larger or smaller begin another stage."""

MOST_UNITS = 20
"""A stage with more layers and branched parts than this is cut into several."""

SHARE = 0.6
"""A part that holds more of all layers than this is no block: folded, nothing would be left to see."""


@dataclass(frozen=True)
class Block:
    """The layers `first` to `last`, both included, by their places in the inventory.

    `sort` is "model", "branches" or "stage"; `name` what its layers have in common in their names, perhaps nothing; `inside`
    the blocks within.
    """

    first: int
    last: int
    sort: str
    name: str = ""
    inside: tuple["Block", ...] = ()

    @property
    def height(self) -> int:
        """How many levels of blocks are within."""
        return 1 + max((block.height for block in self.inside), default=-1)


def blocks(layers: Sequence[LayerEntry], sources: Sequence[Sequence[int]], shapes: Sequence[Shape]) -> tuple[Block, ...]:
    """The blocks of a network, those within others inside of them, in the order of the layers.

    Args:
        layers: as the inventory has them.
        sources: for each layer the places of those that it takes from; -1 is the picture.
        shapes: of what each layer writes, without the batch axis.
    """
    parts = list(segments(sources))
    found = [Block(first, last, "stage") for first, last in stages(layers, shapes, parts)]
    found += [Block(first, last, "model", name) for first, last, name in models(layers)]
    found += [Block(first, last, "branches", common_name(layers[first : last + 1])) for first, last in parts if last > first]
    whole = len(layers)
    return nested([block for block in found if 1 < block.last - block.first + 1 <= SHARE * whole])


def nested(found: Sequence[Block]) -> tuple[Block, ...]:
    """`found` as trees; what overlaps with a larger one without lying in it, or holds the same layers, is left out."""
    kept: list[Block] = []
    for block in sorted(found, key=lambda block: block.first - block.last):
        if all(_apart(block, other) or _within(block, other) for other in kept):
            kept.append(block)
    return _trees(kept)


def _apart(one: Block, other: Block) -> bool:
    return one.last < other.first or other.last < one.first


def _within(one: Block, other: Block) -> bool:
    """Whether `one` is a smaller part of `other`."""
    return other.first <= one.first and one.last <= other.last and (one.first, one.last) != (other.first, other.last)


def _trees(found: Sequence[Block]) -> tuple[Block, ...]:
    tops = [block for block in found if not any(_within(block, other) for other in found)]
    return tuple(
        Block(top.first, top.last, top.sort, top.name, _trees([block for block in found if _within(block, top)]))
        for top in sorted(tops, key=lambda block: block.first)
    )


def segments(sources: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """(first, last) of the parts between which one output alone is handed on; a layer in a chain is a part by itself."""
    # The last entry is the picture's.
    reach = [0] * (len(sources) + 1)
    for place, given in enumerate(sources):
        for source in given:
            reach[source] = place
    first, furthest = 0, reach[-1]
    for place in range(len(sources)):
        # What earlier layers wrote is wanted no more behind this place.
        if furthest <= place:
            yield first, place
            first = place + 1
        furthest = max(furthest, reach[place])


def models(layers: Sequence[LayerEntry]) -> Iterator[tuple[int, int, str]]:
    """(first, last, name) of every model within the model."""
    deepest = max((len(entry.blocks) for entry in layers), default=0)
    for depth in range(1, deepest + 1):
        first = 0
        for place in range(1, len(layers) + 1):
            if place < len(layers) and layers[place].blocks[:depth] == layers[first].blocks[:depth]:
                continue
            if len(layers[first].blocks) >= depth:
                yield first, place - 1, layers[first].blocks[depth - 1]
            first = place


def stages(
    layers: Sequence[LayerEntry], shapes: Sequence[Shape], parts: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """(first, last) of the runs of maps of one size; a pooling layer ends the run that it makes smaller."""
    bounds: list[int] = [0]
    for (_, before), (first, last) in pairwise(parts):
        if len(shapes[last]) != 3 or len(shapes[before]) != 3:
            bounds.append(first)
        elif _resized(shapes[before], shapes[last]):
            bounds.append(last + 1 if "Pool" in layers[last].kind and first == last else first)
    bounds = sorted({*bounds, len(layers)})
    for first, end in pairwise(bounds):
        if end - first > 1 and len(shapes[first]) == 3 and len(shapes[end - 1]) == 3:
            yield from cut([part for part in parts if first <= part[0] < end], len(layers))


def cut(units: Sequence[Pair], layers: int) -> Iterator[Pair]:
    """(first, last) of a stage; of one with very many units, or nearly all `layers`, those of about as many parts as units
    in each, which begin where a branched unit does if there is one nearby.
    """
    first, last = units[0][0], units[-1][1]
    each = len(units)
    if each > MOST_UNITS or (last + 1 - first > SHARE * layers and each > MOST_UNITS // 2):
        each = isqrt(each - 1) + 1
    starts = []
    for place in range(0, len(units), each):
        near = [at for at in range(place, min(place + 3, len(units))) if units[at][1] > units[at][0]]
        starts.append(units[near[0] if near and place else place][0])
    for start, end in pairwise([*starts, last + 1]):
        if end - start > 1:
            yield start, end - 1


def _resized(before: Shape, after: Shape) -> bool:
    """Whether maps became much smaller or larger, not only by the edge that a kernel takes."""
    return any(max(one, other) >= RESIZED * min(one, other) for one, other in zip(before[:2], after[:2], strict=True))


def common_name(layers: Sequence[LayerEntry]) -> str:
    """What the names of `layers` begin with, to the end of a word: "conv2_block1" of "conv2_block1_0_conv" and so on."""
    names = [entry.name for entry in layers]
    start = commonprefix(names)  # noqa: RUF071 - names of layers are no paths
    if start and any(len(name) > len(start) and name[len(start)].isalnum() for name in names) and start[-1].isalnum():
        start = start[: max(start.rfind(mark) for mark in "_/-.") + 1]
    return start.rstrip("_/-.")
