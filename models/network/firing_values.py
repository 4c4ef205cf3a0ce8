"""What makes a filter fire, as plain values: they travel to the process that draws pages."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, BatchArray
from models.network.receptive_field import Pair

Box = tuple[Pair, Pair]
"""((top, bottom), (left, right)), both ends included."""


class Patch(NamedTuple):
    """The part of a picture to which a filter responds most strongly in it.

    Attributes:
        value: the response.
        image: the number of the picture, from 0, in the order in which the network has seen them.
        unit: (row, col) on the map; None for a unit of a row.
        box: what the unit sees of the picture, without padding.
    """

    value: float
    image: int
    unit: Pair | None
    box: Box


@dataclass(frozen=True, eq=False)
class Firing:
    """To what one filter responds in the pictures of a data set.

    Attributes:
        dataset: its name in `models.datasets.DATASETS`.
        class_names: of the data set.
        seen: how many pictures the network has seen for this, evenly out of all.
        of: how many pictures there are.
        before: whether responses are sums before an activation function; otherwise they are what the layer hands on.
        patches: the strongest first, one of each picture at most.
        labels: the class of each of these pictures, from 0.
        pictures: (patches, height, width, channels), bytes: these pictures whole, as the network sees them.
        fires: the share of the seen pictures in which the filter responds with more than 0 anywhere.
        active: the share of all numbers on its maps of all seen pictures that are above 0.
        by_class: (classes,), the mean of the strongest response in each picture of a class; NaN for one that was not seen.
        lowest: the smallest response anywhere.
        highest: the largest one.
        dead: whether the filter hands on the same number everywhere, in all seen pictures.
    """

    dataset: str
    class_names: tuple[str, ...]
    seen: int
    of: int
    before: bool
    patches: tuple[Patch, ...]
    labels: tuple[int, ...]
    pictures: NDArray[np.uint8]
    fires: float
    active: float
    by_class: Array
    lowest: float
    highest: float
    dead: bool


@dataclass(frozen=True, eq=False)
class Dream:
    """What gradient ascent has made for some filters.

    Attributes:
        pictures: (filters, height, width, channels), 0 to 1.
        before: (filters,), what was to grow, for the noise at the beginning.
        after: (filters,), the same for `pictures`; never below `before`.
        strongest: (filters,), the largest number on the map for `pictures`.
        steps: so many were made.
        stuck: (filters,), whether no pixel of the noise moved it: then there is no way up, and the picture is the noise.
    """

    pictures: BatchArray
    before: Array
    after: Array
    strongest: Array
    steps: int
    stuck: NDArray[np.bool_]
