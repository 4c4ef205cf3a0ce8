"""Seeded random networks that work: every kind of layer, branches, layers switched off, non-square pictures."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from models.hyperparameters import Choice, Flag, Integer, Number, declared
from models.network import LAYERS
from models.network.shapes import walk_until_failure
from models.specs.layers import Windowed
from models.specs.network import Layer, NetworkSpec, PoolLayer, ResidualLayer

HIGHEST = {"filters": 6, "units": 9, "kernel_size": 5, "stride": 3, "size": 3, "dilation": 3, "multiplier": 3, "amount": 3}
MAP_KINDS = [kind for kind in LAYERS.values() if kind.name not in ("flatten", "global_pool", "dense")]
ROW_KINDS = [LAYERS[name] for name in ("dense", "activation", "dropout", "batch_norm", "flatten")]

EVERY_KIND = (
    "zero_padding 1 | conv 6 k3x5 same relu | batch_norm momentum=0.9 epsilon=0.01 "
    "| residual(conv 6 same he_normal | depthwise k3 same | dropout 0.3) | residual(separable 8 k3 s2 same m2 l2=0.01) silu "
    "| activation leaky_relu | transposed 4 k3 s2 same tanh | pool 2 | pool 3 s2 same average | conv 3 k1 off | flatten "
    "| dense 7 elu no_bias lecun_normal | dropout 0.5 | dense 3 softmax"
)
"""Every kind of layer but global pooling, for pictures like 15x17x3."""


def networks(count: int, seed: int = 0) -> Iterator[NetworkSpec]:
    """`count` networks of 1 to 9 layers."""
    draw = random.Random(seed)
    for _ in range(count):
        spec = NetworkSpec((draw.randint(7, 23), draw.randint(7, 23), draw.choice((1, 3))))
        for _ in range(draw.randint(1, 7)):
            spec = grown(spec, MAP_KINDS, draw)
        if draw.random() < 0.6:
            spec = grown(spec, [LAYERS["flatten"], LAYERS["global_pool"]], draw)
            spec = grown(grown(spec, ROW_KINDS, draw), [LAYERS["dense"]], draw)
        yield spec


def grown(spec: NetworkSpec, kinds: list[type[Layer]], draw: random.Random) -> NetworkSpec:
    """`spec` with one more layer that works and leaves a small map."""
    for _ in range(50):
        longer = replace(spec, layers=(*spec.layers, random_layer(draw.choice(kinds), draw)))
        rows, error = walk_until_failure(longer)
        if not error and max(size or 0 for size in rows[-1].output_shape[1:3]) < 1500:
            return longer
    return spec


def random_layer(kind: type[Layer], draw: random.Random, depth: int = 0) -> Layer:
    """A layer with every hyperparameter drawn; sometimes switched off."""
    values: dict[str, Any] = {name: random_value(name, declared(kind)[name], draw) for name in declared(kind)}
    values["on"] = draw.random() < 0.95
    if values.get("stride", 1) > 1 and "dilation" in values:
        values["dilation"] = 1
    if kind is ResidualLayer:
        inner = [kind for kind in MAP_KINDS if depth < 1 or kind is not ResidualLayer]
        values["layers"] = tuple(same(random_layer(draw.choice(inner), draw, depth + 1)) for _ in range(draw.randint(0, 3)))
    return kind(**values)


def same(layer: Layer) -> Layer:
    """A layer that keeps the size of its map, so that branches mostly meet."""
    return replace(layer, padding="same") if isinstance(layer, Windowed | PoolLayer) else layer


def random_value(name: str, hyperparameter: Any, draw: random.Random) -> Any:
    """An allowed value, small enough for a small picture."""
    match hyperparameter:
        case Integer(low, high):
            value = draw.randint(low, min(high, HIGHEST.get(name, high)))
            return (value, draw.randint(low, 5)) if name == "kernel_size" and draw.random() < 0.4 else value
        case Number(low, high, step):
            return draw.choice((low, round(draw.uniform(low, high), 4), step))
        case Choice(options):
            # Keras warns about softmax over a single unit; the tests of remarks are about that.
            return draw.choice([option for option in options if option != "softmax"])
        case Flag():
            return draw.random() < 0.7
    raise TypeError(name)
