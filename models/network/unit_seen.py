"""What goes into one step of a network and what comes out of it, for one picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from models.arrays import Array, ImageArray
from models.errors import LearnerError
from models.network.graph import PICTURE, Graph, Step
from models.network.run import Wanted, computed, runner
from models.network.sums import is_weighted
from models.network.unit_values import Source

SAME_ORDER = frozenset(
    (
        "ActivityRegularization",
        "AlphaDropout",
        "Dropout",
        "Flatten",
        "GaussianDropout",
        "GaussianNoise",
        "Identity",
        "Reshape",
        "SpatialDropout2D",
    )
)
"""Layers that hand numbers on as they are, in the same order."""


@dataclass(frozen=True)
class Seen:
    """One step of `network`: `values` holds what it and the steps that it takes from wrote, without the batch axis.

    Where a row of numbers was maps before (behind a Flatten), those maps are in `values` too. `before` is the weighted sum,
    None for a layer without one.
    """

    network: Graph
    index: int
    values: Mapping[int, Array]
    before: Array | None

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.network.steps[self.index]

    @property
    def layer(self) -> Any:
        """Its layer in Keras."""
        return self.step.layer

    @property
    def kind(self) -> str:
        """Its layer's class."""
        return type(self.layer).__name__

    @property
    def given(self) -> Array:
        """What comes in (first)."""
        return self.values[self.step.sources[0]]

    @property
    def after(self) -> Array:
        """What comes out."""
        return self.values[self.index]

    def source(self, number: int, place: int = 0) -> Source:
        """The map `number` of what comes in at `place`."""
        return Source(self.name(self.step.sources[place]), number)

    def name(self, index: int) -> str:
        """The name of a step; "" for the picture."""
        return "" if index == PICTURE else self.network.steps[index].name

    def maps_behind(self) -> int | None:
        """The step whose maps became the row that comes in, in the same order; None when there is none."""
        index = self.step.sources[0]
        while self.values[index].ndim == 1:
            if index == PICTURE or type(self.network.steps[index].layer).__name__ not in SAME_ORDER:
                return None
            index = self.network.steps[index].sources[0]
        return index


def seen(model: keras.Model, layer: str, image: ImageArray) -> Seen:
    """What the step called `layer` takes in and writes for `image` (height, width, channels).

    Raises:
        LearnerError: `unit_not_finite` (layer), when numbers on the way are infinite or none at all.
        ValueError: for an unknown layer, and an image of another size.
    """
    run = runner(model)
    network = run.network
    index = network.index(layer)
    pictures = run.pictures(image[None])
    weighted = is_weighted(network.steps[index].layer)
    steps = sorted({index, *_looked_at(network, index)} - {PICTURE})
    wanted = [Wanted(step, False) for step in steps] + ([Wanted(index, True)] if weighted else [])
    found = [np.asarray(tensor)[0] for tensor in computed(network, pictures, wanted)]
    if not all(np.isfinite(array).all() for array in found):
        raise LearnerError("unit_not_finite", layer=layer)
    values = dict(zip(steps, found, strict=False))
    return Seen(network, index, {PICTURE: np.asarray(pictures)[0], **values}, found[-1] if weighted else None)


def _looked_at(network: Graph, index: int) -> list[int]:
    """The steps that `index` takes from, and those that these only hand on."""
    found = list(network.steps[index].sources)
    step = found[0]
    while step != PICTURE and type(network.steps[step].layer).__name__ in SAME_ORDER:
        step = network.steps[step].sources[0]
        found.append(step)
    return found
