"""A run as a program of plain Keras, to take home: the same data in the same parts and order, the same weights to start from.

How close it comes: parts, order, starting weights, dropout, augmentation and learning rates are the run's own. Keras adds up
a batch in another order than Convscope does, so that the last digits differ: the first epochs agree to about six digits, and
training slowly enlarges what differs. What was told to the run while it ran (another learning rate, an early end) is not in
the program, and Keras counts an L2 penalty in the validation loss, too.
"""

import io
import json
from collections.abc import Mapping
from inspect import getsource
from textwrap import dedent
from typing import Any

import numpy as np

from models.datasets.dataset import Dataset
from models.datasets.official import CLASS_NAMES
from models.datasets.split import stratified
from models.network.augmentation_steps import program as augmentation_program
from models.network.code.task import last_activation
from models.network.shapes import walk
from models.specs.network import NetworkSpec
from models.specs.training import TrainingSpec
from models.training.program_network import network_code
from models.training.program_settings import CALLBACKS, optimizer_code, rate_code

NOTES: Mapping[str, str] = {
    "title": "A training of Convscope as a program of its own. It needs keras and numpy.",
    "data": "Data",
    "file": "data.npz comes with this program; put it into the same folder.",
    "parts": "Three parts",
    "network": "Network",
    "batches": "Batches",
    "training": "Training",
    "test": "Test",
}
"""The comments of a program, in English; whoever has them in another language passes them."""

DATA_FILE = "data.npz"
LARGE = 30_000_000
"""Bytes; to compress more would take longer than anybody waits for a download."""


def program(network: NetworkSpec, training: TrainingSpec, dataset: Dataset, notes: Mapping[str, str] = NOTES) -> str:
    """The whole program. It prints the history, and leaves `model.keras`.

    Args:
        network: fits the data.
        training: how it is trained.
        dataset: already cut down to its classes. Unless Keras can download it, the program reads `data_file(dataset)`.
        notes: the comments, see `NOTES`.

    Raises:
        LearnerError: as `walk`.
    """
    sections = {
        "data": _data(dataset, notes),
        "parts": _parts(training, dataset),
        "network": network_code(network, training.seed),
        "batches": _batches(training, dataset, network),
        "training": _training(training, network),
        "test": _test(),
    }
    cells = [f"# %% {notes[name]}\n{code.strip()}\n" for name, code in sections.items()]
    return f"# {notes['title']}\n\n" + "\n".join(cells)


def notebook(source: str) -> str:
    """A program as a Jupyter notebook, one cell for each part. Source: nbformat 4.5, https://nbformat.readthedocs.io."""
    _, *cells = source.split("# %% ")
    written: list[dict[str, Any]] = []
    for number, cell in enumerate(cells):
        title, _, code = cell.partition("\n")
        written.append({"cell_type": "markdown", "id": f"title-{number}", "metadata": {}, "source": f"## {title}"})
        run: dict[str, Any] = {"outputs": [], "execution_count": None}
        written.append({"cell_type": "code", "id": f"part-{number}", "metadata": {}, "source": code.strip(), **run})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def data_file(dataset: Dataset) -> bytes:
    """The pictures and labels as `data.npz`; empty for a set that Keras can download."""
    if dataset.name in CLASS_NAMES:
        return b""
    file = io.BytesIO()
    save = np.savez_compressed if dataset.images.nbytes < LARGE else np.savez
    save(file, images=dataset.images, labels=dataset.labels)
    return file.getvalue()


