"""What a network answers: probabilities of classes, from softmax, sigmoid or plain numbers."""

from typing import Any

import keras
import numpy as np

from models.arrays import Array, BatchArray
from models.errors import LearnerError
from models.network.findings import TopClass
from models.network.graph import Graph
from models.network.inventory import function_name
from models.network.run import Wanted, runner


def probabilities(model: keras.Model, images: BatchArray) -> Array:
    """(images, classes), 0 to 1: what the network believes.

    A network whose last function is softmax or sigmoid says it itself; plain numbers are put through softmax. One unit tells
    two classes apart: the first is what is left of 1.

    Raises:
        LearnerError: `network_without_classes` (shape), when the network answers with maps instead of a row of numbers.
        ValueError: for images of another size.
    """
    run = runner(model)
    (answer,) = run.run(images, [Wanted(run.network.output, False)])
    if answer.ndim != 2:
        raise LearnerError("network_without_classes", shape="x".join(map(str, answer.shape[1:])))
    return from_answer(answer, last_function(run.network))


def from_answer(answer: Array, function: str) -> Array:
    """(images, classes), 0 to 1, from what a network answers, (images, units), behind its last activation function."""
    if answer.shape[1] == 1:
        second = answer if function == "sigmoid" else 1 / (1 + np.exp(-np.clip(answer, -80, 80)))
        return np.concatenate([1 - second, second], axis=1)
    if function in ("softmax", "sigmoid"):
        return answer
    powers = np.exp(answer - answer.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def top_classes(model: keras.Model, images: BatchArray, count: int = 5) -> list[list[TopClass]]:
    """For each image its `count` most probable classes, the most probable first."""
    rows = probabilities(model, images)
    orders = np.argsort(-rows, axis=1, kind="stable")[:, :count]
    return [[TopClass(int(index), float(row[index])) for index in order] for row, order in zip(rows, orders, strict=True)]


def last_function(network: Graph) -> str:
    """The name of the last activation function on the way out; "" when there is none."""
    index = network.output
    while index >= 0:
        layer: Any = network.steps[index].layer
        if function_name(layer):
            return function_name(layer)
        if type(layer).__name__ not in PASSING:
            return ""
        index = network.steps[index].sources[0]
    return ""


PASSING = frozenset(("Activation", "Dropout", "Flatten", "Identity", "Reshape"))
"""Layers that hand numbers on as they are, when they have no function of their own."""
