"""The networks that come with Convscope: for each a file of weights and a card, in `assets/weights`. No Keras here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.datasets import dataset_of
from models.datasets.choose import chosen
from models.datasets.dataset import Dataset
from models.datasets.split import Split, split
from models.specs.training import TrainingSpec
from models.training.plain import from_plain

FOLDER = Path(__file__).parents[2] / "assets" / "weights"

NAMES = ("digits", "digits_small", "shapes", "residual", "circle_or_triangle")
"""In the order in which they are offered."""


@dataclass(frozen=True)
class Made:
    """What came of a training.

    Attributes:
        on: the day, as "2026-01-31".
        command: what makes the network again.
        keras: the version of Keras.
        class_names: of its answers.
        source: of the data: title, authors, address.
        licence: of the data.
        parameters: how many numbers the network holds, those that are not trained as well.
        training_pictures: how many pictures it has learnt from.
        test_pictures: how many pictures it had never seen.
        right: how many of those it puts into the right class.
        accuracy: `right` of `test_pictures`, rounded to four digits.
    """

    on: str
    command: str
    keras: str
    class_names: tuple[str, ...]
    source: str
    licence: str
    parameters: int
    training_pictures: int
    test_pictures: int
    right: int
    accuracy: float


@dataclass(frozen=True)
class Card:
    """What a shipped network is, what it has learnt from, and how well it does.

    Attributes:
        name: of its files.
        input: the picture, in notation ("28x28x1").
        layers: in notation.
        dataset: a name in `models.datasets.DATASETS`.
        settings: of the data set.
        classes: those that it tells apart ("circle, triangle"); empty for all.
        training: how it was trained.
        made: what came of it; None before it has been trained for the first time.
    """

    name: str
    input: str
    layers: str
    dataset: str
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    classes: str = ""
    training: TrainingSpec = field(default_factory=TrainingSpec)
    made: Made | None = None

    def file(self, folder: Path = FOLDER) -> Path:
        """Where the network is, as `models.network.load.load_model` reads it."""
        return folder / f"{self.name}.keras"

    def data(self) -> Dataset:
        """What it has learnt from and what it is judged by; see `parts`."""
        return chosen(dataset_of(self.dataset, **self.settings), self.classes)

    def parts(self, data: Dataset) -> Split:
        """Which of the pictures of `data` it has seen; those of the test part it has not."""
        return split(data, self.training.validation_share, self.training.test_share, self.training.split_seed)


def read_card(name: str, folder: Path = FOLDER) -> Card:
    """The card called `name`.

    Raises:
        OSError: when there is none.
        LearnerError: for a training that its spec does not take.
    """
    values = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    made = values.pop("made", None)
    if made:
        made = Made(**{**made, "class_names": tuple(made["class_names"])})
    return Card(**{**values, "name": name, "training": from_plain(TrainingSpec, values["training"]), "made": made})


SHIPPED: dict[str, Card] = {name: read_card(name) for name in NAMES}
"""Name -> card."""
