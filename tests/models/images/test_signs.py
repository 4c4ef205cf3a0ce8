import numpy as np
import pytest

from models.images.signs import BLUE_BLACK, BROWN, GREEN, RED, letter_b, mole, traffic_light
from models.images.transform import as_bytes


@pytest.mark.parametrize("picture", [letter_b(), traffic_light(RED), traffic_light(GREEN), mole(BROWN), mole(BLUE_BLACK)])
def test_signs_are_pictures_of_bytes(picture: np.ndarray) -> None:
    assert picture.ndim == 3
    assert picture.dtype == np.float32
    assert as_bytes(picture) is not None
    assert picture.std() > 0.05


def test_only_the_lamp_differs_between_traffic_lights() -> None:
    """A hue of another angle leaves grey as it is: the green light is what it makes of the red one."""
    red, green = traffic_light(RED), traffic_light(GREEN)
    changed = np.argwhere((red != green).any(axis=2))
    assert changed.min(axis=0).tolist() >= [5, 16]
    assert changed.max(axis=0).tolist() <= [21, 32]
    assert np.allclose(np.sort(red, axis=2), np.sort(green, axis=2))


def test_a_mirrored_b_is_another_picture() -> None:
    assert not np.array_equal(letter_b(), letter_b()[:, ::-1])
