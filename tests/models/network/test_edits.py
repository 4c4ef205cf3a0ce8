"""Changing one layer by its path, in the network and in a block."""

import pytest

from models.network.edits import inserted, layer_at, removed, replaced
from models.network.notation import parse, write
from models.specs.network import FlattenLayer, NetworkSpec, PoolLayer

SPEC = parse("conv 3 | residual(conv 4 same | residual(batch_norm) | dropout 0.2) | dense 5", "9x8x1")


def test_layer_at() -> None:
    assert layer_at(SPEC, (0,)).name == "conv"
    assert layer_at(SPEC, (1, 2)).name == "dropout"
    assert layer_at(SPEC, (1, 1, 0)).name == "batch_norm"


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (removed(SPEC, (0,)), "residual(conv 4 k3 same | residual(batch_norm) | dropout 0.2) | dense 5"),
        (removed(SPEC, (1, 1)), "conv 3 k3 | residual(conv 4 k3 same | dropout 0.2) | dense 5"),
        (removed(SPEC, (1, 1, 0)), "conv 3 k3 | residual(conv 4 k3 same | residual() | dropout 0.2) | dense 5"),
        (
            replaced(SPEC, (2,), FlattenLayer()),
            "conv 3 k3 | residual(conv 4 k3 same | residual(batch_norm) | dropout 0.2) | flatten",
        ),
        (inserted(SPEC, (3,), PoolLayer()), write(SPEC) + " | pool 2"),
        (inserted(SPEC, (1, 0), PoolLayer()), write(SPEC).replace("(conv 4", "(pool 2 | conv 4")),
    ],
)
def test_edits(after: NetworkSpec, text: str) -> None:
    assert write(after) == text
    assert after.input_shape == SPEC.input_shape


def test_a_path_into_a_layer_that_is_no_block() -> None:
    with pytest.raises(ValueError, match="residual block"):
        removed(SPEC, (0, 1))
