"""Runs a network and keeps what its layers write: at once the first time, by a traced function from then on."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import keras
import numpy as np
import tensorflow as tf

from models.arrays import Array, BatchArray, check_axes
from models.network.graph import PICTURE, Graph, graph
from models.network.sums import activated, is_weighted, weighted_sum

MOST_TRACED = 8
"""Traced functions kept for one model, each for one choice of layers."""


class Wanted(NamedTuple):
    """What one step writes: `before` its activation function, or what comes out of it."""

    step: int
    before: bool


def computed(network: Graph, pictures: Any, wanted: Sequence[Wanted]) -> list[Any]:
    """What the `wanted` steps write for `pictures`, as tensors; nothing is computed that they do not need."""
    values: dict[int, Any] = {PICTURE: pictures}
    sums: dict[int, Any] = {}
    split = {entry.step for entry in wanted if entry.before}
    for index in network.needed([entry.step for entry in wanted]):
        step = network.steps[index]
        given = [values[source] for source in step.sources]
        if index in split:
            sums[index] = weighted_sum(step.layer, given[0])
            values[index] = activated(step.layer, sums[index])
        else:
            values[index] = step.run(given)
    return [sums[entry.step] if entry.before else values[entry.step] for entry in wanted]


class Runner:
    """Answers what layers of one model write, for any pictures.

    The first answer for a choice of layers is computed step by step (some 20 ms for a small network). Meanwhile a thread
    traces a function for the same choice; it reads the model's variables when it is called, so that it stays right when the
    weights change, and takes a tenth of the time.
    """

    def __init__(self, model: keras.Model) -> None:
        self.network = graph(model)
        self._traced: OrderedDict[tuple[Wanted, ...], Any] = OrderedDict()
        self._lock = threading.Lock()
        self._tracing: threading.Thread | None = None

    def run(self, images: BatchArray, wanted: Sequence[Wanted]) -> list[Array]:
        """What the `wanted` steps write for `images`, one array for each of them.

        Raises:
            ValueError: when `images` are not (images, height, width, channels) of the size that the network takes.
        """
        pictures = self.pictures(images)
        choice = tuple(wanted)
        traced = self._traced.get(choice)
        found = traced(pictures) if traced else computed(self.network, pictures, choice)
        if not traced:
            self._trace(choice)
        return [np.asarray(tensor) for tensor in found]

    def pictures(self, images: BatchArray) -> Any:
        """`images` as the network takes them; one that takes grey pictures without a channel axis gets them so."""
        values = check_axes("images", images, ("images", "height", "width", "channels"))
        shape = self.network.shape
        expected = shape if len(shape) == 3 else (*shape, 1)
        if any(size not in (None, given) for size, given in zip(expected, values.shape[1:], strict=True)):
            raise ValueError(f"images: expected (images, {', '.join(map(str, expected))}); received {values.shape}")
        return tf.convert_to_tensor(values if len(shape) == 3 else values[..., 0])

    def _trace(self, choice: tuple[Wanted, ...]) -> None:
        with self._lock:
            if choice not in self._traced and not (self._tracing and self._tracing.is_alive()):
                self._tracing = threading.Thread(target=self._make, args=(choice,), name="convscope-trace")
                self._tracing.start()

    def _make(self, choice: tuple[Wanted, ...]) -> None:
        signature = [tf.TensorSpec((None, *self.network.shape), tf.float32)]
        function = tf.function(
            lambda pictures: computed(self.network, pictures, choice), input_signature=signature, autograph=False
        )
        made = function.get_concrete_function()
        with self._lock:
            self._traced[choice] = made
            while len(self._traced) > MOST_TRACED:
                self._traced.popitem(last=False)

    def settle(self) -> None:
        """Wait until the function that is being traced is there: from then on the same question takes the shorter way."""
        if self._tracing:
            self._tracing.join()


_runners: WeakKeyDictionary[keras.Model, Runner] = WeakKeyDictionary()
_making = threading.Lock()


def runner(model: keras.Model) -> Runner:
    """The runner of `model`, kept as long as the model is."""
    with _making:
        if model not in _runners:
            _runners[model] = Runner(model)
        return _runners[model]


def everything(network: Graph, before: bool) -> list[Wanted]:
    """All steps; with `before` those alone that write weighted sums."""
    return [Wanted(index, before) for index, step in enumerate(network.steps) if not before or is_weighted(step.layer)]
