"""A picture as PNG is the picture."""

import numpy as np
import pytest

from models.images.load import load_image
from models.images.png import to_png


@pytest.mark.parametrize("channels", [1, 3])
def test_what_is_written_is_read(channels: int) -> None:
    image = np.random.default_rng(0).integers(0, 256, (5, 7, channels)).astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(load_image(to_png(image)), image)


def test_other_axes_are_refused() -> None:
    with pytest.raises(ValueError, match="channels"):
        to_png(np.zeros((5, 7, 2), np.float32))
    with pytest.raises(ValueError, match="axes"):
        to_png(np.zeros((5, 7), np.float32))
