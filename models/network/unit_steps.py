"""How one map came about in layers without weighted sums: pooling, normalisation, merging, moving, passing on."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array
from models.network.planes import plane, planes
from models.network.unit_seen import Seen
from models.network.unit_sums import padded, pair
from models.network.unit_values import Function, Made, Merged, Moved, Normalised, Other, Passed, Pooled, Scaled, Walk


def pooled(look: Seen, number: int) -> Made:
    """One map by max or average pooling."""
    layer, values = look.layer, plane(look.given, number)
    kind = "max" if "Max" in look.kind else "average"
    if look.kind.startswith("Global"):
        walk = Walk(pair(values.shape))
        return Pooled(look.source(number), kind, values, look.after[..., number].reshape(1, 1), walk, whole=True)
    before = padded(values.shape, layer.pool_size, layer.strides, layer.padding)
    walk = Walk(pair(layer.pool_size), pair(layer.strides), before=before)
    return Pooled(look.source(number), kind, values, plane(look.after, number), walk, whole=False)


class Moments(NamedTuple):
    """Mean and variance: one number each for all places, or one for each place."""

    mean: Array
    variance: Array
    learnt: bool


def batch_normalised(look: Seen, number: int) -> Made:
    """By the mean and the variance of the training."""
    layer = look.layer
    if layer.axis not in (-1, look.given.ndim):
        return other(look, number)
    moments = Moments(_everywhere(layer.moving_mean[number]), _everywhere(layer.moving_variance[number]), True)
    return _normalised(look, number, moments)


def standardised(look: Seen, number: int) -> Made:
    """A Normalization layer: by the mean and the variance that it was given or adapted to."""
    mean, variance = (np.asarray(values).reshape(-1) for values in (look.layer.mean, look.layer.variance))
    if look.layer.invert or len(mean) not in (1, look.given.shape[-1]):
        return other(look, number)
    at = number if len(mean) > 1 else 0
    return _normalised(look, number, Moments(_everywhere(mean[at]), _everywhere(variance[at]), True))


def layer_normalised(look: Seen, number: int) -> Made:
    """By the mean and the variance of this picture's own numbers, over all maps of a place."""
    given = look.given
    if tuple(np.atleast_1d(look.layer.axis)) not in ((-1,), (given.ndim,)):
        return other(look, number)
    mean, variance = given.mean(axis=-1, dtype=np.float64), given.var(axis=-1, dtype=np.float64)
    return _normalised(look, number, Moments(_places(mean), _places(variance), False))


def group_normalised(look: Seen, number: int) -> Made:
    """By the mean and the variance of this picture's own numbers in a group of maps."""
    layer, given = look.layer, look.given
    if layer.axis not in (-1, given.ndim):
        return other(look, number)
    size = given.shape[-1] // (layer.groups if layer.groups != -1 else given.shape[-1])
    group = given[..., number // size * size : (number // size + 1) * size].astype(np.float64)
    return _normalised(look, number, Moments(_everywhere(group.mean()), _everywhere(group.var()), False))


def _normalised(look: Seen, number: int, moments: Moments) -> Normalised:
    layer = look.layer
    return Normalised(
        source=look.source(number),
        values=plane(look.given, number),
        normalised=plane(look.after, number),
        mean=moments.mean,
        variance=moments.variance,
        epsilon=float(getattr(layer, "epsilon", 0.0)),
        gamma=float(layer.gamma[number]) if getattr(layer, "scale", False) else 1.0,
        beta=float(layer.beta[number]) if getattr(layer, "center", False) else 0.0,
        learnt=moments.learnt,
    )


def _everywhere(value: Any) -> Array:
    return np.full((1, 1), float(value), np.float32)


def _places(values: NDArray[np.float64]) -> Array:
    single = values.astype(np.float32)
    return single.reshape(values.shape[0], -1) if values.ndim else single.reshape(1, 1)


def scaled(look: Seen, number: int) -> Made:
    """Times a factor, plus a summand."""
    factors = np.broadcast_to(np.asarray(look.layer.scale, np.float32), look.given.shape[-1:])
    summands = np.broadcast_to(np.asarray(look.layer.offset, np.float32), look.given.shape[-1:])
    at = number if look.given.ndim != 2 else 0
    values, result = plane(look.given, number), plane(look.after, number)
    return Scaled(look.source(number), values, result, float(factors[at]), float(summands[at]))


def merged(look: Seen, number: int) -> Made:
    """Place by place from several."""
    result = plane(look.after, number)
    sources, values = [], []
    for place, index in enumerate(look.step.sources):
        given = look.values[index]
        own = number if planes(given.shape) > number else 0
        sources.append(look.source(own, place))
        values.append(np.broadcast_to(plane(given, own), result.shape))
    if len(sources) < 2:
        return other(look, number)
    return Merged(tuple(sources), look.kind.lower(), np.stack(values, axis=-1), result)


def joined(look: Seen, number: int) -> Made:
    """Side by side: every map is one of those that came in."""
    axis = getattr(look.layer, "axis", -1)
    if axis not in (-1, look.after.ndim):
        return other(look, number)
    for place, index in enumerate(look.step.sources):
        count = look.values[index].shape[-1]
        if number < count:
            return Passed(look.source(number, place), "joined", plane(look.values[index], number))
        number -= count
    raise ValueError(f"number: expected a map of {look.step.name!r}; received one beyond the last")


def passed(kind: str) -> Callable[[Seen, int], Made]:
    """As it came in; some layers work in training alone."""
    return lambda look, number: Passed(look.source(number), kind, plane(look.given, number))


def function(look: Seen, number: int) -> Made:
    """Bent by an activation function."""
    return Function(look.source(number), plane(look.given, number))


def moved(look: Seen, number: int) -> Made:
    """From other places; the source is the map of the same number where there is one."""
    given, own = look.given, number
    if look.after.ndim == 1 and given.ndim == 3:
        own = int(np.unravel_index(number, given.shape)[-1])
    own = min(own, planes(given.shape) - 1)
    return Moved(look.source(own), plane(given, own), plane(look.after, number))


def other(look: Seen, number: int) -> Made:
    """Anything else: what came in at the same places, and what came out."""
    written = plane(look.after, number)
    alike = look.given.shape == look.after.shape
    values = plane(look.given, number) if alike else None
    return Other(look.source(number) if alike else None, values, written)


MADE: Mapping[str, Callable[[Seen, int], Made]] = {
    **dict.fromkeys(("MaxPooling2D", "AveragePooling2D", "GlobalMaxPooling2D", "GlobalAveragePooling2D"), pooled),
    "BatchNormalization": batch_normalised,
    "Normalization": standardised,
    "LayerNormalization": layer_normalised,
    "GroupNormalization": group_normalised,
    "Rescaling": scaled,
    **dict.fromkeys(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"), merged),
    "Concatenate": joined,
    **dict.fromkeys(
        (
            "ActivityRegularization",
            "AlphaDropout",
            "Dropout",
            "GaussianDropout",
            "GaussianNoise",
            "RandomBrightness",
            "RandomContrast",
            "RandomFlip",
            "RandomRotation",
            "RandomTranslation",
            "RandomZoom",
            "SpatialDropout2D",
        ),
        passed("training"),
    ),
    "Identity": passed("same"),
    **dict.fromkeys(("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax"), function),
    **dict.fromkeys(
        (
            "CenterCrop",
            "Cropping2D",
            "Flatten",
            "Permute",
            "Reshape",
            "Resizing",
            "UpSampling2D",
            "ZeroPadding2D",
        ),
        moved,
    ),
}
"""Class in `keras.layers` -> how one of its maps came about."""
