"""Which pictures a network is shown to find out what makes its filters fire."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

import keras
import numpy as np
from numpy.typing import NDArray

from models.arrays import BatchArray
from models.datasets import dataset_of
from models.datasets.choose import data_of
from models.datasets.dataset import Dataset, Indices
from models.errors import LearnerError
from models.hyperparameters import Integer, declared
from models.network.graph import PICTURE
from models.network.preprocessing import fitted
from models.network.run import runner
from models.network.shipped import SHIPPED
from models.network.sizes import Shape, multiplications, shapes
from models.network.source import NetworkSource
from models.specs.dataset import ShapesSpec
from models.specs.preprocessing import PreprocessingSpec
from models.training.store import Store

MOST_PICTURES = 5000
FEWEST_PICTURES = 12
MOST_PRODUCTS = 20_000_000_000
"""All pictures together, one second or two; a large network sees fewer."""

MOST_NUMBERS = 400_000_000
"""On all maps of all pictures together; this is what large maps with few channels cost."""

MOST_RESPONSES = 2_000_000
NUMBERS_AT_ONCE = 8_000_000
MOST_AT_ONCE = 250
DRAWN_PER_CLASS = 200


@dataclass(frozen=True, eq=False)
class Shown:
    """Pictures that a network is shown. Only their numbers are kept: large pictures would fill the memory.

    Attributes:
        dataset: where they are from.
        numbers: (images,), the number of each in `dataset`.
        picture: (height, width, channels) that the network takes.
        preprocessing: how they are made to fit.
        at_once: how many of them go into one batch.
    """

    dataset: Dataset
    numbers: Indices
    picture: Shape
    preprocessing: PreprocessingSpec
    at_once: int

    def pictures(self, chosen: Indices | list[int]) -> NDArray[np.uint8]:
        """Some of the pictures, by their places in `numbers`: (images, height, width, channels), bytes."""
        return as_taken(self.dataset, self.numbers[chosen], self.picture, self.preprocessing)

    def batches(self) -> Iterator[BatchArray]:
        """All of the pictures, 0 to 1."""
        for start in range(0, len(self.numbers), self.at_once):
            chosen = np.arange(start, min(start + self.at_once, len(self.numbers)))
            yield self.pictures(chosen).astype(np.float32) / np.float32(255)


def shown_to(source: NetworkSource, model: keras.Model, layer: str, data: str = "") -> Shown:
    """The pictures of the network's own data set, or of another one called `data`, evenly out of all, as many as are quick.

    Raises:
        LearnerError: `run_unknown` (run), and those of `models.datasets.choose.data_of`.
    """
    taken = runner(model).network.shape
    dataset = named(data, taken) if data else own(source, taken)
    picture = tuple(size or known for size, known in zip((*taken, 1)[:3], dataset.image_shape, strict=True))
    products, numbers, filters = costs(model, layer, picture)
    most = min(MOST_PICTURES, MOST_PRODUCTS // max(products, 1), MOST_NUMBERS // numbers, MOST_RESPONSES // filters)
    count = min(len(dataset), max(FEWEST_PICTURES, most))
    chosen = np.arange(count) * len(dataset) // count
    at_once = max(1, min(MOST_AT_ONCE, NUMBERS_AT_ONCE // numbers))
    return Shown(dataset, chosen, picture, source.preprocessing, at_once)


def costs(model: keras.Model, layer: str, picture: Shape) -> tuple[int, int, int]:
    """(multiplications, numbers written) up to `layer` for one picture, and how many filters the layer has."""
    network = runner(model).network
    found = shapes(network, picture)
    last = network.index(layer)
    products = numbers = 0
    for index in network.needed([last]):
        step = network.steps[index]
        inside = picture if step.sources[0] == PICTURE else found[step.sources[0]]
        products += multiplications(step.layer, inside, found[index])
        numbers += prod(found[index])
    return products, numbers, found[last][-1]


def own(source: NetworkSource, taken: tuple[int | None, ...]) -> Dataset:
    """What a network has learnt from; for one that has not learnt here, pictures of its kind."""
    if source.kind == "shipped":
        return SHIPPED[source.name].data()
    if source.kind == "run":
        run = Store().read(source.name)
        if not run:
            raise LearnerError("run_unknown", run=source.name)
        return data_of(run.dataset)
    return named("digits" if (*taken, 1)[2] == 1 else "shapes", taken)


def named(name: str, taken: tuple[int | None, ...]) -> Dataset:
    """A data set that comes with Convscope; shapes are drawn in the size that the network takes, where they can be.

    Raises:
        LearnerError: `unknown_dataset` (received, options), and those of the set.
    """
    if name != "shapes":
        return dataset_of(name)
    settings: dict[str, int | str] = {"per_class": DRAWN_PER_CLASS, "colour": "grey" if (*taken, 1)[2] == 1 else "colour"}
    for field, size in zip(("height", "width"), taken, strict=False):
        limits = declared(ShapesSpec)[field]
        if size and isinstance(limits, Integer):
            settings[field] = int(np.clip(size, limits.low, limits.high))
    return dataset_of(name, **settings)


def as_taken(dataset: Dataset, chosen: Indices, picture: Shape, spec: PreprocessingSpec) -> NDArray[np.uint8]:
    """The pictures `chosen`, in the shape and on the ground that the network takes."""
    images = dataset.images[chosen]
    if images.dtype != np.uint8:
        images = np.rint(images * 255).astype(np.uint8)
    if images.shape[1:] == picture and spec.ground != "light":
        return np.asarray(images, np.uint8)
    # A data set's own pictures are in the middle already.
    spec = replace(spec, fit="pad") if spec.fit == "centre" else spec
    made = [np.rint(fitted(dataset.batch(number), picture, spec).image * 255).astype(np.uint8) for number in chosen]
    return np.stack(made)
