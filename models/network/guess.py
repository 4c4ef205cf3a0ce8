"""What numbers a network of unknown origin probably takes, and why one may think so. Imports Keras."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from models.network.graph import Graph
from models.network.run import runner
from models.specs.preprocessing import PreprocessingSpec

CAFFE = {"value_range": "caffe", "channel_order": "bgr"}
FAMILIES: dict[str, dict[str, str]] = {
    "mobilenetv3": {"value_range": "bytes"},
    "mobilenet": {"value_range": "signed"},
    "inception": {"value_range": "signed"},
    "xception": {"value_range": "signed"},
    "nasnet": {"value_range": "signed"},
    "efficientnet": {"value_range": "bytes"},
    "convnext": {"value_range": "bytes"},
    "densenet": {"value_range": "imagenet"},
    "resnet50v2": {"value_range": "signed"},
    "resnet101v2": {"value_range": "signed"},
    "resnet152v2": {"value_range": "signed"},
    "resnet": CAFFE,
    "vgg": CAFFE,
}
"""Beginning of a network's name in `keras.applications` -> what it was trained with; longer beginnings first."""

DIGIT_SIDES = (28, 32)
LOOKED_AT = 4


def guess(model: keras.Model) -> tuple[PreprocessingSpec, str, str]:
    """(preprocessing, reason, detail): the reason is a name in the words, the detail the layer or family that gives it away."""
    network = runner(model).network
    numbers, reason, detail = _numbers(model.name, network)
    size = network.shape[:2]
    grey = len(network.shape) == 2 or network.shape[2] == 1
    if grey and size[0] == size[1] and size[0] in DIGIT_SIDES:
        return PreprocessingSpec(fit="centre", ground="dark", **numbers), reason, detail
    return PreprocessingSpec(**numbers), reason, detail


def _numbers(name: str, network: Graph) -> tuple[dict[str, str], str, str]:
    layers = [step.layer for step in network.steps[:LOOKED_AT]]
    found = _first_layers(layers)
    if found:
        return found
    names = [name, *(path for step in network.steps for path in step.path[:-1])]
    for family, numbers in FAMILIES.items():
        known = next((known for known in names if known.lower().replace("_", "").startswith(family)), "")
        if known:
            return numbers, "family", known
    return {"value_range": "unit"}, "usual", ""


def _first_layers(layers: Sequence[Any]) -> tuple[dict[str, str], str, str] | None:
    for layer in layers:
        match type(layer).__name__:
            case "Rescaling":
                small = float(np.max(np.abs(np.asarray(layer.scale)))) < 0.1
                return {"value_range": "bytes" if small else "unit"}, "rescaling", layer.name
            case "Normalization" if getattr(layer, "mean", None) is not None:
                large = float(np.max(np.abs(np.asarray(layer.mean)))) > 2
                return {"value_range": "bytes" if large else "unit"}, "normalization", layer.name
            case "BatchNormalization":
                large = float(np.max(np.abs(np.asarray(layer.moving_mean)))) > 2
                return ({"value_range": "bytes"}, "batch_norm", layer.name) if large else None
            case "Conv2D" | "Dense" | "DepthwiseConv2D" | "SeparableConv2D":
                return None
    return None
