"""The notation: `write` and `parse` are inverse, errors name their place, nothing takes long."""

import random
from dataclasses import replace
from typing import Any

import pytest

from models.errors import LearnerError
from models.hyperparameters import Choice, Flag, Integer, Number, declared
from models.network import LAYERS, PRESETS
from models.network.notation import parse, parse_input, write, write_input
from models.specs.network import (
    MOST_LAYERS,
    ActivationLayer,
    ConvLayer,
    DenseLayer,
    FlattenLayer,
    Layer,
    NetworkSpec,
    PoolLayer,
    ResidualLayer,
)
from tests.models.network.random_networks import networks

PICTURE = (28, 29, 1)


def layers_of(text: str) -> tuple[Layer, ...]:
    return parse(text, PICTURE).layers


def failure(text: str, picture: str = "28x28x1") -> LearnerError:
    with pytest.raises(LearnerError) as caught:
        parse(text, picture)
    return caught.value


def some_values(name: str, hyperparameter: Any) -> list[Any]:
    match hyperparameter:
        case Integer(low, high):
            return [low, high, (low + high) // 2, *([(3, 5), (1, 11)] if name == "kernel_size" else [])]
        case Number(low, high, step):
            return [low, high, step, low + 0.1234567 * (high - low)]
        case Choice(options):
            return list(options)
        case Flag():
            return [True, False]
    raise TypeError(name)


def test_the_example_of_the_link() -> None:
    spec = parse("conv 32 k3 same relu | pool 2 | flatten | dense 10 softmax", "28x28x1")
    assert spec == NetworkSpec(
        (28, 28, 1),
        (ConvLayer(32, 3, 1, "same", activation="relu"), PoolLayer(2), FlattenLayer(), DenseLayer(10, activation="softmax")),
    )
    assert write(spec) == "conv 32 k3 same relu | pool 2 | flatten | dense 10 softmax"
    assert write_input(spec) == "28x28x1"


@pytest.mark.parametrize("kind", LAYERS.values(), ids=LAYERS)
def test_every_hyperparameter_of_every_kind_survives(kind: type[Layer]) -> None:
    for name, hyperparameter in declared(kind).items():
        for value in some_values(name, hyperparameter):
            spec = NetworkSpec(PICTURE, (kind(**{name: value}),))
            assert parse(write(spec), PICTURE) == spec, write(spec)


@pytest.mark.parametrize("kind", LAYERS.values(), ids=LAYERS)
def test_every_hyperparameter_can_be_named_in_full(kind: type[Layer]) -> None:
    for name, hyperparameter in declared(kind).items():
        value = some_values(name, hyperparameter)[1]
        block = "()" if kind is ResidualLayer else ""
        text = f"{kind.name}{block} {name}={str(value).lower()}"
        assert getattr(layers_of(text)[0], name) == value


def test_random_networks_survive() -> None:
    for spec in networks(100, seed=7):
        assert parse(write(spec), spec.input_shape) == spec
        assert parse(write(spec), write_input(spec)) == spec


def test_presets_are_written_as_write_writes() -> None:
    for preset in PRESETS.values():
        spec = parse(preset.layers, preset.input)
        assert (write(spec), write_input(spec)) == (preset.layers, preset.input)


def test_defaults_are_left_out_and_the_stride_of_a_pooling_follows_its_size() -> None:
    assert write(NetworkSpec(PICTURE, (ConvLayer(), PoolLayer(3, 3), PoolLayer(3, 2)))) == "conv 32 k3 | pool 3 | pool 3 s2"
    assert layers_of("pool 3") == (PoolLayer(3, 3),)
    assert layers_of("pool s2 3") == (PoolLayer(3, 2),)


def test_blocks() -> None:
    block = ResidualLayer((ConvLayer(64, 3, 1, "same", activation="relu"), ConvLayer(64, 3, 1, "same")))
    assert layers_of("residual(conv 64 k3 same relu | conv 64 k3 same)") == (block,)
    nested = ResidualLayer((block, ActivationLayer()), activation="none", on=False)
    text = "residual(residual(conv 64 k3 same relu | conv 64 k3 same) | activation relu) none off"
    assert layers_of(text) == (nested,)
    assert write(NetworkSpec(PICTURE, (nested,))) == text
    assert layers_of("residual()") == (ResidualLayer(),)


def test_case_spaces_lines_and_empty_places_do_not_matter() -> None:
    expected = layers_of("conv 8 k5 relu | pool 2 | dense 3")
    assert layers_of("  CONV  8 K5\tReLU|pool 2\n\nDense 3 |") == expected
    assert layers_of("conv relu 8 k5\r\npool 2\r\ndense 3") == expected
    assert layers_of("") == layers_of(" | \n |") == ()


@pytest.mark.parametrize("text", ["28x30x3", "28X30X3", " 28 × 30 × 3 ", "28, 30, 3", "28 30 3"])
def test_input(text: str) -> None:
    assert parse_input(text) == (28, 30, 3)


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("conv 8 | cnov 3", "unknown_layer", {"place": "2", "word": "cnov", "position": 10, "nearest": "conv"}),
        ("residual(conv 3 | pol 2)", "unknown_layer", {"place": "1.2", "word": "pol", "position": 19, "nearest": "pool"}),
        (
            "conv 8 rellu",
            "unknown_layer_word",
            {"place": "1", "kind": "conv", "word": "rellu", "position": 8, "nearest": "relu"},
        ),
        ("conv 8 kernel=3", "unknown_layer_word", {"nearest": "k3"}),
        ("conv 8 padding=sam", "unknown_layer_word", {"nearest": "same"}),
        ("conv 8 bias=maybe", "unknown_layer_word", {"position": 8}),
        ("conv 8x3", "layer_value_refused", {"field": "filters", "low": 1, "high": 4096, "word": "8x3", "position": 6}),
        ("conv 1000000000", "layer_value_refused", {"field": "filters", "high": 4096}),
        ("conv " + "9" * 6000, "layer_value_refused", {"field": "filters"}),
        ("conv k3x99", "layer_value_refused", {"field": "kernel_size", "high": 11}),
        ("dropout nan", "unknown_layer_word", {"kind": "dropout"}),
        ("dropout 1e999", "layer_value_refused", {"field": "rate"}),
        ("conv 8 16", "layer_word_twice", {"field": "filters", "position": 8}),
        ("conv same valid", "layer_word_twice", {"field": "padding"}),
        ("residual conv 3", "bracket_missing", {"bracket": "(", "position": 10}),
        ("residual(conv 3", "bracket_missing", {"bracket": ")", "position": 16}),
        ("conv 3)", "bracket_extra", {"bracket": ")", "position": 7}),
        ("conv(3)", "bracket_extra", {"bracket": "(", "position": 5}),
        ("(conv 3)", "bracket_extra", {"bracket": "(", "position": 1}),
        ("residual(" * 5000, "nested_too_deeply", {"limit": 3}),
        ("conv 32 k3 same relu | " * 1000, "too_many_layers", {"count": 1000, "limit": MOST_LAYERS}),
        ("residual(" + "pool|" * 400 + ")", "too_many_layers", {"count": 401}),
        ("x" * 60_000, "text_too_long", {"length": 60_000, "limit": 50_000}),
    ],
)
def test_errors_name_their_place(text: str, code: str, values: dict[str, Any]) -> None:
    error = failure(text)
    assert error.code == code
    assert values.items() <= error.values.items()
    assert len(str(error)) < 400


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("28x28", "input_not_understood"),
        ("", "input_not_understood"),
        ("axbxc", "input_refused"),
        ("0x3x1", "input_refused"),
        ("28x1000000000x1", "input_refused"),
        ("28x28x9999", "input_refused"),
        ("9" * 5000, "input_not_understood"),
    ],
)
def test_bad_input_shapes(text: str, code: str) -> None:
    assert failure("", text).code == code


