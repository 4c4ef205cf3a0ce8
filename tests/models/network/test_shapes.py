"""`walk`: published networks, numbers worked out by hand, and what cannot work."""

from typing import Any

import pytest

from models.errors import LearnerError
from models.network import PRESETS
from models.network.notation import parse
from models.network.rows import LayerRow
from models.network.shapes import MOST_PARAMETERS, walk, walk_until_failure
from models.specs.network import ConvLayer, NetworkSpec


def rows_of(layers: str, picture: str = "28x28x1") -> tuple[LayerRow, ...]:
    return walk(parse(layers, picture))


def preset(name: str) -> tuple[LayerRow, ...]:
    return rows_of(PRESETS[name].layers, PRESETS[name].input)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("digits", 333_526),
        ("cifar", 1_792 + 36_928 + 73_856 + 147_584 + 8_389_632 + 1_049_600 + 10_250),
        ("tiny_vgg", 19_920),
        ("lenet5", 61_706),
        ("flowers", 3_989_285),
        ("batch_norm", 34_138),
        ("vgg16", 138_357_544),
    ],
)
def test_published_totals(name: str, parameters: int) -> None:
    assert sum(row.parameters for row in preset(name)) == parameters


def test_lenet5_layer_by_layer() -> None:
    rows = preset("lenet5")
    assert [row.output_shape[1:] for row in rows] == [
        (28, 28, 6),
        (14, 14, 6),
        (10, 10, 16),
        (5, 5, 16),
        (1, 1, 120),
        (120,),
        (84,),
        (10,),
    ]
    assert [row.parameters for row in rows] == [156, 0, 2_416, 0, 48_120, 0, 10_164, 850]
    assert rows[0].multiplications == 28 * 28 * 5 * 5 * 6
    assert rows[2].multiplications == 10 * 10 * 5 * 5 * 6 * 16


def test_vgg16_costs_what_is_published() -> None:
    rows = preset("vgg16")
    last_pool = [row for row in rows if row.layer.name == "pool"][-1]
    assert last_pool.output_shape == (None, 7, 7, 512)
    assert last_pool.receptive_field.size == (212, 212)
    assert last_pool.receptive_field.stride == (32, 32)
    assert sum(row.multiplications for row in rows) == 15_470_264_320
    assert rows[0].activation_bytes == 224 * 224 * 64 * 4


@pytest.mark.parametrize(
    ("layer", "output", "parameters", "multiplications"),
    [
        ("conv 4 k3x5", (11, 7, 4), 3 * 5 * 2 * 4 + 4, 11 * 7 * 3 * 5 * 2 * 4),
        ("conv 4 k3 s2 same no_bias", (7, 6, 4), 3 * 3 * 2 * 4, 7 * 6 * 3 * 3 * 2 * 4),
        ("conv 4 k3 d3", (7, 5, 4), 76, 7 * 5 * 72),
        ("depthwise k3 m3", (11, 9, 6), 3 * 3 * 2 * 3 + 6, 11 * 9 * 3 * 3 * 2 * 3),
        ("separable 5 k3 m3", (11, 9, 5), 3 * 3 * 2 * 3 + 2 * 3 * 5 + 5, 11 * 9 * (54 + 30)),
        ("transposed 5 k3 s2", (27, 23, 5), 3 * 3 * 2 * 5 + 5, 13 * 11 * 90),
        ("transposed 5 k2 s3", (39, 33, 5), 2 * 2 * 2 * 5 + 5, 13 * 11 * 40),
        ("transposed 5 k4 s2 same", (26, 22, 5), 4 * 4 * 2 * 5 + 5, 13 * 11 * 160),
        ("pool 2", (6, 5, 2), 0, 0),
        ("pool 3 s2 same average", (7, 6, 2), 0, 0),
        ("global_pool max", (2,), 0, 0),
        ("batch_norm", (13, 11, 2), 8, 13 * 11 * 2),
        ("activation elu", (13, 11, 2), 0, 0),
        ("dropout 0.3", (13, 11, 2), 0, 0),
        ("flatten", (286,), 0, 0),
        ("dense 5", (13, 11, 5), 15, 13 * 11 * 10),
        ("zero_padding 2", (17, 15, 2), 0, 0),
        ("residual(conv 2 k3 same)", (13, 11, 2), 38, 13 * 11 * 36),
        ("residual(conv 4 k3 s2 same)", (7, 6, 4), 76 + 12, 7 * 6 * (72 + 8)),
        ("conv 4 k3x5 off", (13, 11, 2), 0, 0),
    ],
)
def test_one_layer_by_hand(layer: str, output: tuple[int, ...], parameters: int, multiplications: int) -> None:
    (row,) = rows_of(layer, "13x11x2")
    assert row.input_shape == (None, 13, 11, 2)
    assert row.output_shape == (None, *output)
    assert row.parameters == parameters == row.trainable + row.non_trainable
    assert row.multiplications == multiplications


