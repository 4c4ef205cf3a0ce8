"""Which maps of a network belong side by side: what one layer sums up, bends and pools. Needs no Keras."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.network.findings import LayerEntry
from models.network.map_plan import PASSED

MADE_BY = (
    ("Pool", "pooled"),
    ("Normalization", "normalised"),
    ("Add", "sum"),
    ("Concatenate", "joined"),
)
"""Part of a layer's kind -> what its maps are called."""

MERGING = {"Add", "Concatenate"}


class Stage(NamedTuple):
    """Maps on their way: what the layer at place `layer` writes.

    `sort` is "feature" (weighted sums, before an activation function), "normalised", "activation" (behind an activation
    function, also one that a layer has itself), "pooled", "sum", "joined", or "output" of any other layer.
    """

    layer: int
    sort: str


class MapBlock(NamedTuple):
    """Stages whose maps are made one from the other, map by map: `stages`, in order, and the places of all its `layers`."""

    stages: tuple[Stage, ...]
    layers: tuple[int, ...]


def map_blocks(layers: Sequence[LayerEntry]) -> tuple[MapBlock, ...]:
    """The blocks of a network, in the order of its layers; layers that only hand on are in them, and are no stages.

    A layer that writes weighted sums begins one, and so does one that takes from elsewhere or writes another number of maps.
    """
    found: list[MapBlock] = []
    for place, entry in enumerate(layers):
        stages = tuple(Stage(place, sort) for sort in sorts(entry))
        if found and _joins(layers, found[-1], entry):
            found[-1] = MapBlock(found[-1].stages + stages, (*found[-1].layers, place))
        else:
            found.append(MapBlock(stages, (place,)))
    return tuple(block for block in found if block.stages)


def sorts(entry: LayerEntry) -> Iterator[str]:
    """What a layer's maps are called; none of one that changes no number."""
    if entry.weighted:
        yield "feature"
    if entry.function:
        yield "activation"
    elif not entry.weighted and entry.kind not in PASSED and entry.kind not in ("Flatten", "Reshape", "InputLayer"):
        yield next((word for part, word in MADE_BY if _called(entry.kind, part)), "output")


def _called(kind: str, part: str) -> bool:
    return kind == part if part in MERGING else part in kind


def _joins(layers: Sequence[LayerEntry], block: MapBlock, entry: LayerEntry) -> bool:
    last = layers[block.layers[-1]]
    continues = any(layers[place].name in entry.sources for place in block.layers)
    return not entry.weighted and continues and bool(last.shape) and last.shape[-1:] == entry.shape[-1:]


def block_of(blocks: Sequence[MapBlock], layer: int) -> int:
    """The place of the block that has `layer` in it; of the last one before it where none has, 0 where there is none."""
    return max((at for at, block in enumerate(blocks) if block.layers[0] <= layer), default=0)
