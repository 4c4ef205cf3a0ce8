"""The computations of a training, each one TensorFlow function: some batches, a judgement, a prediction."""

import re
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from models.datasets.dataset import Dataset
from models.network.augmentation import layers as varying_layers
from models.network.code.task import last_activation
from models.network.shapes import walk
from models.specs.network import NetworkSpec
from models.specs.training import TrainingSpec

JUDGED_AT_ONCE = 256
SHORTEST = 1e-12
"""Weights that are all zero have no length to compare a step with."""


def optimizer_of(spec: TrainingSpec) -> Any:
    """The optimizer; its learning rate is set before every batch."""
    rate = spec.learning_rate
    match spec.optimizer:
        case "sgd":
            return keras.optimizers.SGD(rate)
        case "momentum":
            return keras.optimizers.SGD(rate, momentum=spec.momentum)
        case "nesterov":
            return keras.optimizers.SGD(rate, momentum=spec.momentum, nesterov=True)
        case "rmsprop":
            return keras.optimizers.RMSprop(rate)
        case "adamw":
            return keras.optimizers.AdamW(rate, weight_decay=spec.weight_decay, beta_2=spec.beta_2)
        case _:
            return keras.optimizers.Adam(rate, beta_2=spec.beta_2)


def loss_of(network: NetworkSpec, spec: TrainingSpec, units: int) -> Any:
    """Cross-entropy, one value for each picture, for what comes out of the network."""
    logits = last_activation(walk(network)) == "none"
    kind = keras.losses.BinaryCrossentropy if units == 1 else keras.losses.CategoricalCrossentropy
    return kind(from_logits=logits, label_smoothing=spec.label_smoothing, reduction=None)


def path_of(variable: Any) -> str:
    """The path of a model's variable; Keras numbers seed generators through the whole process, which is left out."""
    return re.sub(r"seed_generator_\d+/", "seed_generator/", variable.path)


