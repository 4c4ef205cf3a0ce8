"""The measures of how far two sides differ, by hand and by what must not change them."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from models.network.likeness import changed, correlation, unlike


def array(values: ArrayLike) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.asarray(values, np.float32)


def test_the_share_that_differs_by_hand() -> None:
    before, after = array([2.0, 0.0, -1.0]), array([1.0, 0.0, 1.0])
    assert changed(before, after) == pytest.approx((1 + 0 + 2) / (2 + 1 + 1 + 1))


def test_the_same_is_nothing_and_the_opposite_is_all() -> None:
    maps = np.random.default_rng(0).normal(size=(4, 5, 3)).astype(np.float32)
    assert changed(maps, maps) == 0
    assert changed(maps, -maps) == pytest.approx(1)
    assert changed(array([0, 0, 0]), array([0, 0, 0])) == 0
    assert changed(array([0, 0, 0]), array([1, 1, 1])) == 1


def test_correlation_agrees_with_numpy_and_is_none_without_variation() -> None:
    one, other = np.random.default_rng(1).normal(size=(2, 6, 5, 2)).astype(np.float32)
    assert correlation(one, other) == pytest.approx(np.corrcoef(one.ravel(), other.ravel())[0, 1])
    assert correlation(one, 2 * one + 3) == pytest.approx(1)
    assert correlation(one, np.full_like(one, 0.1)) is None


def test_the_order_and_the_size_of_the_numbers_do_not_matter() -> None:
    rng = np.random.default_rng(3)
    maps = rng.normal(size=(6, 7, 4)).astype(np.float32)
    turned, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    assert unlike(maps, maps[..., [2, 0, 3, 1]]) == pytest.approx(0, abs=1e-9)
    assert unlike(maps, (5 * maps @ turned + 2).astype(np.float32)) == pytest.approx(0, abs=1e-5)


def test_unlike_agrees_with_its_definition_and_stays_in_its_range() -> None:
    rng = np.random.default_rng(4)
    one, other = rng.normal(size=(5, 9, 3)).astype(np.float32), rng.normal(size=(5, 9, 6)).astype(np.float32)
    centre = np.eye(45) - 1 / 45
    grams = [centre @ (maps.reshape(45, -1) @ maps.reshape(45, -1).T) @ centre for maps in (one, other)]
    expected = 1 - np.sum(grams[0] * grams[1]) / (np.linalg.norm(grams[0]) * np.linalg.norm(grams[1]))
    assert unlike(one, other) == pytest.approx(expected, abs=1e-6)
    assert 0.5 < (unlike(one, other) or 0) <= 1


def test_unlike_needs_places() -> None:
    assert unlike(array(np.ones((2, 2, 3))), array(np.ones((2, 2, 3)))) is None
    assert unlike(array(np.ones(10)), array(np.ones(10))) is None
    assert unlike(array(np.ones((5, 5, 3))), array(np.random.default_rng(0).random((5, 5, 3)))) is None


def test_maps_of_another_size_are_brought_to_the_smaller_one() -> None:
    small = np.random.default_rng(5).random((5, 6, 3), dtype=np.float32)
    large = small.repeat(2, axis=0).repeat(2, axis=1)
    assert unlike(large, small) == pytest.approx(0, abs=1e-6)
