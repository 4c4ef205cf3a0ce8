"""What is shown of a network is what Keras computes; no look changes the model."""

import gc
import weakref

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.graph import graph
from models.network.inspect import (
    activation_maps,
    feature_maps,
)
from models.network.notation import parse
from models.network.rows import leaves
from models.network.run import runner
from models.network.shapes import walk
from models.network.sums import SUMS
from tests.models.network.architectures import ARCHITECTURES, nested
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import Array, linear, one_layer, pictures
from tests.models.network.random_networks import EVERY_KIND


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request: pytest.FixtureRequest) -> keras.Model:
    return varied(ARCHITECTURES[request.param]())


@pytest.fixture(scope="module")
def every_kind() -> keras.Model:
    return varied(build(parse(EVERY_KIND, "15x17x3"), seed=0))


def outputs_by_keras(model: keras.Model, images: Array) -> dict[str, Array]:
    """Every layer's first output, as Keras' own models of parts of the network compute it."""
    found = {}
    for layer in model.layers:
        if not isinstance(layer, L.InputLayer):
            first = layer._inbound_nodes[0].outputs[0]
            found[layer.name] = np.asarray(keras.Model(model.inputs[0], first)(images, training=False))
    return found


def test_activation_maps_are_keras_own_outputs(model: keras.Model) -> None:
    images = pictures(model)
    maps = activation_maps(model, images)
    given = images if len(model.input_shape) == 4 else images[..., 0]
    for name, expected in outputs_by_keras(model, given).items():
        np.testing.assert_allclose(maps[name], expected, rtol=1e-5, atol=1e-5, err_msg=name)


def test_feature_maps_are_what_stands_before_the_activation_function(model: keras.Model) -> None:
    images = pictures(model)
    sums, maps = feature_maps(model, images), activation_maps(model, images)
    steps = {step.name: step for step in graph(model).steps}
    assert set(sums) == {name for name, step in steps.items() if type(step.layer).__name__ in SUMS}
    for name, before in sums.items():
        step = steps[name]
        source = graph(model).steps[step.sources[0]].name if step.sources[0] >= 0 else None
        given = maps[source] if source else images
        np.testing.assert_allclose(before, np.asarray(linear(step.layer)(given)), rtol=1e-5, atol=1e-5, err_msg=name)
        after = step.layer.activation(before) if step.layer.activation else before
        np.testing.assert_allclose(np.asarray(after), maps[name], rtol=1e-5, atol=1e-5, err_msg=name)


def test_a_look_changes_nothing_and_gives_the_same_twice(model: keras.Model) -> None:
    images = pictures(model)
    before = [weight.copy() for weight in model.get_weights()]
    nodes, losses = [len(layer._inbound_nodes) for layer in model.layers], len(model.losses)
    first = activation_maps(model, images)
    runner(model).settle()
    for again in (activation_maps(model, images), activation_maps(model, images)):
        for name, expected in first.items():
            np.testing.assert_allclose(again[name], expected, rtol=1e-5, atol=1e-6)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
    assert [len(layer._inbound_nodes) for layer in model.layers] == nodes
    assert len(model.losses) == losses


def test_every_kind_of_spec_has_maps(every_kind: keras.Model) -> None:
    maps = activation_maps(every_kind, pictures(every_kind))
    rows = list(leaves(walk(parse(EVERY_KIND, "15x17x3"))))
    assert {row.name for row in rows} <= set(maps)
    assert all(maps[row.name].shape[1:] == row.output_shape[1:] for row in rows)


def test_only_what_is_asked_for_is_given(every_kind: keras.Model) -> None:
    images = pictures(every_kind)
    assert list(feature_maps(every_kind, images, layers=["conv_4_1", "conv_2"])) == ["conv_4_1", "conv_2"]
    assert list(activation_maps(every_kind, images, layers=["pool_8"])) == ["pool_8"]
    with pytest.raises(ValueError, match="nowhere"):
        activation_maps(every_kind, images, layers=["nowhere"])
    with pytest.raises(ValueError, match="weighted"):
        feature_maps(every_kind, images, layers=["pool_8"])


def test_names_in_nested_networks() -> None:
    names = set(activation_maps(nested(), pictures(nested())))
    deep = next(name for name in names if name.startswith("block/sequential") and name.endswith("/conv"))
    assert {"first", "block", "block/conv", deep, f"{deep}#2", "block/conv#2"} <= names


def test_changed_weights_are_seen_by_the_traced_function(every_kind: keras.Model) -> None:
    images = pictures(every_kind)
    activation_maps(every_kind, images, layers=["conv_2"])
    runner(every_kind).settle()
    layer = every_kind.get_layer("conv_2")
    bias = np.asarray(layer.bias).copy()
    before = feature_maps(every_kind, images, layers=["conv_2"])["conv_2"]
    runner(every_kind).settle()
    layer.bias.assign(bias + 3)
    np.testing.assert_allclose(feature_maps(every_kind, images, layers=["conv_2"])["conv_2"], before + 3, rtol=1e-4)
    layer.bias.assign(bias)


def test_a_model_that_nobody_needs_goes() -> None:
    model = sequential(L.Conv2D(1, 1))
    activation_maps(model, pictures(model))
    runner(model).settle()
    gone = weakref.ref(model)
    del model
    keras.backend.clear_session()
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("shape", [(2, 9, 12, 3), (2, 9, 11, 1), (9, 11, 3)])
def test_pictures_of_another_size_are_a_mistake(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="images"):
        activation_maps(one_layer("conv"), np.zeros(shape, np.float32))


def test_other_models_are_a_mistake() -> None:
    two = [keras.Input((3, 3, 1)), keras.Input((3, 3, 1))]
    for model in (keras.Sequential(), keras.Model(two, L.Add()(two))):
        with pytest.raises(TypeError, match="one input"):
            feature_maps(model, np.zeros((1, 3, 3, 1), np.float32))
