"""The line of Keras beside a picture, carried out by Keras, gives what the picture shows."""

from itertools import product

import keras
import numpy as np
import pytest
from keras import layers

from models.hyperparameters import Choice, declared
from models.network.keras_line import activation_line, conv_line, pool_line
from models.ops.activation import ACTIVATIONS
from models.ops.conv import convolve
from models.ops.pool import pool
from models.specs.operations import ActivationSpec, ConvSpec, PoolSpec

IMAGE = np.random.default_rng(0).uniform(0, 1, (13, 18, 3)).astype(np.float32)
KERNEL = np.random.default_rng(1).uniform(-1, 1, (3, 3, 3, 2)).astype(np.float32)
PADDINGS: tuple[str | int, ...] = ("valid", "same", 0, 2)
SPECS = [
    ConvSpec(3, stride, padding, dilation)
    for stride, padding, dilation in product((1, 2, 3), PADDINGS, (1, 2))
    if stride == 1 or dilation == 1
]
KIND = declared(ActivationSpec)["activation"]
assert isinstance(KIND, Choice)


def carried_out(line: str, bias: float = 0.0) -> tuple[keras.Sequential, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """The network that `line` stands for, with our kernel, and what it makes of our picture."""
    network = keras.Sequential([layers.Input(IMAGE.shape), *eval(f"[{line}]", {"layers": layers, "keras": keras})])
    if network.weights:
        _, biases = network.get_weights()
        assert np.allclose(biases, bias)
        network.set_weights([KERNEL, biases])
    return network, np.asarray(network(IMAGE[None]))[0]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_a_convolution(spec: ConvSpec) -> None:
    _, made = carried_out(conv_line(spec, 2, "none", 0.0))
    assert np.allclose(made, convolve(IMAGE, KERNEL, spec), atol=1e-4)


@pytest.mark.parametrize("activation", KIND.options)
def test_an_activation_and_a_bias(activation: str) -> None:
    _, made = carried_out(conv_line(ConvSpec(3), 2, activation, -0.7), -0.7)
    features = convolve(IMAGE, KERNEL, ConvSpec(3), -0.7)
    assert np.allclose(made, features if activation == "none" else ACTIVATIONS[activation](features), atol=1e-4)


def test_a_rectangular_kernel() -> None:
    network, _ = carried_out("layers.ReLU()")
    assert not network.weights
    line = conv_line(ConvSpec((3, 5)), 2, "none", 0.0)
    assert eval(line, {"layers": layers}).kernel_size == (3, 5)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kind", ["max", "average"])
def test_a_pooling(kind: str, padding: str, stride: int) -> None:
    spec = PoolSpec(kind, 2, stride, padding)
    _, made = carried_out(pool_line(spec))
    assert np.allclose(made, pool(IMAGE, spec), atol=1e-5)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_both_lines_of_an_activation_name_the_same_function(name: str) -> None:
    layer, call = activation_line(name, 2, 3).splitlines()
    assert eval(layer, {"layers": layers}).activation is keras.activations.get(name)
    bent = np.asarray(eval(call, {"layers": layers, "x": IMAGE[None]}))[0]
    assert np.allclose(bent, ACTIVATIONS[name](IMAGE), atol=1e-5)
