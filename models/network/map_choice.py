"""Which maps of each layer the map of a network draws, and in which order."""

from collections.abc import Sequence

import numpy as np

from models.arrays import Array
from models.network.map_plan import Planned
from models.network.network_map import FEW, MANY, MapLook


def choice(columns: Sequence[Planned], arrays: Sequence[Array], look: MapLook) -> tuple[list[tuple[int, ...]], bool]:
    """The maps that are drawn of each column, and whether those that were kept are no more the strongest.

    Columns that hand on map by map draw the same maps, so that lines between them are straight.
    """
    together = _together(columns, arrays)
    ranks = _ranks(columns, arrays, together)
    chosen: dict[int, tuple[int, ...]] = {}
    reranked = False
    for top, rank in ranks.items():
        best = tuple(np.argsort(-rank, kind="stable")[:FEW].tolist())
        members = [columns[at].layer for at in range(len(columns)) if together[at] == top]
        held = next((maps for layer, maps in look.kept if layer in members and max(maps, default=0) < len(rank)), best)
        reranked = reranked or set(held[:FEW]) != set(best)
        if look.chosen[0] in members and look.chosen[1] not in held and look.chosen[1] < len(rank):
            held = (*held, look.chosen[1])
        chosen[top] = held
    return [_drawn(columns[at], array, chosen.get(together[at]), look) for at, array in enumerate(arrays)], reranked


def _ranks(columns: Sequence[Planned], arrays: Sequence[Array], together: Sequence[int]) -> dict[int, Array]:
    """How strong each map is, in all columns together that share an order; for those with many maps."""
    ranks: dict[int, Array] = {}
    for at, array in enumerate(arrays):
        if array.ndim == 3 and columns[at].sort != "passed" and array.shape[2] > MANY:
            strength = np.abs(array).reshape(-1, array.shape[2]).mean(axis=0)
            ranks[together[at]] = ranks.get(together[at], np.zeros_like(strength)) + strength / (strength.max() or 1)
    return ranks


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
