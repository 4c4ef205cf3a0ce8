"""How far the maps of two sides differ, in numbers. Needs no Keras."""

import cv2
import numpy as np

from models.arrays import Array, FeatureMaps

MOST_PLACES = 48
"""Larger maps are made smaller to this side before they are compared without regard to the order of the maps."""

FEWEST_PLACES = 9
ALMOST_NOTHING = 1e-12


def changed(before: Array, after: Array) -> float:
    """How much of what is in two arrays differs: the sum of |after - before| over the sum of |before| + |after|, 0 to 1.

    0 means the same; 1 that they have nothing in common: wherever one has a value the other has none, or the opposite sign.
    This is the dissimilarity of Bray and Curtis (1957), with absolute values so that it stays in its range for any sign.
    """
    whole = float(np.abs(before).sum(dtype=np.float64) + np.abs(after).sum(dtype=np.float64))
    return float(np.abs(after - before).sum(dtype=np.float64)) / whole if whole else 0.0


def correlation(before: Array, after: Array) -> float | None:
    """Pearson's correlation of two arrays, -1 to 1; None where one of them is the same everywhere."""
    one, other = (part.astype(np.float64).ravel() - part.mean(dtype=np.float64) for part in (before, after))
    size = float(np.sqrt((one @ one) * (other @ other)))
    return float(np.clip(one @ other / size, -1, 1)) if size > ALMOST_NOTHING * one.size else None


def unlike(before: FeatureMaps, after: FeatureMaps) -> float | None:
    """How little two layers have in common whatever the order, the number and the size of their maps: 1 - linear CKA, 0 to 1.

    At each place the maps of a layer make a row of numbers; centred kernel alignment asks whether the same places are alike in
    both layers. 0: one layer's rows are those of the other turned and scaled. Maps of different sizes are brought to the
    smaller one. None for maps with fewer places than nine, and where a side is the same everywhere.

    Source: S. Kornblith, M. Norouzi, H. Lee, G. Hinton, "Similarity of Neural Network Representations Revisited" (ICML 2019).
    """
    if before.ndim != 3 or after.ndim != 3:
        return None
    height, width = (min(one, other, MOST_PLACES) for one, other in zip(before.shape[:2], after.shape[:2], strict=True))
    if height * width < FEWEST_PLACES:
        return None
    one, other = (_rows(maps, height, width) for maps in (before, after))
    own = np.linalg.norm(one.T @ one) * np.linalg.norm(other.T @ other)
    if own < ALMOST_NOTHING:
        return None
    return float(np.clip(1 - np.linalg.norm(one.T @ other) ** 2 / own, 0, 1))


def _rows(maps: FeatureMaps, height: int, width: int) -> Array:
    """(places, maps), the mean of each map taken away."""
    if maps.shape[:2] != (height, width):
        planes = [cv2.resize(maps[..., at], (width, height), interpolation=cv2.INTER_AREA) for at in range(maps.shape[2])]
        maps = np.stack(planes, axis=2)
    rows = maps.reshape(-1, maps.shape[2]).astype(np.float64)
    return np.asarray(rows - rows.mean(axis=0))