def test_the_terms_are_the_sum_with_its_numbers() -> None:
    conv, norm = rows_of("conv 32 k3x5 | batch_norm", "28x28x3")
    assert [(term.name, term.shape, term.count) for term in conv.parameter_terms] == [
        ("kernel", (3, 5, 3, 32), 1440),
        ("bias", (32,), 32),
    ]
    assert [term.name for term in norm.parameter_terms] == ["gamma", "beta", "moving_mean", "moving_variance"]
    assert (norm.parameters, norm.trainable, norm.non_trainable) == (128, 64, 64)


def test_a_block_counts_all_that_is_in_it() -> None:
    (row,) = rows_of("residual(conv 4 k3 same | batch_norm off | conv 4 k3 s2 same)", "13x11x2")
    assert [inner.name for inner in row.inner] == ["conv_1_1", "batch_norm_1_2", "conv_1_3"]
    assert row.projection
    assert row.projection.name == "residual_1_projection"
    assert row.parameters == sum(inner.parameters for inner in row.inner) + row.projection.parameters
    written = 13 * 11 * 4 + 7 * 6 * 4 + 7 * 6 * 4 + 7 * 6 * 4
    assert row.activation_bytes == 4 * written


def test_names_keep_the_places_of_layers_that_are_off() -> None:
    rows = rows_of("conv 4 off | conv 5")
    assert [row.name for row in rows] == ["conv_1", "conv_2"]
    assert rows[0].output_shape == rows[0].input_shape
    assert rows[0].activation_bytes == 0


@pytest.mark.parametrize(
    ("layers", "code", "values"),
    [
        (
            "pool 2 | conv 8 k5x9",
            "layer_window_too_large",
            {"index": 1, "place": "2", "kind": "conv", "window_height": 5, "window_width": 9, "height": 6, "width": 5},
        ),
        ("conv 8 k5 d4", "layer_window_too_large", {"window_height": 17, "height": 13}),
        ("pool 14", "layer_window_too_large", {"kind": "pool", "window_width": 14, "width": 11}),
        ("flatten | conv 8", "layer_needs_maps", {"index": 1, "units": 286, "kind": "conv"}),
        ("global_pool | pool 2", "layer_needs_maps", {"units": 2, "kind": "pool"}),
        ("flatten | zero_padding 1", "layer_needs_maps", {"kind": "zero_padding"}),
        ("flatten | global_pool", "layer_needs_maps", {"kind": "global_pool"}),
        ("flatten | transposed 3", "layer_needs_maps", {"kind": "transposed"}),
        ("conv 8 s2 d2", "layer_stride_with_dilation", {"index": 0, "stride": 2, "dilation": 2}),
        ("depthwise s2 d2", "layer_stride_with_dilation", {"kind": "depthwise"}),
        ("separable 3 s2 d2", "layer_stride_with_dilation", {"kind": "separable"}),
        ("transposed 3 s2 d2", "layer_stride_with_dilation", {"kind": "transposed"}),
        ("residual(conv 2 k3)", "branches_differ", {"shortcut": "13x11x2", "branch": "11x9x2"}),
        ("residual(transposed 2 s2 same)", "branches_differ", {"branch": "26x22x2"}),
        ("residual(flatten)", "branches_differ", {"branch": "286"}),
        ("flatten | residual(dense 3)", "branches_differ", {"index": 1, "shortcut": "286", "branch": "3"}),
        (
            "dense 2 | residual(conv 2 same | residual(pool 2 | conv 3 k9))",
            "layer_window_too_large",
            {"place": "2.2.2", "index": 1},
        ),
        ("transposed 1 k8 s8 | transposed 4096 k8 s8 | " * 9, "map_too_large", {"place": "2", "limit": 100_000_000}),
        (
            "conv 64 same | flatten | dense 20000 | dense 20000",
            "too_many_parameters",
            {"place": "4", "parameters": 400_020_000, "limit": MOST_PARAMETERS},
        ),
    ],
)
def test_the_first_layer_that_cannot_work_is_named(layers: str, code: str, values: dict[str, Any]) -> None:
    with pytest.raises(LearnerError) as caught:
        rows_of(layers, "13x11x2")
    assert caught.value.code == code
    assert values.items() <= caught.value.values.items()


def test_the_layers_before_stay_alive() -> None:
    rows, error = walk_until_failure(parse("conv 8 | pool 2 | pool 16 | dense 3", "28x28x1"))
    assert [row.name for row in rows] == ["conv_1", "pool_2"]
    assert error
    assert error.values["path"] == (2,)


def test_a_network_without_layers() -> None:
    assert walk(NetworkSpec()) == ()


def test_the_parameters_of_a_constructed_layer_are_checked() -> None:
    with pytest.raises(LearnerError, match="filters"):
        ConvLayer(filters=10**9)
    with pytest.raises(LearnerError, match="padding"):
        ConvLayer(padding=3)  # type: ignore[arg-type]
