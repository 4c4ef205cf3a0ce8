from collections.abc import Callable
from itertools import product

import keras
import numpy as np
import pytest

from models.arrays import Array
from models.errors import LearnerError
from models.ops.pool import change, pool, shift, window_counts, winners
from models.specs.operations import PoolSpec

KINDS = ("max", "average", "min", "global_average", "global_max")

HAND = np.array(
    [
        [1, 2, 3, 4, 5, 6, 7],
        [9, 8, 7, 6, 5, 4, 3],
        [0, 0, 1, 0, 0, 0, 2],
        [5, 0, 0, 0, -4, 0, 0],
        [1, 1, 1, 8, 1, 1, -2],
    ],
    dtype=np.float32,
)[:, :, np.newaxis]


def random_maps(height: int, width: int, filters: int) -> Array:
    return np.random.default_rng(3).normal(size=(height, width, filters)).astype(np.float32)


PICTURES = {
    "grey": random_maps(7, 5, 1),
    "colour": random_maps(9, 12, 3),
    "negative": -1 - np.abs(random_maps(6, 11, 2)),
    "ties": np.round(random_maps(8, 5, 3)),
}


def by_keras(maps: Array, spec: PoolSpec) -> Array:
    size = {"pool_size": spec.size, "strides": spec.stride, "padding": spec.padding}
    layers = {
        "max": lambda batch: keras.layers.MaxPooling2D(**size)(batch),
        "min": lambda batch: -keras.layers.MaxPooling2D(**size)(-batch),
        "average": lambda batch: keras.layers.AveragePooling2D(**size)(batch),
        "global_average": keras.layers.GlobalAveragePooling2D(keepdims=True),
        "global_max": keras.layers.GlobalMaxPooling2D(keepdims=True),
    }
    return np.asarray(layers[spec.kind](maps[np.newaxis])[0], dtype=np.float32)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (PoolSpec("max", 2, 2, "valid"), [[9, 7, 6], [5, 1, 0]]),
        (PoolSpec("min", 2, 2, "valid"), [[1, 3, 4], [0, 0, -4]]),
        (PoolSpec("average", 2, 2, "valid"), [[5, 5, 5], [1.25, 0.25, -1]]),
        (PoolSpec("max", 2, 2, "same"), [[9, 7, 6, 7], [5, 1, 0, 2], [1, 8, 1, -2]]),
        (PoolSpec("min", 2, 2, "same"), [[1, 3, 4, 3], [0, 0, -4, 0], [1, 1, 1, -2]]),
        (PoolSpec("average", 2, 2, "same"), [[5, 5, 5, 5], [1.25, 0.25, -1, 1], [1, 4.5, 1, -2]]),
        (PoolSpec("max", 3, 2, "valid"), [[9, 7, 7], [5, 8, 2]]),
        (PoolSpec("max", 2, 4, "valid"), [[9, 6]]),
        (PoolSpec("global_max", 2, 2, "valid"), [[9]]),
        (PoolSpec("global_average", 2, 2, "valid"), [[85 / 35]]),
    ],
)
def test_by_hand(spec: PoolSpec, expected: list[list[float]]) -> None:
    pooled = pool(HAND, spec)
    np.testing.assert_allclose(pooled[:, :, 0], np.array(expected, dtype=np.float32), rtol=1e-6)
    assert pooled.dtype == np.float32


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", range(1, 5))
@pytest.mark.parametrize("size", range(1, 6))
def test_equals_keras(size: int, stride: int, padding: str) -> None:
    for kind, (name, maps) in product(("max", "average", "min"), PICTURES.items()):
        spec = PoolSpec(kind, size, stride, padding)
        np.testing.assert_allclose(pool(maps, spec), by_keras(maps, spec), atol=1e-5, rtol=0, err_msg=f"{spec} {name}")


@pytest.mark.parametrize("kind", ["global_average", "global_max"])
def test_global_kinds_equal_keras(kind: str) -> None:
    for maps in PICTURES.values():
        spec = PoolSpec(kind)
        np.testing.assert_allclose(pool(maps, spec), by_keras(maps, spec), atol=1e-5, rtol=0)


def test_a_mean_over_a_large_map_keeps_its_digits() -> None:
    maps = random_maps(512, 384, 3) + 100
    expected = maps.astype(np.float64).mean(axis=(0, 1), keepdims=True)
    np.testing.assert_allclose(pool(maps, PoolSpec("global_average")), expected, rtol=1e-7)


