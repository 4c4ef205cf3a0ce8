"""Networks with one layer changed, removed or added; a layer is named by its path, as in `models.network.rows.LayerRow`."""

from collections.abc import Callable
from dataclasses import replace

from models.network.rows import Path
from models.specs.network import Layer, NetworkSpec, ResidualLayer

Layers = tuple[Layer, ...]


def layer_at(spec: NetworkSpec, path: Path) -> Layer:
    """The layer at `path`."""
    return siblings(spec, path)[path[-1]]


def siblings(spec: NetworkSpec, path: Path) -> Layers:
    """All layers of the network or block that the layer at `path` stands in."""
    layers = spec.layers
    for index in path[:-1]:
        block = layers[index]
        layers = block.layers if isinstance(block, ResidualLayer) else ()
    return layers


def replaced(spec: NetworkSpec, path: Path, layer: Layer) -> NetworkSpec:
    """`spec` with `layer` instead of the one at `path`."""
    return edited(spec, path, lambda layers, index: (*layers[:index], layer, *layers[index + 1 :]))


def removed(spec: NetworkSpec, path: Path) -> NetworkSpec:
    """`spec` without the layer at `path`."""
    return edited(spec, path, lambda layers, index: (*layers[:index], *layers[index + 1 :]))


def inserted(spec: NetworkSpec, path: Path, layer: Layer) -> NetworkSpec:
    """`spec` with `layer` before the one at `path`."""
    return edited(spec, path, lambda layers, index: (*layers[:index], layer, *layers[index:]))


def edited(spec: NetworkSpec, path: Path, change: Callable[[Layers, int], Layers]) -> NetworkSpec:
    """`spec` with `change` applied to the layers around `path` and the index there."""
    return replace(spec, layers=edited_layers(spec.layers, path, change))


def edited_layers(layers: Layers, path: Path, change: Callable[[Layers, int], Layers]) -> Layers:
    """`layers` with `change` applied at `path`."""
    index = path[0]
    if len(path) == 1:
        return change(layers, index)
    block = layers[index]
    if not isinstance(block, ResidualLayer):
        raise ValueError(f"path: expected a residual block at {index}; received {block.name}")
    inner = replace(block, layers=edited_layers(block.layers, path[1:], change))
    return (*layers[:index], inner, *layers[index + 1 :])
