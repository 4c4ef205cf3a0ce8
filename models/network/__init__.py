"""Networks: their notation, their numbers, their Keras model, their programs. What is imported here needs no Keras."""

from dataclasses import dataclass
from typing import get_args

from models.specs.network import Layer, LayerSpec

LAYERS: dict[str, type[Layer]] = {layer.name: layer for layer in get_args(LayerSpec)}
"""Notation name -> kind of layer."""


@dataclass(frozen=True)
class Preset:
    """A network to start from: its picture ("28x28x1") and its layers, as `models.network.notation` reads them."""

    input: str
    layers: str


PRESETS: dict[str, Preset] = {
    "digits": Preset(
        "28x28x1",
        "conv 32 k3 same relu | pool 2 | conv 64 k3 same relu | pool 2 | flatten | dense 100 relu | dropout 0.4 "
        "| dense 10 softmax",
    ),
    "cifar": Preset(
        "32x32x3",
        "conv 64 k3 same relu | conv 64 k3 same relu | pool 2 | dropout 0.25 "
        "| conv 128 k3 same relu | conv 128 k3 same relu | pool 2 | dropout 0.25 "
        "| flatten | dense 1024 relu | dense 1024 relu | dense 10 softmax",
    ),
    "tiny_vgg": Preset(
        "64x64x3",
        "conv 10 k3 relu | conv 10 k3 relu | pool 2 | conv 10 k3 relu | conv 10 k3 relu | pool 2 | flatten | dense 10 softmax",
    ),
    "lenet5": Preset(
        "32x32x1",
        "conv 6 k5 tanh | pool 2 average | conv 16 k5 tanh | pool 2 average | conv 120 k5 tanh | flatten | dense 84 tanh "
        "| dense 10 softmax",
    ),
    "flowers": Preset(
        "180x180x3",
        "conv 16 k3 same relu | pool 2 | conv 32 k3 same relu | pool 2 | conv 64 k3 same relu | pool 2 | flatten "
        "| dense 128 relu | dense 5",
    ),
    "cells": Preset(
        "64x64x3",
        "conv 16 k3 relu | pool 2 | conv 32 k3 relu | pool 2 | conv 64 k3 relu | pool 2 | flatten | dense 64 relu "
        "| dropout 0.5 | dense 1 sigmoid",
    ),
    "residual": Preset(
        "32x32x3",
        "conv 16 k3 same no_bias | batch_norm | activation relu "
        "| residual(conv 16 k3 same no_bias | batch_norm | activation relu | conv 16 k3 same no_bias | batch_norm) "
        "| residual(conv 32 k3 s2 same no_bias | batch_norm | activation relu | conv 32 k3 same no_bias | batch_norm) "
        "| residual(conv 64 k3 s2 same no_bias | batch_norm | activation relu | conv 64 k3 same no_bias | batch_norm) "
        "| global_pool average | dense 10 softmax",
    ),
    "batch_norm": Preset(
        "28x28x1",
        "conv 16 k5 s2 no_bias | batch_norm momentum=0.9 | activation relu | conv 32 k3 no_bias | batch_norm momentum=0.9 "
        "| activation relu | conv 64 k3 s2 no_bias | batch_norm momentum=0.9 | activation relu | flatten | dense 10 softmax",
    ),
    "global_average": Preset(
        "32x32x3",
        "conv 32 k3 same relu | pool 2 | conv 64 k3 same relu | pool 2 | conv 128 k3 same relu | global_pool average "
        "| dense 10 softmax",
    ),
    "vgg16": Preset(
        "224x224x3",
        "conv 64 k3 same relu | conv 64 k3 same relu | pool 2 | conv 128 k3 same relu | conv 128 k3 same relu | pool 2 "
        "| conv 256 k3 same relu | conv 256 k3 same relu | conv 256 k3 same relu | pool 2 "
        "| conv 512 k3 same relu | conv 512 k3 same relu | conv 512 k3 same relu | pool 2 "
        "| conv 512 k3 same relu | conv 512 k3 same relu | conv 512 k3 same relu | pool 2 "
        "| flatten | dense 4096 relu | dense 4096 relu | dense 1000 softmax",
    ),
}
"""Name -> network to start from; the words tell where each comes from."""