@pytest.mark.parametrize("other", [{"kind": kind} for kind in KINDS[1:]] + [{"size": 3}, {"stride": 1}, {"padding": "same"}])
def test_every_knob_turns_something(other: dict[str, str | int]) -> None:
    assert not np.array_equal(pool(HAND, PoolSpec()), pool(HAND, PoolSpec(**other)))  # type: ignore[arg-type]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_constant_picture_stays_constant(kind: str, padding: str) -> None:
    for value in (0.0, 0.3, -7.0):
        pooled = pool(np.full((7, 5, 3), value, dtype=np.float32), PoolSpec(kind, 3, 2, padding))
        np.testing.assert_allclose(pooled, value, rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_is_left_alone_and_the_result_is_new(kind: str) -> None:
    maps = HAND.copy()
    pooled = pool(maps, PoolSpec(kind, 1, 1))
    assert not np.shares_memory(pooled, maps)
    assert pooled.flags.c_contiguous
    pooled += 1
    np.testing.assert_array_equal(maps, HAND)


def test_padded_cells_are_not_counted() -> None:
    counts = window_counts(5, 4, PoolSpec("average", 3, 2, "same"))
    np.testing.assert_array_equal(counts, [[6, 4], [9, 6], [6, 4]])
    np.testing.assert_array_equal(window_counts(5, 4, PoolSpec("global_average")), [[20]])


def test_winners_by_hand() -> None:
    found = winners(HAND, PoolSpec("max", 2, 2, "same"))[:, :, 0]
    expected = [
        [[1, 0], [1, 2], [0, 5], [0, 6]],
        [[3, 0], [2, 2], [2, 4], [2, 6]],
        [[4, 0], [4, 3], [4, 4], [4, 6]],
    ]
    np.testing.assert_array_equal(found, expected)


def test_of_equal_values_the_first_in_reading_order_wins() -> None:
    level = np.zeros((4, 6, 1), dtype=np.float32)
    for kind in ("max", "min"):
        np.testing.assert_array_equal(
            winners(level, PoolSpec(kind, 2, 2))[:, :, 0], [[[0, 0], [0, 2], [0, 4]], [[2, 0], [2, 2], [2, 4]]]
        )
    slope = np.array([[0, 1], [1, 0]], dtype=np.float32)[:, :, np.newaxis]
    assert winners(slope, PoolSpec("max"))[0, 0, 0].tolist() == [0, 1]
    assert winners(slope, PoolSpec("min"))[0, 0, 0].tolist() == [0, 0]
    assert winners(slope, PoolSpec("global_max"))[0, 0, 0].tolist() == [0, 1]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kind", ["max", "min"])
def test_winners_hold_the_pooled_values(kind: str, padding: str) -> None:
    for maps, size, stride in product(PICTURES.values(), range(1, 6), range(1, 5)):
        spec = PoolSpec(kind, size, stride, padding)
        rows, cols = np.moveaxis(winners(maps, spec), -1, 0)
        np.testing.assert_array_equal(maps[rows, cols, np.arange(maps.shape[2])], pool(maps, spec))
        assert rows.min() >= 0
        assert cols.min() >= 0


def test_global_winners_hold_the_pooled_values() -> None:
    maps = PICTURES["colour"]
    rows, cols = np.moveaxis(winners(maps, PoolSpec("global_max")), -1, 0)
    np.testing.assert_array_equal(maps[rows, cols, np.arange(3)], pool(maps, PoolSpec("global_max")))


@pytest.mark.parametrize("kind", ["average", "global_average"])
def test_a_mean_has_no_winner(kind: str) -> None:
    with pytest.raises(ValueError, match=r"^kind: expected .*average"):
        winners(HAND, PoolSpec(kind))


@pytest.mark.parametrize("operation", [pool, winners])
def test_a_window_larger_than_the_map_is_told_with_its_numbers(operation: Callable[[Array, PoolSpec], Array]) -> None:
    with pytest.raises(LearnerError) as caught:
        operation(HAND, PoolSpec("max", 6, 1))
    assert caught.value.code == "window_does_not_fit"
    assert (caught.value.values["span"], caught.value.values["size"], caught.value.values["missing"]) == (6, 5, 1)


def test_wrong_axes_are_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match=r"^maps: expected axes"):
        pool(HAND[:, :, 0], PoolSpec())


def test_shift_repeats_the_edge() -> None:
    picture = np.arange(6, dtype=np.float32).reshape(2, 3, 1)
    np.testing.assert_array_equal(shift(picture, 0, 1)[:, :, 0], [[0, 0, 1], [3, 3, 4]])
    np.testing.assert_array_equal(shift(picture, -1, 0)[:, :, 0], [[3, 4, 5], [3, 4, 5]])
    np.testing.assert_array_equal(shift(picture, 1, -2)[:, :, 0], [[2, 2, 2], [2, 2, 2]])
    np.testing.assert_array_equal(shift(picture, 9, 9)[:, :, 0], np.zeros((2, 3)))
    assert not np.shares_memory(shift(picture, 0, 0), picture)


def test_change_is_a_share_of_the_range() -> None:
    before = np.array([0, 0, 0, 4], dtype=np.float32).reshape(2, 2, 1)
    after = np.array([0, 0, 4, 4], dtype=np.float32).reshape(2, 2, 1)
    assert change(before, after) == pytest.approx(0.25)
    assert change(before * 10 - 3, after * 10 - 3) == pytest.approx(0.25)
    assert change(before, before) == 0
    assert change(np.zeros((3, 5, 1), np.float32), np.ones((3, 5, 1), np.float32)) == 1
    with pytest.raises(ValueError, match=r"^after: expected shape"):
        change(before, HAND)
