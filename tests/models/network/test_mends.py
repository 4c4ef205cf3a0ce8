"""Mends really mend; remarks say what they should, and nothing on networks that are fine."""

import random

import pytest

from models.errors import LearnerError
from models.network import PRESETS
from models.network.mends import mends
from models.network.notation import parse, write, write_input
from models.network.remarks import remarks
from models.network.shapes import walk, walk_until_failure
from models.specs.network import MOST_LAYERS, FlattenLayer, NetworkSpec
from tests.models.network.random_networks import MAP_KINDS, ROW_KINDS, random_layer


def offered(layers: str, picture: str = "13x11x2") -> dict[str, list[str]]:
    """Mend code -> the networks it leads to."""
    spec = parse(layers, picture)
    _, error = walk_until_failure(spec)
    assert error
    found: dict[str, list[str]] = {}
    for mend in mends(spec, error):
        found.setdefault(mend.code, []).append(f"{write_input(mend.spec)} {write(mend.spec)}")
    return found


def said(layers: str, picture: str = "28x28x1") -> dict[str, list[str]]:
    """Remark code -> the networks it offers."""
    spec = parse(layers, picture)
    return {remark.code: [write(mend.spec) for mend in remark.mends] for remark in remarks(spec, walk(spec))}


def test_a_window_that_is_too_large() -> None:
    assert offered("pool 4 | conv 3 k5 d2 | dense 2") == {
        "use_padding": ["13x11x2 pool 4 | conv 3 k5 same d2 | dense 2"],
        "use_kernel_size": ["13x11x2 pool 4 | conv 3 k1 d2 | dense 2"],
        "remove_layer": ["13x11x2 pool 4 | dense 2", "13x11x2 conv 3 k5 d2 | dense 2"],
    }
    assert offered("conv 1 k5x9 | conv 1 k3x5")["use_kernel_size"] == ["13x11x2 conv 1 k5x9 | conv 1 k3"]
    assert offered("conv 1 s4 | conv 1 k4")["use_stride"] == ["13x11x2 conv 1 k3 | conv 1 k4"]
    assert offered("pool 12")["use_pool_size"] == ["13x11x2 pool 11"]
    assert offered("pool 12")["use_input"] == ["26x22x2 pool 12"]


def test_maps_that_are_gone() -> None:
    assert offered("conv 4 | flatten | conv 3 | dense 2") == {
        "move_layer_behind": ["13x11x2 conv 4 k3 | conv 3 k3 | flatten | dense 2"],
        "remove_layer": ["13x11x2 conv 4 k3 | conv 3 k3 | dense 2", "13x11x2 conv 4 k3 | flatten | dense 2"],
    }


def test_stride_with_dilation() -> None:
    assert offered("conv 4 s2 d2") == {
        "use_stride": ["13x11x2 conv 4 k3 d2"],
        "use_dilation": ["13x11x2 conv 4 k3 s2"],
        "remove_layer": ["13x11x2 "],
    }


def test_branches_that_do_not_meet() -> None:
    found = offered("residual(conv 2 | conv 2 k5)")
    assert found["use_padding_inside"] == ["13x11x2 residual(conv 2 k3 same | conv 2 k5 same)"]
    assert found["open_block"] == ["13x11x2 conv 2 k3 | conv 2 k5"]


def test_too_many_parameters() -> None:
    found = offered("conv 64 same | flatten | dense 20000", "200x200x3")
    assert found["use_global_pool"] == ["200x200x3 conv 64 k3 same | global_pool average | dense 20000"]
    assert found["use_units"] == ["200x200x3 conv 64 k3 same | flatten | dense 78"]
    assert offered("conv 4096", "800x800x1")["use_filters"] == ["800x800x1 conv 128 k3"]


def test_every_mend_of_random_failures_gets_further() -> None:
    draw = random.Random(1)
    seen = 0
    for _ in range(400):
        layers = tuple(random_layer(draw.choice([*MAP_KINDS, *ROW_KINDS]), draw) for _ in range(6))
        spec = NetworkSpec((draw.randint(5, 15), draw.randint(5, 15), 2), layers)
        rows, error = walk_until_failure(spec)
        if not error:
            continue
        offers = mends(spec, error)
        assert offers, (write(spec), error)
        for mend in offers:
            after, failure = walk_until_failure(mend.spec)
            assert failure is None or len(mend.spec.layers) - len(after) <= len(spec.layers) - len(rows)
            assert mend.spec != spec
            seen += 1
    assert seen > 200


def test_errors_that_no_change_mends() -> None:
    assert mends(NetworkSpec(), LearnerError("text_too_long", length=9, limit=3)) == ()


