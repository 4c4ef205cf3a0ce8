"""Where on the picture the maps of every layer lie, and how those of a moved picture are laid back."""

from collections.abc import Mapping
from functools import reduce
from typing import NamedTuple
from weakref import WeakKeyDictionary

import keras
import numpy as np
from numpy.typing import NDArray

from models.arrays import FeatureMaps
from models.network.graph import PICTURE
from models.network.likeness import changed
from models.network.picture_moves import Grid, Move, moved_back
from models.network.receptive_field import ReceptiveField, own_pixel
from models.network.run import runner
from models.network.sight import windows
from models.network.sizes import shapes

_known: WeakKeyDictionary[keras.Model, dict[tuple[int, ...], Mapping[int, Grid]]] = WeakKeyDictionary()


def grids(model: keras.Model, picture: tuple[int, ...]) -> Mapping[int, Grid]:
    """Place of a layer -> where on a picture of this shape the pixels of its maps lie; kept as long as the model is.

    Layers whose units see all of the picture, and those that write rows of numbers, are left out.
    """
    known = _known.setdefault(model, {})
    if picture not in known:
        known[picture] = _grids(model, picture)
    return known[picture]


def _grids(model: keras.Model, picture: tuple[int, ...]) -> Mapping[int, Grid]:
    network = runner(model).network
    sizes = shapes(network, picture)
    fields: dict[int, ReceptiveField] = {PICTURE: own_pixel((picture[0], picture[1]))}
    for index, step in enumerate(network.steps):
        inside = picture if step.sources[0] == PICTURE else sizes[step.sources[0]]
        joined = reduce(ReceptiveField.joined, (fields[source] for source in step.sources))
        fields[index] = joined.through(windows(step.layer, inside, sizes[index]))
    found = {}
    for index, field in fields.items():
        steps = tuple(float(step) for step in field.stride)
        if index != PICTURE and len(sizes[index]) >= 2 and min(steps) > 0:
            middle = [float(start) + (float(size) - 1) / 2 for start, size in zip(field.start, field.size, strict=True)]
            found[index] = Grid((middle[0], middle[1]), (steps[0], steps[1]))
    return found


class Back(NamedTuple):
    """How maps of a moved picture are laid back: without a grid they have no places."""

    move: Move
    grid: Grid | None
    picture: tuple[int, ...]

    def left(self, before: FeatureMaps, after: FeatureMaps) -> float | None:
        """How much still differs, of the pixels that have not left the map."""
        if not self.grid or before.ndim != 3:
            return None
        back, inside = moved_back(after, self.grid, self.move, (self.picture[0], self.picture[1]))
        return changed(before[inside], back[inside]) if inside.any() else None

    def laid(self, after: FeatureMaps) -> tuple[FeatureMaps, NDArray[np.bool_] | None]:
        """The maps laid back, and (height, width): where they are known, zero elsewhere; a row of numbers as it is."""
        if not self.grid or after.ndim != 3:
            return after, None
        back, inside = moved_back(after, self.grid, self.move, (self.picture[0], self.picture[1]))
        return np.where(inside[..., None], back, np.float32(0)), inside

    def shift(self) -> tuple[float, float] | None:
        """How far the maps move, in their own pixels."""
        if not self.grid:
            return None
        down, right = self.grid.steps
        return self.move.down / down, self.move.right / right