def test_a_programmer_s_mistake_is_no_learner_s() -> None:
    with pytest.raises(TypeError, match="layers"):
        parse(3, PICTURE)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="layers"):
        NetworkSpec(PICTURE, ("conv",))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="input_shape"):
        NetworkSpec((28, 28), ())  # type: ignore[arg-type]


def test_any_text_is_read_or_refused() -> None:
    draw = random.Random(3)
    pieces = [
        "conv",
        "pool",
        "residual(",
        ")",
        "|",
        "k3",
        "k3x",
        "=",
        "l2=",
        "1e5",
        "-1",
        "٣",
        "²",
        "relu",
        " ",
        "\n",
        "\0",
        "off",
        "x",
    ]
    for _ in range(3000):
        text = "".join(draw.choice([*pieces, chr(draw.randrange(1, 0x2FFF))]) + draw.choice(["", " "]) for _ in range(12))
        try:
            spec = parse(text, PICTURE)
        except LearnerError:
            continue
        assert parse(write(spec), PICTURE) == spec


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "|" * 50_000, "conv k" * 8000, "k3 " * 16_000, "conv " + "x" * 49_000, "a=" * 25_000]
)
def test_long_texts_are_read_or_refused_with_a_short_sentence(text: str) -> None:
    assert len(outcome(text)) < 400


def outcome(text: str) -> str:
    try:
        return write(parse(text, PICTURE))
    except LearnerError as error:
        return str(error)


def test_a_spec_is_a_cache_key() -> None:
    one, other = (parse("conv 8 k3x3 | residual(conv 8 same)", "28x28x1") for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert replace(one, layers=one.layers[:1]) != other


@pytest.mark.parametrize(
    ("text", "classes"),
    [("conv 8|flatten|dense 7", 7), ("dense 1 sigmoid", 2), ("conv 5|global_pool|activation softmax", 5), ("flatten", None)],
)
def test_classes(text: str, classes: int | None) -> None:
    assert parse(text, PICTURE).classes == classes
