"""Makes the networks that come with Convscope again: `python -m models.training.shipped digits`, or without a name all of them.

What is to be made stands in a card, `assets/weights/<name>.toml`. The trained network is written beside it, and what came of it
at the end of the card. The same card gives the same weights on the same machine.
"""

import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import numpy as np

from models.datasets.dataset import Dataset
from models.network.build import build
from models.network.inspect import probabilities
from models.network.notation import parse
from models.network.shipped import FOLDER, NAMES, Card, Made, read_card
from models.training.snapshot import TrainingSnapshot
from models.training.steps import path_of
from models.training.stream import stream

HEADING = "\n[made]"
AT_ONCE = 500


def make(name: str, folder: Path = FOLDER) -> Card:
    """Train the network of the card `name`, write its file, and complete the card.

    Raises:
        LearnerError: those of `models.training.stream.stream`.
        OSError: when there is no such card.
    """
    card = read_card(name, folder)
    data = card.data()
    model = trained(card, data)
    model.save(card.file(folder))
    card = replace(card, made=made(card, model, data))
    complete(folder / f"{name}.toml", card)
    return card


def trained(card: Card, data: Dataset) -> keras.Model:
    """The network of `card`, trained on its part of `data`."""
    network = parse(card.layers, card.input)
    for snapshot in stream(network, card.training, data):
        if snapshot.row:
            print(told(card, snapshot), flush=True)
    model = build(network, card.training.seed)
    for variable in model.variables:
        variable.assign(snapshot.weights[path_of(variable)])
    return model


def told(card: Card, snapshot: TrainingSnapshot) -> str:
    """One line about an epoch."""
    accuracies = f"training {100 * snapshot.row[3]:.1f} %, validation {100 * snapshot.row[5]:.1f} %"
    return f"{card.name}: epoch {snapshot.epoch} of {snapshot.epochs}, {accuracies}"


def made(card: Card, model: keras.Model, data: Dataset) -> Made:
    """What is known of `model` now."""
    parts = card.parts(data)
    right = right_of(model, data, parts.test)
    return Made(
        on=date.today().isoformat(),
        command=f"python -m {__spec__.name} {card.name}",
        keras=version("keras"),
        class_names=data.class_names,
        source=data.source,
        licence=data.licence,
        parameters=model.count_params(),
        training_pictures=len(parts.training),
        test_pictures=len(parts.test),
        right=right,
        accuracy=round(right / len(parts.test), 4),
    )


def right_of(model: keras.Model, data: Dataset, chosen: Any) -> int:
    """How many of the pictures `chosen` of `data` the network puts into the right class."""
    groups = (chosen[start : start + AT_ONCE] for start in range(0, len(chosen), AT_ONCE))
    guesses = [probabilities(model, data.batch(group)).argmax(axis=1) for group in groups]
    return int((np.concatenate(guesses) == data.labels[chosen]).sum())


def complete(path: Path, card: Card) -> None:
    """Write what came of it to the end of the card, in place of what stood there."""
    text = path.read_text("utf-8").partition(HEADING)[0].rstrip()
    path.write_text(f"{text}\n{HEADING}\n{lines(asdict(card.made))}" if card.made else text, "utf-8")


def lines(values: Mapping[str, Any]) -> str:
    """`values` as TOML."""
    return "".join(f"{name} = {written(value)}\n" for name, value in values.items())


def written(value: Any) -> str:
    """A text, a number or some of them as TOML."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"[{', '.join(map(written, value))}]" if isinstance(value, tuple) else repr(value)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or NAMES:
        finished = make(wanted).made
        print(f"{wanted}: {finished}")
