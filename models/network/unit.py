"""How one map of one layer came about: the story behind every "look inside" panel. The model is never changed."""

from typing import Any

import keras
import numpy as np

from models.arrays import Array, ImageArray
from models.network.inventory import FUNCTIONS, function_name
from models.network.planes import plane, planes
from models.network.unit_seen import Seen, seen
from models.network.unit_steps import MADE, other
from models.network.unit_sums import summed, unit_sum
from models.network.unit_values import Bent, Function, Made, Story, Summed, UnitSum

ACROSS = frozenset(("softmax", "log_softmax", "sparsemax"))
"""Activation functions in which all maps of a place matter to each."""

CURVE_POINTS = 241
LEAST_REACH = 4.0


def unit_story(model: keras.Model, layer: str, map: int, image: ImageArray, shown: int = 6) -> Story:
    """How the map number `map` of a layer came about, for `image`, in terms that add up.

    Args:
        model: a Sequential or Functional model, also with others in it.
        layer: its name, as in `models.network.inspect.activation_maps`.
        map: from 0; beyond the last it is the last. Of a row of units it is the unit.
        image: (height, width, channels) of the size that the model takes, prepared as it wants it.
        shown: how many input maps stand apart, 1 or more; the others are summed.

    Raises:
        ValueError: for an unknown layer, and an image of another size.
    """
    look = seen(model, layer, image)
    number = min(max(map, 0), planes(look.after.shape) - 1)
    made = made_of(look, number, max(shown, 1))
    return Story(look.step.name, look.kind, look.after.shape, number, made, bent(look, made, number))


def made_of(look: Seen, number: int, shown: int) -> Made:
    """How the map, before its activation function, came about."""
    if look.before is not None and look.before.ndim == look.given.ndim == 3:
        return summed(look, number, shown)
    if look.before is not None and look.before.ndim == look.given.ndim == 1:
        return unit_sum(look, number, shown)
    return MADE.get(look.kind, other)(look, number)


def bent(look: Seen, made: Made, number: int) -> Bent | None:
    """What the layer's activation function made of the map; None where it has none."""
    name = function_name(look.layer)
    if not name or not isinstance(made, Summed | UnitSum | Function):
        return None
    across = name in ACROSS
    before = plane(look.given if look.before is None else look.before, number)
    return Bent(name, plane(look.after, number), None if across else curve(look.layer, before, number), across)


def curve(layer: Any, values: Array, number: int) -> Array | None:
    """Points (x, f(x)), (points, 2), a little beyond all of `values`; None where each place has a function of its own."""
    reach = max(float(np.abs(values).max()) * 1.15, LEAST_REACH)
    x = np.linspace(-reach, reach, CURVE_POINTS, dtype=np.float32)
    if type(layer).__name__ == "PReLU":
        alpha = np.asarray(layer.alpha)
        if alpha[..., 0].size > 1:
            return None
        y = np.where(x > 0, x, x * alpha.reshape(-1)[number])
    else:
        y = np.asarray(layer.call(x) if type(layer).__name__ in FUNCTIONS else layer.activation(x))
    return np.stack([x, y], axis=-1).astype(np.float32)
