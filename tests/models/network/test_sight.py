"""What a unit sees: by the table of shapes, and by the gradient."""

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.inspect import (
    footprint,
    receptive_field,
    seen_box,
)
from models.network.notation import parse
from models.network.rows import leaves, seen_by
from models.network.shapes import walk
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import pictures
from tests.models.network.random_networks import EVERY_KIND


@pytest.fixture(scope="module")
def every_kind() -> keras.Model:
    return varied(build(parse(EVERY_KIND, "15x17x3"), seed=0))


def test_receptive_fields_are_those_of_the_table(every_kind: keras.Model) -> None:
    for row in leaves(walk(parse(EVERY_KIND, "15x17x3"))):
        if row.name.startswith(("conv", "pool", "transposed", "zero", "batch", "depthwise")):
            assert receptive_field(every_kind, row.name) == row.receptive_field, row.name


def test_boxes_are_those_of_the_table() -> None:
    spec = parse("conv 3 k3 s2 | residual(conv 3 k5 same | depthwise k3 same) | pool 2 | transposed 2 k3 s2", "23x19x1")
    model = build(spec, seed=0)
    rows = walk(spec)
    for unit in ((0, 0), (3, 2), (5, 4)):
        assert seen_box(model, rows[-1].name, unit) == seen_by(rows, unit)
    assert seen_box(build(parse("flatten | dense 3", "4x5x1"), seed=0), "dense_2", (0, 0)) is None


WINDOWS = {
    "convolutions": lambda: sequential(
        L.Conv2D(2, 3, dilation_rate=2), L.SeparableConv2D(3, (2, 3), padding="same"), shape=(15, 13, 2)
    ),
    "pools": lambda: sequential(L.AveragePooling2D(3, strides=2, padding="same"), L.DepthwiseConv2D(2), shape=(15, 13, 2)),
    "moves": lambda: sequential(
        L.ZeroPadding2D(((2, 1), (0, 3))), L.Conv2D(1, 3), L.Cropping2D(((1, 0), (2, 1))), shape=(9, 8, 1)
    ),
    "crop": lambda: sequential(L.CenterCrop(6, 4), L.Conv2D(1, 2), shape=(9, 8, 1)),
    "transposed": lambda: sequential(
        L.Conv2DTranspose(2, 3, strides=2, padding="same"), L.Conv2DTranspose(1, (2, 4)), shape=(6, 5, 1)
    ),
    "nearest": lambda: sequential(L.UpSampling2D((2, 3)), L.Conv2D(1, 3), shape=(6, 5, 1)),
    "bilinear": lambda: sequential(L.UpSampling2D((2, 4), interpolation="bilinear"), L.Conv2D(1, 1), shape=(6, 5, 1)),
    "bicubic": lambda: sequential(L.UpSampling2D(3, interpolation="bicubic"), shape=(12, 11, 1)),
    "branches": lambda: branching(),
}


def branching() -> keras.Model:
    picture = keras.Input((11, 12, 1))
    return keras.Model(
        picture, L.Concatenate()([L.Conv2D(1, 3, padding="same")(picture), L.Conv2D(1, (1, 7), padding="same")(picture)])
    )


@pytest.mark.parametrize("name", WINDOWS)
def test_boxes_hold_what_moves_the_unit(name: str) -> None:
    """The gradient is zero outside the box, and reaches its sides (a bicubic one may be zero there)."""
    model = varied(WINDOWS[name]())
    image = pictures(model, 1)[0]
    last = model.layers[-1].name
    height, width, _ = model.output_shape[1:]
    for unit in ((0, 0), (height // 2, width // 2), (height - 1, width - 1)):
        box = seen_box(model, last, unit)
        assert box
        used = sum(footprint(model, last, channel, unit, image) for channel in range(model.output_shape[-1]))
        rows, cols = (np.flatnonzero(np.asarray(used).any(axis=axis)) for axis in (1, 0))
        for (low, high), found, size in zip(box, (rows, cols), image.shape, strict=False):
            low, high = max(low, 0), min(high, size - 1)
            assert low <= found[0]
            assert found[-1] <= high
            assert name in ("bicubic", "bilinear") or (found[0], found[-1]) == (low, high)


def test_pictures_of_any_size_need_a_size() -> None:
    model = ARCHITECTURES["residual"]()
    last = model.layers[-2].name
    with pytest.raises(ValueError, match="picture"):
        receptive_field(model, last)
    assert receptive_field(model, last, (20, 24)).size == (20, 24)


def test_footprints_are_normalised_and_know_dead_units() -> None:
    model = build(parse(EVERY_KIND, "15x17x3"), seed=0)
    image = pictures(model)[0]
    shares = footprint(model, "conv_2", 1, (4, 5), image)
    assert shares.shape == (15, 17)
    assert shares.max() == 1.0
    assert footprint(model, "dense_12", 3, None, image).max() == pytest.approx(1.0)
    dead = sequential(L.Conv2D(1, 1, kernel_initializer="zeros"), shape=(4, 5, 3))
    assert footprint(dead, dead.layers[0].name, 0, (1, 1), image[:4, :5]).tolist() == np.zeros((4, 5)).tolist()