class Steps:
    """A model, its data and its optimizer, and what can be done with them."""

    def __init__(self, model: Any, network: NetworkSpec, spec: TrainingSpec, dataset: Dataset, counted: NDArray[Any]) -> None:
        self.model = model
        self.classes = len(dataset.class_names)
        self.units = int(model.outputs[0].shape[-1])
        self.logits = last_activation(walk(network)) == "none"
        self.optimizer = optimizer_of(spec)
        self.optimizer.build(model.trainable_variables)
        self.layers = [layer for layer in model.layers if layer.trainable_weights]
        self.images = tf.constant(dataset.images)
        self.labels = tf.constant(dataset.labels)
        self._scale = 1 / 255 if dataset.images.dtype == np.uint8 else 1.0
        self._loss = loss_of(network, spec, self.units)
        varied = spec.augmentation
        self._vary = [] if varied.changes_nothing else varying_layers(varied, dataset.image_shape)
        self._weights = tf.constant(counted, tf.float32)
        whole = tf.TensorSpec((None,), tf.int32)
        self.judge = tf.function(self._judge, input_signature=[whole], autograph=True)
        self.train = tf.function(
            self._train, input_signature=[tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None,), tf.float32)]
        )

    def train_at_once(self, indices: Any, rates: Any) -> Any:
        """As `train`, step by step: there in a tenth of a second, where TensorFlow needs one to prepare the function."""
        return self._train(tf.constant(indices), tf.constant(rates))

    def _batch(self, indices: Any) -> Any:
        return tf.cast(tf.gather(self.images, indices), tf.float32) * self._scale

    def _losses(self, labels: Any, answers: Any) -> Any:
        if self.units == 1:
            return self._loss(tf.cast(labels, tf.float32)[:, None], answers)
        return self._loss(tf.one_hot(labels, self.units), answers)

    def _guesses(self, answers: Any) -> Any:
        if self.units > 1:
            return tf.argmax(answers, axis=-1, output_type=tf.int32)
        return tf.cast(answers[:, 0] > (0.0 if self.logits else 0.5), tf.int32)

    def _train(self, indices: Any, rates: Any) -> Any:
        """Some batches: (batches, size) numbers of pictures, and the learning rate of each batch.

        Returns losses and accuracies (batches,); of the last batch, for every layer with weights, the norm of its gradient
        and how far the step moved its weights, as a share of their length.
        """
        count = tf.shape(indices)[0]
        losses, shares = tf.TensorArray(tf.float32, count), tf.TensorArray(tf.float32, count)
        norms = updates = tf.zeros((len(self.layers),), tf.float32)
        for number in tf.range(count):
            chosen = indices[number]
            pictures, labels = self._batch(chosen), tf.gather(self.labels, chosen)
            for layer in self._vary:
                pictures = layer(pictures, training=True)
            with tf.GradientTape() as tape:
                answers = self.model(pictures, training=True)
                own = self._losses(labels, answers)
                loss = tf.reduce_mean(own * tf.gather(self._weights, labels))
                whole = tf.add_n([loss, *self.model.losses]) if self.model.losses else loss
            gradients = tape.gradient(whole, self.model.trainable_variables)
            self.optimizer.learning_rate.assign(rates[number])
            before = [tf.identity(variable) for variable in self.model.trainable_variables]
            self.optimizer.apply(gradients, self.model.trainable_variables)
            losses = losses.write(number, whole)
            shares = shares.write(number, tf.reduce_mean(tf.cast(self._guesses(answers) == labels, tf.float32)))
            norms = self._norms(gradients)
            moved = [new - old for new, old in zip(self.model.trainable_variables, before, strict=True)]
            updates = self._norms(moved) / tf.maximum(self._norms(before), SHORTEST)
        return losses.stack(), shares.stack(), norms, updates

    def _norms(self, values: Sequence[Any]) -> Any:
        """The length of `values`, which are in the order of the trainable variables, layer by layer."""
        by_variable = {id(v): value for v, value in zip(self.model.trainable_variables, values, strict=True)}
        return tf.stack([tf.linalg.global_norm([by_variable[id(v)] for v in layer.trainable_weights]) for layer in self.layers])

    def _judge(self, indices: Any) -> Any:
        """(losses, guesses, scores) of the pictures at `indices`, as they are."""
        answers = self.model(self._batch(indices), training=False)
        labels = tf.gather(self.labels, indices)
        return self._losses(labels, answers), self._guesses(answers), self._scores(answers)

    def _scores(self, answers: Any) -> Any:
        if self.units == 1:
            yes = tf.sigmoid(answers) if self.logits else answers
            return tf.concat([1 - yes, yes], axis=-1)
        return tf.nn.softmax(answers) if self.logits else answers

    def kernels(self) -> NDArray[np.float32] | None:
        """The kernels of the first convolution."""
        for layer in self.layers:
            if isinstance(layer, keras.layers.Conv2D) and not isinstance(layer, keras.layers.Conv2DTranspose):
                return np.asarray(layer.kernel.numpy(), np.float32)
        return None

    def weights(self) -> dict[str, NDArray[Any]]:
        """Every variable by its path."""
        return {path_of(variable): np.array(variable.numpy()) for variable in self.model.variables}

    def set_weights(self, weights: dict[str, NDArray[Any]]) -> None:
        """Give every variable what `weights` has under its path."""
        for variable in self.model.variables:
            if path_of(variable) in weights:
                variable.assign(weights[path_of(variable)])

    def state(self) -> dict[str, NDArray[Any]]:
        """What the optimizer and the draws of the augmentation need to go on."""
        return {name: np.array(variable.numpy()) for name, variable in self._state().items()}

    def set_state(self, state: dict[str, NDArray[Any]]) -> None:
        """Go on where steps of the same kind were."""
        variables = self._state()
        if variables.keys() <= state.keys():
            for name, variable in variables.items():
                variable.assign(state[name])

    def _state(self) -> dict[str, Any]:
        drawing = [variable for layer in self._vary for variable in layer.variables]
        return {
            **{f"optimizer_{number:04d}": variable for number, variable in enumerate(self.optimizer.variables)},
            **{f"augmentation_{number:04d}": variable for number, variable in enumerate(drawing)},
        }
