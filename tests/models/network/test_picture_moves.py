"""Moving a picture and laying maps back: written out by hand, and the way there and back."""

import numpy as np
import pytest

from models.network.picture_moves import Grid, Move, moved, moved_back


def picture(height: int = 5, width: int = 7, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(2).random((height, width, channels), dtype=np.float32)


def test_a_shift_repeats_the_edge() -> None:
    image = np.arange(12, dtype=np.float32).reshape(3, 4, 1)
    expected = [[1, 2, 3, 3], [1, 2, 3, 3], [5, 6, 7, 7]]
    assert moved(image, Move(down=1, right=-1))[..., 0].tolist() == expected


def test_a_quarter_turn_goes_clockwise() -> None:
    image = np.arange(9, dtype=np.float32).reshape(3, 3, 1)
    np.testing.assert_allclose(moved(image, Move(turn=90))[..., 0], np.rot90(image[..., 0], -1), atol=1e-5)


def test_twice_as_large_about_the_middle() -> None:
    image = np.array([0, 0, 1, 0, 0], np.float32).reshape(1, 5, 1)
    np.testing.assert_allclose(moved(image, Move(zoom=2.0))[0, :, 0], [0, 0.5, 1, 0.5, 0], atol=1e-6)


def test_no_move_is_the_picture_itself() -> None:
    image = picture()
    assert moved(image, Move()) is image
    assert Move(turn=360).still
    assert not Move(zoom=1.05).still


@pytest.mark.parametrize("move", [Move(2, 0), Move(-1, 3), Move(turn=180), Move(turn=90), Move(1, 1, 180)])
@pytest.mark.parametrize("channels", [1, 3, 300])
def test_laid_back_is_what_it_was(move: Move, channels: int) -> None:
    image = picture(7, 7, channels)
    back, inside = moved_back(moved(image, move), Grid(), move, (7, 7))
    assert inside.any()
    np.testing.assert_allclose(back[inside], image[inside], atol=1e-5)


def test_what_has_left_the_map_does_not_count() -> None:
    _, inside = moved_back(picture(5, 7), Grid(), Move(down=2, right=-3), (5, 7))
    expected = np.zeros((5, 7), bool)
    expected[:3, 3:] = True
    assert (inside == expected).all()


def test_maps_of_a_stride_move_less() -> None:
    maps = np.arange(6, dtype=np.float32).reshape(6, 1, 1)
    back, inside = moved_back(maps, Grid((0.5, 0.5), (2.0, 2.0)), Move(down=3), (12, 2))
    np.testing.assert_allclose(back[inside][:, 0], [1.5, 2.5, 3.5, 4.5])
    assert inside[:, 0].tolist() == [True] * 4 + [False] * 2
