"""What one does with whole layers: put in, duplicate, switch off, move. Paths are those of `models.network.rows`."""

from dataclasses import replace

from models.network.edits import edited, inserted, layer_at, removed, replaced, siblings
from models.network.rows import Path
from models.specs.network import Layer, NetworkSpec, ResidualLayer


def is_path(spec: NetworkSpec, path: Path) -> bool:
    """Whether a layer stands at `path`."""
    if not path:
        return False
    around = spec.layers
    for index in path[:-1]:
        block = around[index] if 0 <= index < len(around) else None
        around = block.layers if isinstance(block, ResidualLayer) else ()
    return 0 <= path[-1] < len(around)


def put_behind(spec: NetworkSpec, path: Path, layer: Layer) -> tuple[NetworkSpec, Path]:
    """`spec` with `layer` behind the one at `path`, and where it stands now; () puts it first."""
    place = (*path[:-1], path[-1] + 1) if path else (0,)
    return inserted(spec, place, layer), place


def put_inside(spec: NetworkSpec, path: Path, layer: Layer) -> tuple[NetworkSpec, Path]:
    """`spec` with `layer` as the last in the block at `path`, and where it stands now."""
    block = layer_at(spec, path)
    if not isinstance(block, ResidualLayer):
        raise ValueError(f"path: expected that of a residual block; received that of {block.name}")
    return replaced(spec, path, replace(block, layers=(*block.layers, layer))), (*path, len(block.layers))


def duplicated(spec: NetworkSpec, path: Path) -> tuple[NetworkSpec, Path]:
    """`spec` with the layer at `path` twice, and where the second stands."""
    return put_behind(spec, path, layer_at(spec, path))


def switched(spec: NetworkSpec, path: Path) -> NetworkSpec:
    """`spec` with the layer at `path` switched off, or on again."""
    layer = layer_at(spec, path)
    return replaced(spec, path, replace(layer, on=not layer.on))


def shifted(spec: NetworkSpec, path: Path, by: int) -> tuple[NetworkSpec, Path]:
    """`spec` with the layer at `path` one place up (-1) or down (1), and where it stands now.

    At the edge of a block it leaves the block; at the edge of the network it stays.
    """
    goal = path[-1] + by
    if 0 <= goal < len(siblings(spec, path)):
        place = (*path[:-1], goal)
        return edited(spec, path, lambda layers, index: _swapped(layers, index, goal)), place
    if len(path) == 1:
        return spec, path
    layer, block = layer_at(spec, path), path[:-1]
    without = removed(spec, path)
    if by > 0:
        return put_behind(without, block, layer)
    return inserted(without, block, layer), block


def _swapped(layers: tuple[Layer, ...], one: int, other: int) -> tuple[Layer, ...]:
    order = list(layers)
    order[one], order[other] = order[other], order[one]
    return tuple(order)


def moved(spec: NetworkSpec, path: Path, goal: Path, *, behind: bool) -> tuple[NetworkSpec, Path]:
    """`spec` with the layer at `path` before or behind the one at `goal`, and where it stands now.

    A block does not move into itself.
    """
    if goal[: len(path)] == path:
        return spec, path
    layer, without = layer_at(spec, path), removed(spec, path)
    depth = len(path) - 1
    if len(goal) > depth and goal[:depth] == path[:-1] and goal[depth] > path[-1]:
        # The layers behind the one that was taken out stand one place further up now.
        goal = (*goal[:depth], goal[depth] - 1, *goal[depth + 1 :])
    return put_behind(without, goal, layer) if behind else (inserted(without, goal, layer), goal)
