"""What is told of one place of one map: what it sees of the picture, what it uses of it, where it came from."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from models.arrays import Array, ImageArray
from models.network.graph import PICTURE
from models.network.inventory import function_name
from models.network.place_values import CameFrom, Pair, PlaceStory, Softmax
from models.network.planes import plane, planes, within
from models.network.sight import Box, footprint, seen_box
from models.network.unit_seen import SAME_ORDER, Seen, seen
from models.network.unit_steps import MADE, moved

CORE = 0.9
MOST_CAME_FROM = 16
MOST_UNITS = 10


def place_story(model: keras.Model, layer: str, map: int, row: int, col: int, image: ImageArray) -> PlaceStory:
    """What one place (row, col) of a map sees of `image`, and which terms only this place has.

    Args: as `models.network.unit.unit_story`; a negative row or col is the middle, one beyond the last is the last.

    Raises:
        ValueError: for an unknown layer, and an image of another size.
    """
    look = seen(model, layer, image)
    number = min(max(map, 0), planes(look.after.shape) - 1)
    shown = plane(look.after, number)
    place = within(row, shown.shape[0]), within(col, shown.shape[1])
    box = field(model, look, number, place, image)
    strength = used(model, look, number, place, image)
    return PlaceStory(
        place=place,
        value=float(shown[place]),
        field=box,
        size=(box[0][1] - box[0][0] + 1, box[1][1] - box[1][0] + 1) if box else (image.shape[0], image.shape[1]),
        footprint=strength,
        moving=int(np.count_nonzero(strength)),
        core=core(strength),
        inside=inside(box, (image.shape[0], image.shape[1])),
        softmax=softmax(look, number, place),
        came_from=came_from(look, number, place),
    )


def used(model: keras.Model, look: Seen, number: int, place: Pair, image: ImageArray) -> Array:
    """How strongly each pixel of `image` moves the number, (height, width), 0 to 1."""
    axes = look.after.ndim
    if axes > 3:
        return np.zeros(image.shape[:2], np.float32)
    unit: Any = {1: None, 2: place[:1]}.get(axes, place)
    return footprint(model, look.step.name, place[1] if axes == 2 else number, unit, image)


def field(model: keras.Model, look: Seen, number: int, place: Pair, image: ImageArray) -> Box | None:
    """What the unit sees, ((top, bottom), (left, right)); a flattened number sees what it saw on its map."""
    picture = (image.shape[0], image.shape[1])
    if look.after.ndim == 3:
        return seen_box(model, look.step.name, place, picture)
    found = look.maps_behind() if look.kind in SAME_ORDER else None
    if look.after.ndim != 1 or found in (None, PICTURE) or look.values[found].ndim != 3:
        return None
    row, col, _ = np.unravel_index(number, look.values[found].shape)
    return seen_box(model, look.name(found), (int(row), int(col)), picture)


def inside(box: Box | None, picture: Pair) -> int:
    """How many pixels of the picture lie in the box."""
    if box is None:
        return picture[0] * picture[1]
    sides = (max(0, min(high, size - 1) - max(low, 0) + 1) for (low, high), size in zip(box, picture, strict=True))
    return int(np.prod(list(sides)))


def core(strength: Array) -> int:
    """The fewest pixels that hold nine tenths of all that moves the unit."""
    if not strength.any():
        return 0
    mass = np.cumsum(np.sort(strength.ravel().astype(np.float64))[::-1])
    return int(np.searchsorted(mass, CORE * mass[-1] * (1 - 1e-9)) + 1)


def softmax(look: Seen, number: int, place: Pair) -> Softmax | None:
    """All numbers of the place against each other, where the layer's function is softmax over its maps or units."""
    if function_name(look.layer) != "softmax" or getattr(look.layer, "axis", -1) not in (-1, look.after.ndim):
        return None
    before = look.given if look.before is None else look.before
    if before.ndim not in (1, 3):
        return None
    numbers = (before if before.ndim == 1 else before[place]).astype(np.float64)
    powers = np.exp(numbers - numbers.max())
    order = np.argsort(-numbers, kind="stable")
    units = [int(unit) for unit in order[:MOST_UNITS]]
    if number not in units:
        units[-1] = number
    total = float(powers.sum())
    return Softmax(
        units=tuple(units),
        numbers=tuple(float(numbers[unit]) for unit in units),
        powers=tuple(float(powers[unit]) for unit in units),
        rest=max(total - float(powers[units].sum()), 0.0) if len(numbers) > len(units) else 0.0,
        others=len(numbers) - len(units),
        total=total,
        largest=float(numbers.max()),
        probabilities=tuple(float(powers[unit] / total) for unit in units),
    )


def came_from(look: Seen, number: int, place: Pair) -> tuple[CameFrom, ...] | None:
    """The numbers that a layer which moves numbers made this one of, the largest share first; none: it is padding."""
    if MADE.get(look.kind) is not moved:
        return None
    given = tf.convert_to_tensor(look.given[None])
    with tf.GradientTape() as tape:
        tape.watch(given)
        value = look.step.run([given])[(0, *_index(look.after.ndim, number, place))]
    slope = tape.gradient(value, given)
    if slope is None:
        return ()
    factors = np.asarray(slope)[0]
    found = np.flatnonzero(factors)
    found = found[np.argsort(-np.abs(factors.ravel()[found]), kind="stable")][:MOST_CAME_FROM]
    places = zip(*np.unravel_index(found, factors.shape), strict=True)
    return tuple(CameFrom(tuple(int(at) for at in index), float(look.given[index]), float(factors[index])) for index in places)


def _index(axes: int, number: int, place: Pair) -> tuple[int, ...]:
    return {1: (number,), 2: place}.get(axes, (*place, number))