@pytest.mark.parametrize("name", ["lenet5", "residual", "global_average"])
def test_nothing_to_say(name: str) -> None:
    assert said(PRESETS[name].layers, PRESETS[name].input) == {}


@pytest.mark.parametrize(
    ("layers", "code", "mended"),
    [
        ("conv 4 k2 s3 relu | global_pool", "stride_larger_than_kernel", "conv 4 k2 s2 relu | global_pool average"),
        ("pool 2 s3 | global_pool", "stride_larger_than_kernel", "pool 2 | global_pool average"),
        ("pool 3 | global_pool", "rows_dropped", "pool 3 same | global_pool average"),
        ("conv 4 k4 s3 relu | pool 2 | global_pool", "rows_dropped", "conv 4 k4 s3 relu | pool 2 same | global_pool average"),
        ("conv 4 k2 s2 | pool 5 | global_pool", "rows_dropped", "conv 4 k2 s2 | pool 5 same | global_pool average"),
        ("transposed 4 k3 s2 relu | global_pool", "checkerboard", "transposed 4 k2 s2 relu | global_pool average"),
        ("transposed 4 k2 s3 relu | global_pool", "transposed_leaves_gaps", "transposed 4 k3 s3 relu | global_pool average"),
        ("dropout 0 | global_pool", "layer_does_nothing", "global_pool average"),
        ("conv 4 zeros | global_pool", "zero_initializer", "conv 4 k3 | global_pool average"),
        ("dense 3 softmax", "dense_on_maps", "flatten | dense 3 softmax"),
        ("flatten | dense 1 softmax", "softmax_with_one_unit", "flatten | dense 1 sigmoid"),
        (
            "conv 3 | dropout 0.1 | conv 4 | global_pool",
            "no_activation_between",
            "conv 3 k3 relu | dropout 0.1 | conv 4 k3 | global_pool average",
        ),
        ("flatten | dense 3 | dense 4", "no_activation_between", "flatten | dense 3 relu | dense 4"),
        (
            "conv 4 | batch_norm | activation relu | global_pool",
            "bias_before_batch_norm",
            "conv 4 k3 no_bias | batch_norm | activation relu | global_pool average",
        ),
        ("conv 4 tanh | activation relu | global_pool", "activation_twice", "conv 4 k3 tanh | global_pool average"),
        ("flatten | dense 30", "dense_holds_most", None),
        ("conv 8 relu | flatten | dense 30", "dense_holds_most", "conv 8 k3 relu | global_pool average | dense 30"),
        ("global_pool | dense 3 softmax | dropout 0.5", "dropout_after_output", "global_pool average | dense 3 softmax"),
        ("global_pool | dense 3 sigmoid", "sigmoid_for_classes", "global_pool average | dense 3 softmax"),
        ("global_pool | dense 3 relu", "output_bent", "global_pool average | dense 3 softmax"),
        ("global_pool | dense 1 relu", "output_bent", "global_pool average | dense 1"),
        ("conv 3", "output_is_maps", "conv 3 k3 | global_pool average"),
        ("global_pool | dense 3 softmax | dense 2", "softmax_inside", "global_pool average | dense 3 relu | dense 2"),
        (
            "residual(conv 1 same | batch_norm) | global_pool",
            "bias_before_batch_norm",
            "residual(conv 1 k3 same no_bias | batch_norm) | global_pool average",
        ),
    ],
)
def test_remarks(layers: str, code: str, mended: str | None) -> None:
    found = said(layers)
    if mended is None:
        assert code not in found
    else:
        assert found[code] == [mended]


def test_numbers_of_remarks() -> None:
    spec = parse(PRESETS["flowers"].layers, PRESETS["flowers"].input)
    dropped, most = remarks(spec, walk(spec))
    assert dropped.values == {"place": "6", "kind": "pool", "rows": 1, "columns": 1, "height": 45, "width": 45}
    assert most.values == {"place": "8", "kind": "dense", "percent": 99, "parameters": 3_965_056, "total": 3_989_285}


def test_the_layers_before_a_failure_get_their_remarks() -> None:
    spec = parse("conv 4 | conv 4 | pool 16 | pool 16", "28x28x1")
    rows, _ = walk_until_failure(spec)
    assert [remark.code for remark in remarks(spec, rows)] == ["no_activation_between", "rows_dropped"]


def test_a_full_network_is_offered_no_more_layers() -> None:
    spec = NetworkSpec((8, 8, 1), parse("conv 1 |" + "activation|" * (MOST_LAYERS - 1), "8x8x1").layers)
    assert [remark.mends for remark in remarks(spec, walk(spec)) if remark.code == "output_is_maps"] == [()]
    assert FlattenLayer() not in spec.layers
