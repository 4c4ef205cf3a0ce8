"""What is shown of a network is what Keras computes; its parts add up; no look changes the model."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network.build import build
from models.network.graph import graph
from models.network.inspect import (
    activation_maps,
    contributions,
    feature_maps,
    footprint,
    inventory,
    kernels,
    probabilities,
    receptive_field,
    seen_box,
    top_classes,
    weights,
)
from models.network.notation import parse
from models.network.rows import leaves, seen_by
from models.network.run import runner
from models.network.shapes import walk
from models.network.sums import SUMS, TERMS
from tests.models.network.architectures import ARCHITECTURES, nested
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.random_networks import EVERY_KIND

Array = np.ndarray[Any, Any]
INSPECTED = [name for name in ARCHITECTURES if name != "arithmetic"]
CONVOLUTIONS = {
    "conv": lambda: L.Conv2D(4, (3, 2), strides=(2, 1), padding="same", activation="relu"),
    "groups": lambda: L.Conv2D(4, 3, groups=2, activation="tanh"),
    "dilated": lambda: L.Conv2D(3, 3, dilation_rate=2, use_bias=False),
    "depthwise": lambda: L.DepthwiseConv2D(3, depth_multiplier=2, activation="sigmoid"),
    "separable": lambda: L.SeparableConv2D(3, 3, depth_multiplier=2, padding="same", activation="elu"),
    "transposed": lambda: L.Conv2DTranspose(3, (3, 4), strides=(2, 3), padding="same", activation="gelu"),
    "transposed_wide": lambda: L.Conv2DTranspose(3, 2, strides=2, output_padding=1),
    "dense": lambda: L.Dense(5, activation="softmax"),
}
EVERY_CONVOLUTION = pytest.mark.parametrize("kind", CONVOLUTIONS)


def one_layer(kind: str) -> keras.Model:
    return varied(sequential(L.Rescaling(2.0, offset=-0.7), L.Conv2D(4, 1, name="before"), named(kind), shape=(9, 11, 3)))


def named(kind: str) -> keras.Layer:
    layer = CONVOLUTIONS[kind]()
    layer.name = "asked"
    return layer


def pictures(model: keras.Model, count: int = 2) -> Array:
    shape = [side or 12 + place for place, side in enumerate(model.input_shape[1:])]
    shape = shape if len(shape) == 3 else [*shape, 1]
    return np.random.default_rng(1).random((count, *shape), dtype=np.float32)


def linear(layer: keras.Layer) -> Any:
    """The same layer without its activation function, with the same weights."""
    twin = type(layer).from_config({**layer.get_config(), "activation": None, "name": "twin"})
    twin.build(layer.input.shape)
    twin.set_weights(layer.get_weights())
    return twin


@pytest.fixture(scope="module", params=INSPECTED)
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


# --- what each channel adds ---


@EVERY_CONVOLUTION
def test_contributions_add_up(kind: str) -> None:
    model = one_layer(kind)
    images = pictures(model)
    maps = feature_maps(model, images)["asked"]
    for filter_index in range(maps.shape[-1]):
        parts = contributions(model, "asked", filter_index, images)
        np.testing.assert_allclose(parts.maps.sum(axis=-1) + parts.bias, maps[..., filter_index], rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(parts.total, maps[..., filter_index], rtol=1e-4, atol=1e-5)
        strength = np.abs(parts.maps).sum(axis=tuple(range(parts.maps.ndim - 1)))
        assert np.all(np.diff(strength) <= 1e-4)


@EVERY_CONVOLUTION
def test_each_contribution_is_of_its_channel_alone(kind: str) -> None:
    """With all other channels at zero, the map is what this channel contributes, and the bias."""
    model = one_layer(kind)
    images = pictures(model)
    parts = contributions(model, "asked", 1, images)
    given = activation_maps(model, images)["before"]
    twin = linear(model.get_layer("asked"))
    for place, channel in enumerate(parts.channels):
        alone = np.zeros_like(given)
        alone[..., channel] = given[..., channel]
        np.testing.assert_allclose(parts.maps[..., place] + parts.bias, np.asarray(twin(alone))[..., 1], rtol=1e-4, atol=1e-5)


def test_every_kind_with_sums_has_terms() -> None:
    assert set(SUMS) == set(TERMS)


def test_contributions_to_a_dense_unit_and_from_the_picture() -> None:
    model = varied(sequential(L.Flatten(), L.Dense(2, name="dense"), shape=(3, 4, 1)))
    images = pictures(model)
    parts = contributions(model, "dense", 1, images)
    assert parts.maps.shape == (2, 12)
    np.testing.assert_allclose(parts.total, feature_maps(model, images)["dense"][:, 1], rtol=1e-5)
    with pytest.raises(ValueError, match="0 to 1"):
        contributions(model, "dense", 2, images)
    with pytest.raises(ValueError, match="filter_index"):
        contributions(model, "flatten", 0, images)


@EVERY_CONVOLUTION
def test_kernels_have_one_order_of_axes(kind: str) -> None:
    model = one_layer(kind)
    layer = model.get_layer("asked")
    shape = kernels(model, "asked").shape
    filters = layer.compute_output_shape((1, 9, 11, 4))[-1]
    assert shape[-1] == filters
    assert kind == "dense" or shape[:2] == layer.kernel_size
    assert {name: array.shape for name, array in weights(model, "asked").items()} == {w.name: w.shape for w in layer.weights}


def test_the_kernels_of_a_separable_layer_are_those_of_one_convolution() -> None:
    model = one_layer("separable")
    images = pictures(model)
    given = activation_maps(model, images)["before"]
    expected = keras.ops.conv(given, kernels(model, "asked"), padding="same") + model.get_layer("asked").bias
    np.testing.assert_allclose(feature_maps(model, images)["asked"], np.asarray(expected), rtol=1e-4, atol=1e-5)
    with pytest.raises(ValueError, match="convolution"):
        kernels(model, model.layers[0].name)


# --- what a unit sees ---


def test_receptive_fields_are_those_of_the_table(every_kind: keras.Model) -> None:
    for row in leaves(walk(parse(EVERY_KIND, "15x17x3"))):
        if row.name.startswith(("conv", "pool", "transposed", "zero", "batch", "depthwise")):
            assert receptive_field(every_kind, row.name) == row.receptive_field, row.name


def test_boxes_are_those_of_the_table() -> None:
    spec = parse("conv 3 k3 s2 | residual(conv 3 k5 same | depthwise k3 same) | pool 2 | transposed 2 k3 s2", "23x19x1")
    model = build(spec, seed=0)
    rows = walk(spec)
    for unit in ((0, 0), (3, 2), (5, 4)):
        assert seen_box(model, rows[-1].name, unit) == seen_by(rows, unit)
    assert seen_box(build(parse("flatten | dense 3", "4x5x1"), seed=0), "dense_2", (0, 0)) is None


WINDOWS = {
    "convolutions": lambda: sequential(
        L.Conv2D(2, 3, dilation_rate=2), L.SeparableConv2D(3, (2, 3), padding="same"), shape=(15, 13, 2)
    ),
    "pools": lambda: sequential(L.AveragePooling2D(3, strides=2, padding="same"), L.DepthwiseConv2D(2), shape=(15, 13, 2)),
    "moves": lambda: sequential(
        L.ZeroPadding2D(((2, 1), (0, 3))), L.Conv2D(1, 3), L.Cropping2D(((1, 0), (2, 1))), shape=(9, 8, 1)
    ),
    "crop": lambda: sequential(L.CenterCrop(6, 4), L.Conv2D(1, 2), shape=(9, 8, 1)),
    "transposed": lambda: sequential(
        L.Conv2DTranspose(2, 3, strides=2, padding="same"), L.Conv2DTranspose(1, (2, 4)), shape=(6, 5, 1)
    ),
    "nearest": lambda: sequential(L.UpSampling2D((2, 3)), L.Conv2D(1, 3), shape=(6, 5, 1)),
    "bilinear": lambda: sequential(L.UpSampling2D((2, 4), interpolation="bilinear"), L.Conv2D(1, 1), shape=(6, 5, 1)),
    "bicubic": lambda: sequential(L.UpSampling2D(3, interpolation="bicubic"), shape=(12, 11, 1)),
    "branches": lambda: branching(),
}


def branching() -> keras.Model:
    picture = keras.Input((11, 12, 1))
    return keras.Model(
        picture, L.Concatenate()([L.Conv2D(1, 3, padding="same")(picture), L.Conv2D(1, (1, 7), padding="same")(picture)])
    )


@pytest.mark.parametrize("name", WINDOWS)
def test_boxes_hold_what_moves_the_unit(name: str) -> None:
    """The gradient is zero outside the box, and reaches its sides (a bicubic one may be zero there)."""
    model = varied(WINDOWS[name]())
    image = pictures(model, 1)[0]
    last = model.layers[-1].name
    height, width, _ = model.output_shape[1:]
    for unit in ((0, 0), (height // 2, width // 2), (height - 1, width - 1)):
        box = seen_box(model, last, unit)
        assert box
        used = sum(footprint(model, last, channel, unit, image) for channel in range(model.output_shape[-1]))
        rows, cols = (np.flatnonzero(np.asarray(used).any(axis=axis)) for axis in (1, 0))
        for (low, high), found, size in zip(box, (rows, cols), image.shape, strict=False):
            low, high = max(low, 0), min(high, size - 1)
            assert low <= found[0]
            assert found[-1] <= high
            assert name in ("bicubic", "bilinear") or (found[0], found[-1]) == (low, high)


def test_pictures_of_any_size_need_a_size() -> None:
    model = ARCHITECTURES["residual"]()
    last = model.layers[-2].name
    with pytest.raises(ValueError, match="picture"):
        receptive_field(model, last)
    assert receptive_field(model, last, (20, 24)).size == (20, 24)


def test_footprints_are_normalised_and_know_dead_units() -> None:
    model = build(parse(EVERY_KIND, "15x17x3"), seed=0)
    image = pictures(model)[0]
    shares = footprint(model, "conv_2", 1, (4, 5), image)
    assert shares.shape == (15, 17)
    assert shares.max() == 1.0
    assert footprint(model, "dense_12", 3, None, image).max() == pytest.approx(1.0)
    dead = sequential(L.Conv2D(1, 1, kernel_initializer="zeros"), shape=(4, 5, 3))
    assert footprint(dead, dead.layers[0].name, 0, (1, 1), image[:4, :5]).tolist() == np.zeros((4, 5)).tolist()


# --- what it answers ---


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((L.Dense(3, activation="softmax"),), "softmax"),
        ((L.Dense(3),), "logits"),
        ((L.Dense(3), L.Softmax()), "softmax"),
        ((L.Dense(3), L.Activation("softmax"), L.Dropout(0.5)), "softmax"),
        ((L.Dense(1, activation="sigmoid"),), "one"),
        ((L.Dense(1),), "one_logit"),
        ((L.Dense(3, activation="sigmoid"),), "each"),
    ],
)
def test_probabilities(layers: tuple[keras.Layer, ...], expected: str) -> None:
    model = sequential(L.Flatten(), *layers, shape=(3, 2, 1))
    images = pictures(model, 4)
    answer = np.asarray(model(images, training=False))
    rows = probabilities(model, images)
    if expected in ("softmax", "each"):
        np.testing.assert_allclose(rows, answer, atol=1e-6)
    elif expected == "logits":
        np.testing.assert_allclose(rows, np.asarray(keras.ops.softmax(answer)), atol=1e-6)
    else:
        second = answer if expected == "one" else np.asarray(keras.ops.sigmoid(answer))
        np.testing.assert_allclose(rows, np.concatenate([1 - second, second], axis=1), atol=1e-6)
    for row, best in zip(rows, top_classes(model, images, 2), strict=True):
        assert [entry.number for entry in best] == np.argsort(-row, kind="stable")[:2].tolist()
        assert best[0].probability == pytest.approx(row.max())


def test_a_network_that_answers_with_maps_has_no_classes() -> None:
    model = one_layer("conv")
    with pytest.raises(LearnerError) as caught:
        probabilities(model, pictures(model))
    assert (caught.value.code, caught.value.values) == ("network_without_classes", {"shape": "5x11x4"})


@pytest.fixture(autouse=True)
def settled() -> Iterator[None]:
    """No function is still being traced when the next test begins."""
    from models.network import run

    yield
    for made in list(run._runners.values()):
        made.settle()


# --- what it is made of ---


def test_the_inventory_counts_what_keras_counts(model: keras.Model) -> None:
    listed = inventory(model)
    assert sum(entry.parameters for entry in listed.layers) == model.count_params()
    assert listed.layers[-1].shape == tuple(model.output_shape[1:])
    assert listed.shape == tuple(model.input_shape[1:])
    seen: set[str] = set()
    for entry in listed.layers:
        assert set(entry.sources) <= seen
        seen.add(entry.name)


def test_the_inventory_of_nested_and_residual_networks() -> None:
    entries = {entry.name: entry for entry in inventory(nested()).layers}
    assert entries["first"].function == "elu"
    assert entries["first"].sources == ()
    assert entries["block/conv"].blocks == ("block",)
    assert entries["block/conv"].weighted
    assert entries["block/conv#2"].parameters == 0
    sums = [entry for entry in inventory(ARCHITECTURES["residual"]()).layers if entry.kind == "Add"]
    assert [len(entry.sources) for entry in sums] == [2, 2]
    assert sums[0].shape == (None, None, 6)


def test_findings_need_no_keras() -> None:
    program = "import sys, models.network.findings; sys.exit('keras' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
