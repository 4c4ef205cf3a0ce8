"""The layers that a file may hold, and which of their arguments are read how. What does not stand here is not taken."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from models.network.keras_file.values import (
    CONSTRAINTS,
    INITIALIZERS,
    REGULARIZERS,
    NotBuiltInError,
    Reader,
    either,
    flag,
    many,
    member,
    named,
    numbers,
    one_of,
    optional,
    pair,
    plain,
    real,
    whole,
)

FUNCTIONS = frozenset(
    (
        "celu",
        "elu",
        "exponential",
        "gelu",
        "hard_shrink",
        "hard_sigmoid",
        "hard_silu",
        "hard_swish",
        "hard_tanh",
        "leaky_relu",
        "linear",
        "log_sigmoid",
        "log_softmax",
        "mish",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "silu",
        "soft_shrink",
        "softmax",
        "softplus",
        "softsign",
        "sparse_plus",
        "sparse_sigmoid",
        "sparsemax",
        "squareplus",
        "swish",
        "tanh",
        "tanh_shrink",
    )
)
"""Activation functions of `keras.activations`, by name."""

LARGEST_WINDOW = 256
LARGEST_COUNT = 65_536


class LayerAsFunction(NamedTuple):
    """A layer that stands where an activation function is asked for."""

    kind: str
    arguments: Mapping[str, Any]


def activation(value: Any) -> str | LayerAsFunction | None:
    """The name of an activation function, or a layer that is one."""
    if isinstance(value, dict):
        config = member("keras.layers", FUNCTION_LAYERS)(value)
        kind = value["class_name"]
        return LayerAsFunction(kind, {field: reader(config[field]) for field, reader in KINDS[kind].items() if field in config})
    if value is not None and (not isinstance(value, str) or value not in FUNCTIONS):
        raise NotBuiltInError(value)
    return value


count = whole(1, LARGEST_COUNT)
window = pair(1, LARGEST_WINDOW)
padding = one_of("valid", "same")
share = real(0.0, 1.0)
axis = whole(-4, 4)
axes = either(axis, many(axis, 1, 4))
amount = whole(0, 1024)
amounts = either(amount, many(either(amount, many(amount, 2, 2)), 2, 2))

_walk = {"strides": window, "padding": padding, "dilation_rate": window}
_sum = {"activation": activation, "use_bias": flag}
_pool = {"pool_size": window, "strides": optional(window), "padding": padding}
_scaled = {"epsilon": real(0.0, 1e3), "center": flag, "scale": flag}
_moved = {"fill_mode": plain, "interpolation": plain, "fill_value": plain}

KINDS: Mapping[str, Mapping[str, Reader]] = {
    "Conv2D": {"filters": count, "kernel_size": window, "groups": count, **_walk, **_sum},
    "Conv2DTranspose": {"filters": count, "kernel_size": window, "output_padding": optional(pair(0, 255)), **_walk, **_sum},
    "DepthwiseConv2D": {"kernel_size": window, "depth_multiplier": count, **_walk, **_sum},
    "SeparableConv2D": {"filters": count, "kernel_size": window, "depth_multiplier": count, **_walk, **_sum},
    "Dense": {"units": count, **_sum},
    "MaxPooling2D": _pool,
    "AveragePooling2D": _pool,
    "GlobalMaxPooling2D": {"keepdims": flag},
    "GlobalAveragePooling2D": {"keepdims": flag},
    "BatchNormalization": {"axis": axes, "momentum": share, **_scaled},
    "LayerNormalization": {"axis": axes, **_scaled},
    "GroupNormalization": {"groups": whole(-1, LARGEST_COUNT), "axis": axis, **_scaled},
    "UnitNormalization": {"axis": axes},
    "Normalization": {"axis": optional(axes), "mean": optional(numbers), "variance": optional(numbers), "invert": flag},
    "Rescaling": {"scale": numbers, "offset": numbers},
    "Activation": {"activation": activation},
    "ReLU": {"max_value": optional(real(0, 1e9)), "negative_slope": real(0, 1e9), "threshold": real(0, 1e9)},
    "LeakyReLU": {"negative_slope": real(0, 1e9)},
    "ELU": {"alpha": real(-1e9, 1e9)},
    "PReLU": {"shared_axes": optional(axes)},
    "Softmax": {"axis": axes},
    "Dropout": {"rate": share},
    "SpatialDropout2D": {"rate": share},
    "GaussianDropout": {"rate": share},
    "AlphaDropout": {"rate": share},
    "GaussianNoise": {"stddev": real(0, 1e9)},
    "ActivityRegularization": {},
    "Identity": {},
    "ZeroPadding2D": {"padding": amounts},
    "Cropping2D": {"cropping": amounts},
    "UpSampling2D": {"size": window, "interpolation": one_of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")},
    "Resizing": {
        "height": whole(1, 1024),
        "width": whole(1, 1024),
        "interpolation": one_of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"),
        "crop_to_aspect_ratio": flag,
        "pad_to_aspect_ratio": flag,
        "antialias": flag,
        "fill_mode": plain,
        "fill_value": plain,
    },
    "CenterCrop": {"height": whole(1, 1024), "width": whole(1, 1024)},
    "RandomFlip": {"mode": plain},
    "RandomRotation": {"factor": plain, **_moved},
    "RandomZoom": {"height_factor": plain, "width_factor": plain, **_moved},
    "RandomTranslation": {"height_factor": plain, "width_factor": plain, **_moved},
    "RandomContrast": {"factor": plain, "value_range": plain},
    "RandomBrightness": {"factor": plain, "value_range": plain},
    "Flatten": {},
    "Reshape": {"target_shape": many(whole(-1, 10**9), 1, 5)},
    "Permute": {"dims": many(whole(1, 5), 1, 5)},
    "Add": {},
    "Subtract": {},
    "Multiply": {},
    "Average": {},
    "Maximum": {},
    "Minimum": {},
    "Concatenate": {"axis": axis},
}
"""Class in `keras.layers` -> argument -> reader."""

MERGING = frozenset(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"))
"""Layers that take several inputs."""

FUNCTION_LAYERS = frozenset(("ReLU", "LeakyReLU", "ELU", "Softmax", "Activation"))
"""Layers without weights that may stand in place of an activation function."""

READ_AND_DROPPED: Mapping[str, Reader] = {
    "seed": plain,
    "noise_shape": plain,
    "synchronized": flag,
    "renorm_momentum": share,
    "l1": real(0, 1e9),
    "l2": real(0, 1e9),
}
"""Arguments that change nothing in what an untrained or a trained network computes, or only where another is refused."""

FAMILIES: Mapping[str, Reader] = {
    "initializer": named("keras.initializers", INITIALIZERS),
    "regularizer": named("keras.regularizers", REGULARIZERS),
    "constraint": named("keras.constraints", CONSTRAINTS),
}
"""Last word of an argument's name -> reader; they matter in training alone, and are checked and dropped."""
