import numpy as np
import pytest

from models.images.kernels import KERNELS
from models.ops.activation import relu
from models.ops.best_kernel import best_kernel
from models.ops.collapse import collapse
from models.ops.conv import convolve
from models.specs.operations import ConvSpec

RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize("channels", [1, 3])
def test_what_one_kernel_did_is_found_again(channels: int) -> None:
    image = RANDOM.random((17, 23, channels), dtype=np.float32)
    kernel = RANDOM.normal(size=(3, 2, channels, 2)).astype(np.float32)
    target = convolve(image, kernel, ConvSpec((3, 2)), np.array([0.5, -2], dtype=np.float32))
    found, bias = best_kernel(image, target, (3, 2))
    np.testing.assert_allclose(found, kernel, atol=1e-4)
    np.testing.assert_allclose(bias, [0.5, -2], atol=1e-4)


def test_a_relu_between_two_convolutions_is_out_of_reach() -> None:
    image = RANDOM.random((40, 31, 1), dtype=np.float32)
    first, second = (KERNELS[name](3)[..., np.newaxis, np.newaxis] for name in ("sobel_vertical", "laplacian"))
    target = convolve(relu(convolve(image, first, ConvSpec(3))), second, ConvSpec(3))
    found, bias = best_kernel(image, target, (5, 5))
    best = np.abs(convolve(image, found, ConvSpec(5)) + bias - target)
    linear = np.abs(convolve(image, collapse(first, second), ConvSpec(5)) - target)
    assert best.max() > 0.1
    assert (best**2).mean() < (linear**2).mean()


def test_a_flat_picture_has_a_best_kernel_too() -> None:
    image = np.full((9, 12, 1), 0.5, dtype=np.float32)
    found, bias = best_kernel(image, np.full((7, 10, 1), 3, dtype=np.float32), (3, 3))
    np.testing.assert_allclose(convolve(image, found, ConvSpec(3)) + bias, 3, atol=1e-3)


def test_a_target_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match=r"target: expected height and width \(7, 10\)"):
        best_kernel(np.zeros((9, 12, 1), dtype=np.float32), np.zeros((9, 12, 1), dtype=np.float32), (3, 3))
