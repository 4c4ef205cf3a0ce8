"""The maps of a moved picture: convolutions follow a shift exactly, strides only its multiples, and global pooling stays."""

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.inspect import receptive_field
from models.network.inventory import inventory
from models.network.layer_maps import Side, compare
from models.network.map_places import grids
from models.network.maps_compared import MapsCompared, MapsLook
from models.network.notation import parse
from models.network.picture_moves import Move, moved
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential
from tests.models.network.looked_at import pictures

NUMBERS = "conv 4 k3 | conv 5 k3 relu | pool 2 | conv 6 k3 tanh | global_pool average"


def plain(layers: str) -> keras.Model:
    """Without bias, so that black stays zero."""
    return build(parse(layers, "40x44x1"), seed=1)


def blob(height: int = 40, width: int = 44) -> np.ndarray:
    """A pattern in the middle of black: no shift of a few pixels takes any of it away."""
    image = np.zeros((1, height, width, 1), np.float32)
    image[0, 16:24, 17:26, 0] = np.random.default_rng(6).random((8, 9))
    return image


def compared(model: keras.Model, image: np.ndarray, move: Move, **look: object) -> MapsCompared:
    second = Side(model, moved(image[0], move)[None])
    return compare(Side(model, image), second, MapsLook(0, move=move, **look))  # type: ignore[arg-type]


@pytest.mark.parametrize("move", [Move(2, 4), Move(-4, 0), Move(0, -2)])
def test_convolutions_without_padding_follow_a_shift_exactly(move: Move) -> None:
    found = compared(plain(NUMBERS), blob(), move)
    *maps, pooled = found.numbers
    for entry in maps:
        assert (entry.changed or 0) > 0.005
        assert entry.left == pytest.approx(0, abs=1e-5)
        stride = 1 if entry.block < 2 and entry.stage.sort != "pooled" else 2
        assert entry.shift == (move.down / stride, move.right / stride)
    assert pooled.changed == pytest.approx(0, abs=1e-5), "global average pooling must not see a shift"
    assert pooled.left is None is pooled.shift


def test_a_shift_by_part_of_a_stride_is_not_followed_exactly() -> None:
    found = compared(plain(NUMBERS), blob(), Move(down=1))
    first, pooled = found.numbers[0], next(entry for entry in found.numbers if entry.stage.sort == "pooled")
    assert first.left == pytest.approx(0, abs=1e-6)
    assert pooled.shift == (0.5, 0)
    assert (pooled.left or 0) > 0.01


def test_the_numbers_of_a_moved_picture_by_hand() -> None:
    """One kernel [[1, 2]] over a row 0 3 0 0 0: sums 6 3 0 0, and of the row 0 0 3 0 0: 0 6 3 0."""
    model = sequential(L.Conv2D(1, (1, 2), use_bias=False), shape=(1, 5, 1))
    model.layers[0].set_weights([np.array([1, 2], np.float32).reshape(1, 2, 1, 1)])
    (entry,) = compared(model, np.array([0, 3, 0, 0, 0], np.float32).reshape(1, 1, 5, 1), Move(right=1)).numbers
    assert entry.changed == pytest.approx((6 + 3 + 3 + 0) / 18)
    assert entry.difference == pytest.approx(12 / 4)
    assert entry.left == 0
    assert entry.shift == (0, 1)


def test_maps_are_laid_back_before_they_are_drawn() -> None:
    found = compared(plain("conv 4 k3"), blob(), Move(3, -2), back=True)
    (stage,) = found.stages
    assert stage.second is not None
    np.testing.assert_allclose(stage.second.levels[:, :35, 2:], stage.first.levels[:, :35, 2:], atol=1)
    assert stage.difference is not None
    np.testing.assert_allclose(stage.difference.ranges, 0, atol=1e-5, err_msg="what has left the map does not count")
    assert stage.changes is not None
    np.testing.assert_allclose(stage.changes, 0, atol=1e-5)
    assert (stage.numbers.changed or 0) > 0.1, "the numbers stay those of the maps in their places"


@pytest.mark.parametrize("name", ["every_spec", "residual", "convolutions", "pools"])
def test_places_are_the_middles_of_receptive_fields(name: str) -> None:
    model = ARCHITECTURES[name]()
    shape = tuple(pictures(model, 1).shape[1:])
    layers = inventory(model).layers
    for place, grid in grids(model, shape).items():
        field = receptive_field(model, layers[place].name, (shape[0], shape[1]))
        assert grid.steps == pytest.approx([float(step) for step in field.stride])
        middle = [float(start + (size - 1) / 2) for start, size in zip(field.start, field.size, strict=True)]
        assert grid.first == pytest.approx(middle)
