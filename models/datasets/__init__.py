"""Labelled pictures to train on, without Keras. `DATASETS` are the sets to choose from; only `download` imports Keras."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.datasets.dataset import Dataset
from models.datasets.digits import digits
from models.datasets.official import cifar10, fashion_mnist, mnist, present
from models.datasets.shapes import shapes, sketch
from models.errors import LearnerError
from models.hyperparameters import Spec
from models.specs.dataset import ShapesSpec

__all__ = ["DATASETS", "Dataset", "Entry", "dataset_of"]


@dataclass(frozen=True)
class Entry:
    """A set to choose: `load` makes it of its `settings`; a set that is not `shipped` is read from Keras' folder.

    Where `load` takes long, `sketch` makes the same with a few pictures of each class, and says how many each class has.
    """

    name: str
    load: Callable[[Any], Dataset]
    settings: type[Spec] = Spec
    shipped: bool = True
    sketch: Callable[[Any], tuple[Dataset, int]] | None = None

    @property
    def available(self) -> bool:
        """Whether it can be loaded without a network."""
        return self.shipped or present(self.name)

    def __call__(self, **settings: Any) -> Dataset:
        """The set, with `settings` as its spec takes them: `DATASETS["shapes"](noise=0.2)`.

        Raises:
            LearnerError: `dataset_missing` (dataset, folder, files), `dataset_damaged` (file, reason, expected, received),
                and those of `Spec`.
        """
        return self.load(self.settings(**settings))


DATASETS: dict[str, Entry] = {
    "digits": Entry("digits", digits),
    "shapes": Entry("shapes", shapes, ShapesSpec, sketch=sketch),
    "mnist": Entry("mnist", mnist, shipped=False),
    "fashion_mnist": Entry("fashion_mnist", fashion_mnist, shipped=False),
    "cifar10": Entry("cifar10", cifar10, shipped=False),
}
"""Name -> set."""


def dataset_of(name: str, **settings: Any) -> Dataset:
    """`DATASETS[name](**settings)` for a name that may come from a link.

    Raises:
        LearnerError: `unknown_dataset` (received, options), and those of the set.
    """
    if name not in DATASETS:
        raise LearnerError("unknown_dataset", received=name[:40], options=tuple(DATASETS))
    return DATASETS[name](**settings)
