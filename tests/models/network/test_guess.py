"""What numbers a network of unknown origin probably takes."""

import keras
import numpy as np
import pytest

from models.network.guess import guess
from models.specs.preprocessing import PreprocessingSpec as Spec

L = keras.layers


def network(*first: keras.Layer, shape: tuple[int | None, ...] = (20, 30, 3), name: str = "mine") -> keras.Model:
    return keras.Sequential([keras.Input(shape), *first, L.Flatten(), L.Dense(2)], name=name)


def normalised(mean: float) -> keras.Layer:
    return L.Normalization(mean=[mean] * 3, variance=[4.0] * 3, name="norm")


def batch_norm(mean: float) -> keras.Model:
    model = network(L.BatchNormalization(name="bn"))
    layer = model.get_layer("bn")
    layer.moving_mean.assign(np.full(3, mean, np.float32))
    return model


@pytest.mark.parametrize(
    ("model", "expected", "reason", "detail"),
    [
        (network(), "unit", "usual", ""),
        (network(L.Rescaling(1 / 255, name="first")), "bytes", "rescaling", "first"),
        (network(L.Rescaling(1 / 127.5, offset=-1, name="first")), "bytes", "rescaling", "first"),
        (network(L.Rescaling(2.0, offset=-1, name="first")), "unit", "rescaling", "first"),
        (network(normalised(120.0)), "bytes", "normalization", "norm"),
        (network(normalised(0.4)), "unit", "normalization", "norm"),
        (batch_norm(100), "bytes", "batch_norm", "bn"),
        (batch_norm(0.4), "unit", "usual", ""),
        (network(name="mobilenetv2_1.00_224"), "signed", "family", "mobilenetv2_1.00_224"),
        (network(name="MobileNetV3Small"), "bytes", "family", "MobileNetV3Small"),
        (network(name="densenet121"), "imagenet", "family", "densenet121"),
        (network(name="resnet50"), "caffe", "family", "resnet50"),
        (network(name="resnet50v2"), "signed", "family", "resnet50v2"),
        (network(L.Rescaling(1 / 255, name="r"), name="vgg16"), "bytes", "rescaling", "r"),
    ],
)
def test_the_numbers_and_why(model: keras.Model, expected: str, reason: str, detail: str) -> None:
    found = guess(model)
    assert (found[0].value_range, found[1], found[2]) == (expected, reason, detail)


def test_a_network_within_a_network_gives_itself_away() -> None:
    inner = network(name="vgg16")
    outer = keras.Sequential([keras.Input((20, 30, 3)), inner, L.Dense(3)], name="head")
    assert guess(outer)[0] == Spec(value_range="caffe", channel_order="bgr")


@pytest.mark.parametrize(
    ("shape", "digits"),
    [((28, 28, 1), True), ((28, 28), True), ((32, 32, 1), True), ((28, 28, 3), False), ((None, None, 1), False)],
)
def test_small_grey_squares_are_taken_for_digits(shape: tuple[int | None, ...], digits: bool) -> None:
    layers = [L.Reshape((28, 28, 1))] if len(shape) == 2 else []
    inputs = keras.Input(shape)
    outputs = inputs
    for layer in [*layers, L.Conv2D(2, 3), L.GlobalAveragePooling2D()]:
        outputs = layer(outputs)
    found = guess(keras.Model(inputs, outputs))[0]
    assert (found.fit, found.ground) == (("centre", "dark") if digits else ("crop", "as_is"))
