"""Whether a rebuilt network can be asked: it is not too costly, and it answers a small picture with finite numbers."""

from math import prod

import keras
import numpy as np

from models.errors import LearnerError
from models.network.graph import Graph, graph
from models.network.keras_file.parts import shown
from models.network.keras_file.rebuild import REFUSALS
from models.network.sizes import Shape, multiplications, shapes

MOST_NUMBERS = 64_000_000
"""What all layers together may write for one picture."""

MOST_MULTIPLICATIONS = 20_000_000_000
SIDES = (64, 32, 128, 16, 224, 299, 512)
"""Tried in turn where a network takes pictures of any size."""


def check(model: keras.Model) -> None:
    """Refuse a network that is too costly, or that does not answer.

    Raises:
        LearnerError: `network_maps_too_large` (layer, kind, shape, numbers, limit), `network_too_slow` (layer, kind,
            multiplications, limit), `network_no_size_fits` (sizes), `network_does_not_answer`.
    """
    network = graph(model)
    picture = picture_for(network)
    ramp = np.linspace(0, 1, prod(picture), dtype=np.float32).reshape(1, *picture)
    try:
        answer = np.asarray(model(ramp, training=False))
    except REFUSALS as error:
        raise LearnerError("network_does_not_answer") from error
    if not np.isfinite(answer).all():
        raise LearnerError("network_does_not_answer")


def picture_for(network: Graph) -> Shape:
    """The size of a picture that the network takes and that costs little enough."""
    tried = SIDES if None in network.shape else (0,)
    for side in tried:
        picture = tuple(side if size is None else size for size in network.shape)
        try:
            found = shapes(network, picture)
        except REFUSALS:
            continue
        check_cost(network, picture, found)
        return picture
    raise LearnerError("network_no_size_fits", sizes=tried if None in network.shape else shown(network.shape))


def check_cost(network: Graph, picture: Shape, found: list[Shape]) -> None:
    """Refuse what takes too much memory or too long for one picture."""
    numbers = products = 0
    for step, outside in zip(network.steps, found, strict=True):
        where = {"layer": step.name, "kind": type(step.layer).__name__}
        inside = picture if step.sources[0] < 0 else found[step.sources[0]]
        numbers += prod(outside)
        products += multiplications(step.layer, inside, outside)
        if numbers > MOST_NUMBERS:
            raise LearnerError("network_maps_too_large", **where, shape=shown(outside), numbers=numbers, limit=MOST_NUMBERS)
        if products > MOST_MULTIPLICATIONS:
            raise LearnerError("network_too_slow", **where, multiplications=products, limit=MOST_MULTIPLICATIONS)
