"""The nearest changes that let a network work again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from models.errors import LearnerError
from models.network.edits import inserted, layer_at, removed, replaced, siblings
from models.network.rows import Path, place
from models.network.shapes import walk_until_failure, written
from models.specs.layers import Filtered, Windowed
from models.specs.network import (
    MOST_LAYERS,
    SIDE,
    DenseLayer,
    FlattenLayer,
    GlobalPoolLayer,
    Layer,
    NetworkSpec,
    PoolLayer,
    ResidualLayer,
    TransposedLayer,
    ZeroPaddingLayer,
    nested,
)

MOST_MENDS = 5
MOST_TRIED = 40


@dataclass(frozen=True)
class Mend:
    """One change: `code` names its sentence, `values` its numbers, `spec` is the network after it."""

    code: str
    values: Mapping[str, Any]
    spec: NetworkSpec


def mends(spec: NetworkSpec, error: LearnerError) -> tuple[Mend, ...]:
    """Up to five changes after which the layer that `error` names works; each has been walked.

    Those that mend the whole network come first, then those after which only a later layer fails; the gentlest first.
    `error` comes from `models.network.shapes.walk` of the same `spec`; for any other error there are none.
    """
    path = error.values.get("path")
    if error.code not in MENDS or path is None:
        return ()
    before = left_over(spec, path)
    whole: dict[tuple[str, str], Mend] = {}
    further: dict[tuple[str, str], Mend] = {}
    for mend in islice(MENDS[error.code](spec, path), MOST_TRIED):
        # Of changes of the same kind to the same layer (kernel size 4, 3, 2...) the first that works is the gentlest.
        change_of = (mend.code, str(mend.values.get("place")))
        if change_of in whole:
            continue
        _, failure = walk_until_failure(mend.spec)
        if failure is None:
            whole[change_of] = mend
        elif left_over(mend.spec, failure.values["path"]) < before:
            further.setdefault(change_of, mend)
    return tuple({**whole, **{key: mend for key, mend in further.items() if key not in whole}}.values())[:MOST_MENDS]


def left_over(spec: NetworkSpec, path: Path) -> tuple[int, ...]:
    """How many layers stand from `path` to the end, in the network, in its block, and so on: less is further."""
    return tuple(len(siblings(spec, path[: depth + 1])) - index for depth, index in enumerate(path))


def change(code: str, spec: NetworkSpec, path: Path, **values: Any) -> Mend:
    """The layer at `path` with other hyperparameters."""
    layer = layer_at(spec, path)
    shown = {name: written(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return Mend(code, {"place": place(path), "kind": layer.name, **shown}, replaced(spec, path, replace(layer, **values)))


def removal(spec: NetworkSpec, path: Path) -> Mend:
    """The network without the layer at `path`."""
    return Mend("remove_layer", {"place": place(path), "kind": layer_at(spec, path).name}, removed(spec, path))


def insertion(code: str, spec: NetworkSpec, path: Path, layer: Layer) -> tuple[Mend, ...]:
    """The network with `layer` before the one at `path`; nothing when it is full."""
    if sum(1 for _ in nested(spec.layers)) >= MOST_LAYERS:
        return ()
    return (Mend(code, {"place": place(path), "kind": layer.name}, inserted(spec, path, layer)),)


def window_mends(spec: NetworkSpec, path: Path) -> Iterator[Mend]:
    """A window that is larger than its map: pad, shrink the window, or keep the map larger on its way."""
    layer = layer_at(spec, path)
    yield change("use_padding", spec, path, padding="same")
    if isinstance(layer, Windowed):
        height, width = layer.kernel_shape
        for size in range(max(height, width) - 1, 0, -1):
            smaller = (min(height, size), min(width, size))
            yield change("use_kernel_size", spec, path, kernel_size=size if smaller == (size, size) else smaller)
        if layer.dilation > 1:
            yield change("use_dilation", spec, path, dilation=1)
    if isinstance(layer, PoolLayer):
        for size in range(layer.size - 1, 1, -1):
            yield change("use_pool_size", spec, path, size=size, stride=min(size, layer.stride))
    yield removal(spec, path)
    yield from larger_before(spec, path)
    yield from other_input(spec, 2)


def larger_before(spec: NetworkSpec, path: Path) -> Iterator[Mend]:
    """Less shrinking in the layers of the network before the one at `path`, the nearest first."""
    for index in range(path[0] - 1, -1, -1):
        layer = spec.layers[index]
        if layer.on and isinstance(layer, PoolLayer):
            yield removal(spec, (index,))
        elif layer.on and isinstance(layer, Windowed) and layer.stride > 1:
            yield change("use_stride", spec, (index,), stride=1)


def other_input(spec: NetworkSpec, factor: float) -> Iterator[Mend]:
    """A picture `factor` times as high and wide, if that is allowed."""
    height, width = (SIDE.take(round(side * factor)) for side in spec.input_shape[:2])
    if height and width:
        larger = replace(spec, input_shape=(height, width, spec.input_shape[2]))
        yield Mend("use_input", {"height": height, "width": width}, larger)


def map_mends(spec: NetworkSpec, path: Path) -> Iterator[Mend]:
    """A layer that needs maps behind one that made a single row of numbers of them."""
    around, index = siblings(spec, path), path[-1]
    for before in range(index - 1, -1, -1):
        if around[before].on and isinstance(around[before], FlattenLayer | GlobalPoolLayer):
            row_maker = (*path[:-1], before)
            without = removal(spec, row_maker)
            behind = {**without.values, "behind": place(path)}
            yield Mend("move_layer_behind", behind, inserted(without.spec, path, around[before]))
            yield without
            break
    yield removal(spec, path)


def dilation_mends(spec: NetworkSpec, path: Path) -> Iterator[Mend]:
    """Either one at a time."""
    yield change("use_stride", spec, path, stride=1)
    yield change("use_dilation", spec, path, dilation=1)
    yield removal(spec, path)


def branch_mends(spec: NetworkSpec, path: Path) -> Iterator[Mend]:
    """A block whose branches do not meet: keep the size inside, or give up the layer that changes it, or the block."""
    block = layer_at(spec, path)
    if not isinstance(block, ResidualLayer):
        return
    padded = tuple(
        replace(layer, padding="same") if isinstance(layer, Windowed | PoolLayer) else layer for layer in block.layers
    )
    yield Mend("use_padding_inside", {"place": place(path)}, replaced(spec, path, replace(block, layers=padded)))
    for index, layer in enumerate(block.layers):
        if isinstance(layer, FlattenLayer | GlobalPoolLayer | PoolLayer | ZeroPaddingLayer | TransposedLayer):
            yield removal(spec, (*path, index))
    opened = removed(spec, path)
    for layer in reversed(block.layers):
        opened = inserted(opened, path, layer)
    yield Mend("open_block", {"place": place(path)}, opened)
    yield removal(spec, path)


def size_mends(spec: NetworkSpec, path: Path) -> Iterator[Mend]:
    """A layer with too many parameters or too large a map: fewer numbers in, or fewer out."""
    layer, around = layer_at(spec, path), siblings(spec, path)
    for before in range(path[-1] - 1, -1, -1):
        if around[before].on and isinstance(around[before], FlattenLayer):
            flat = (*path[:-1], before)
            yield Mend("use_global_pool", {"place": place(flat)}, replaced(spec, flat, GlobalPoolLayer()))
            yield from insertion("insert_pool", spec, flat, PoolLayer(4, 4))
            break
    name = "units" if isinstance(layer, DenseLayer) else "filters" if isinstance(layer, Filtered) else ""
    count = getattr(layer, name, 1) // 2
    while count >= 1:
        yield change(f"use_{name}", spec, path, **{name: count})
        count //= 2
    if isinstance(layer, Windowed) and not isinstance(layer, TransposedLayer):
        yield change("use_stride", spec, path, stride=2)
    yield from other_input(spec, 0.5)
    yield removal(spec, path)


MENDS: Mapping[str, Callable[[NetworkSpec, Path], Iterator[Mend]]] = {
    "layer_window_too_large": window_mends,
    "layer_needs_maps": map_mends,
    "layer_stride_with_dilation": dilation_mends,
    "branches_differ": branch_mends,
    "too_many_parameters": size_mends,
    "map_too_large": size_mends,
}
"""Error code -> the changes to try."""
