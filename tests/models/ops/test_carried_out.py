import numpy as np
import pytest

from models.errors import LearnerError
from models.ops.collapse import carried_out
from models.ops.conv import convolve
from models.specs.operations import ConvSpec

RANDOM = np.random.default_rng(8)


@pytest.mark.parametrize(("sides", "channels"), [((3, 3), 1), ((2, 5), 3), ((11, 7), 3)])
def test_it_is_the_convolution_where_both_can(sides: tuple[int, int], channels: int) -> None:
    image = RANDOM.random((17, 23, channels), dtype=np.float32)
    kernel = RANDOM.normal(size=(*sides, channels, 2)).astype(np.float32)
    np.testing.assert_allclose(carried_out(image, kernel), convolve(image, kernel, ConvSpec(sides)), atol=1e-4)


def test_a_kernel_larger_than_a_layer_may_have() -> None:
    image = RANDOM.random((13, 15, 1), dtype=np.float32)
    kernel = np.ones((13, 13, 1, 1), dtype=np.float32)
    expected = [image[:, col : col + 13].sum() for col in range(3)]
    np.testing.assert_allclose(carried_out(image, kernel).ravel(), expected, rtol=1e-5)


def test_a_picture_that_is_too_small() -> None:
    with pytest.raises(LearnerError, match=r"window_does_not_fit.*side='width'.*missing=2"):
        carried_out(np.zeros((9, 3, 1), dtype=np.float32), np.zeros((5, 5, 1, 1), dtype=np.float32))


def test_other_channels_are_refused() -> None:
    with pytest.raises(ValueError, match="kernel: expected 3 input channels as the image has; received 1"):
        carried_out(np.zeros((9, 8, 3), dtype=np.float32), np.zeros((5, 5, 1, 1), dtype=np.float32))
