import numpy as np
import pytest

from models.images import SAMPLES
from models.images.sheet import sheet, square
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


@pytest.mark.parametrize(("kind", "shape"), [("photo", (16, 31, 31, 3)), ("digit", (16, 28, 28, 1))])
def test_a_sheet_holds_the_samples_in_turn(kind: str, shape: tuple[int, ...]) -> None:
    images = {name: sample.make() for name, sample in SAMPLES.items()}
    batch = sheet(SAMPLES, images, kind, 16, 31)
    assert batch.shape == shape
    count = sum(sample.kind == kind for sample in SAMPLES.values())
    assert len(np.unique(batch.reshape(16, -1), axis=0)) == count
    assert np.array_equal(batch[0], batch[count])


def test_a_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="kind: expected that of a sample; received 'film'"):
        sheet(SAMPLES, {}, "film", 16, 31)


def test_the_square_is_the_middle() -> None:
    image = np.arange(35, dtype=np.float32).reshape(5, 7, 1)
    assert np.array_equal(square(image), image[:, 1:6])
    assert np.array_equal(square(image.transpose(1, 0, 2)), image.transpose(1, 0, 2)[1:6])
