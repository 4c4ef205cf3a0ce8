import numpy as np
import pytest

from models.arrays import Array
from models.ops.activation import ACTIVATIONS
from models.ops.collapse import collapse, collapse_bias
from models.ops.conv import convolve
from models.specs.operations import ConvSpec


def random(*shape: int) -> Array:
    return np.random.default_rng(sum(shape)).normal(scale=0.2, size=shape).astype(np.float32)


def plain(kernel: Array) -> ConvSpec:
    return ConvSpec(kernel_size=(kernel.shape[0], kernel.shape[1]))


def test_by_hand() -> None:
    first = np.array([[1, 2]], dtype=np.float32).reshape(1, 2, 1, 1)
    second = np.array([[1, 0, -1], [0, 3, 0]], dtype=np.float32).reshape(2, 3, 1, 1)
    expected = [[1, 2, -1, -2], [0, 3, 6, 0]]
    np.testing.assert_array_equal(collapse(first, second)[:, :, 0, 0], expected)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (random(3, 3, 1, 1), random(3, 3, 1, 1)),
        (random(3, 3, 3, 4), random(3, 3, 4, 2)),
        (random(5, 2, 3, 2), random(1, 4, 2, 5)),
    ],
)
def test_one_kernel_does_what_two_did(first: Array, second: Array) -> None:
    image = np.random.default_rng(0).random((17, 23, first.shape[2]), dtype=np.float32)
    first_bias, second_bias = random(first.shape[3]), random(second.shape[3])
    one, bias = collapse(first, second), collapse_bias(first_bias, second, second_bias)
    assert one.shape == (
        first.shape[0] + second.shape[0] - 1,
        first.shape[1] + second.shape[1] - 1,
        first.shape[2],
        second.shape[3],
    )
    between = convolve(image, first, plain(first), first_bias)
    np.testing.assert_allclose(
        convolve(image, one, plain(one), bias), convolve(between, second, plain(second), second_bias), atol=2e-6
    )


def test_with_relu_between_no_single_kernel_does_it() -> None:
    first, second = random(3, 3, 1, 4), random(3, 3, 4, 1)
    image = np.random.default_rng(0).random((9, 13, 1), dtype=np.float32) - 0.5
    between = ACTIVATIONS["relu"](convolve(image, first, plain(first)))
    one = collapse(first, second)
    assert np.abs(convolve(image, one, plain(one)) - convolve(between, second, plain(second))).max() > 0.01


def test_channels_that_do_not_meet_are_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match=r"^second: expected 4 input channels"):
        collapse(random(3, 3, 1, 4), random(3, 3, 2, 1))
    for first_bias, second_bias, name in ((random(2), random(1), "first_bias"), (random(4), random(2), "second_bias")):
        with pytest.raises(ValueError, match=f"^{name}: expected shape"):
            collapse_bias(first_bias, random(3, 3, 4, 1), second_bias)