def _data(dataset: Dataset, notes: Mapping[str, str]) -> str:
    lines = ["import keras", "import numpy as np", "from keras import layers", ""]
    scale = " / np.float32(255)" if dataset.images.dtype == np.uint8 else ""
    if dataset.name not in CLASS_NAMES:
        lines += [f"# {notes['file']}", f'data = np.load("{DATA_FILE}")']
        return "\n".join([*lines, f'images = data["images"]{scale}', 'labels = data["labels"]'])
    names = CLASS_NAMES[dataset.name]
    lines += [
        f"(x_train, y_train), (x_test, y_test) = keras.datasets.{dataset.name}.load_data()",
        f"images = np.concatenate([x_train, x_test]).reshape(-1, *{dataset.image_shape}){scale}",
        "labels = np.concatenate([y_train, y_test]).ravel().astype(int)",
    ]
    if dataset.class_names != names:
        lines += [
            f"classes = {[names.index(name) for name in dataset.class_names]}",
            "kept = np.isin(labels, classes)",
            "images, labels = images[kept], np.array([classes.index(label) for label in labels[kept]])",
        ]
    return "\n".join(lines)


def _parts(training: TrainingSpec, dataset: Dataset) -> str:
    source = getsource(stratified).replace(": Any", "").replace("tuple[Any, Any, Any]", "tuple").replace("list[Any]", "list")
    source = source.replace(" The exported programs contain this function as it stands.", "")
    source = source.replace("\n\n    A share of 0 makes an empty part.\n    ", "")
    shares = f"{training.validation_share}, {0.0 if dataset.official_test else training.test_share}, seed={training.split_seed}"
    if not dataset.official_test:
        return f"{source}\n\ntraining, validation, test = stratified(labels, {shares})"
    first = len(dataset) - dataset.official_test
    lines = [f"training, validation, _ = stratified(labels[:{first}], {shares})", f"test = np.arange({first}, len(labels))"]
    return f"{source}\n\n" + "\n".join(lines)


def _batches(training: TrainingSpec, dataset: Dataset, network: NetworkSpec) -> str:
    classes = len(dataset.class_names)
    answers = 'labels[:, None].astype("float32")' if _one_unit(network) else f"keras.utils.to_categorical(labels, {classes})"
    lines = [f"answers = {answers}", f"per_epoch = -(-len(training) // {training.batch_size})"]
    _, _, varied = augmentation_program(training.augmentation, dataset.image_shape).partition("augmentation = ")
    pictures = "np.asarray(augmentation(images[chosen], training=True))" if varied else "images[chosen]"
    given = f"{pictures}, answers[chosen]"
    if training.class_weights:
        lines += ["counts = np.bincount(labels[training])", "weights = counts.sum() / (len(counts) * counts)"]
        given += ", weights[labels[chosen]]"
    if varied:
        lines += [f"augmentation = {varied}"]
    body = f"""

        def batches():
            for epoch in range({training.epochs}):
                order = np.random.default_rng([{training.seed}, epoch]).permutation(training)
                for start in range(0, len(order), {training.batch_size}):
                    chosen = order[start : start + {training.batch_size}]
                    yield {given}
    """
    return "\n".join(lines) + "\n" + dedent(body)


def _training(training: TrainingSpec, network: NetworkSpec) -> str:
    one_unit, logits = _one_unit(network), last_activation(walk(network)) == "none"
    kind = "BinaryCrossentropy" if one_unit else "CategoricalCrossentropy"
    loss = f"{kind}(from_logits={logits}, label_smoothing={training.label_smoothing})"
    metric = f"BinaryAccuracy(threshold={0.0 if logits else 0.5}, " if one_unit else "CategoricalAccuracy("
    callbacks = "".join(f"        {code.format(spec=training)},\n" for wanted, code in CALLBACKS if wanted(training))
    listed = f"    callbacks=[\n{callbacks}    ],\n" if callbacks else ""
    return f"""{rate_code(training)}
model.compile(
    optimizer=keras.optimizers.{optimizer_code(training)},
    loss=keras.losses.{loss},
    metrics=[keras.metrics.{metric}name="accuracy")],
)
history = model.fit(
    batches(),
    steps_per_epoch=per_epoch,
    shuffle=False,
    epochs={training.epochs},
    validation_data=(images[validation], answers[validation]),
    verbose=2,
{listed})
"""


def _one_unit(network: NetworkSpec) -> bool:
    return walk(network)[-1].output_shape[-1] == 1


def _test() -> str:
    return 'model.evaluate(images[test], answers[test], verbose=2)\nmodel.save("model.keras")'
