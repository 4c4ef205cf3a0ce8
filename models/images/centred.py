"""A drawn or photographed digit, brought into the middle as MNIST's digits are."""

import cv2
import numpy as np

from models.arrays import Array, ImageArray

SHARE = 20 / 28
"""MNIST: the longer side of the ink has 20 of 28 pixels, and its centre of mass is the centre of the picture."""

MOST_ENLARGED = 2.0
"""A first dot of a drawing must not fill the picture."""

CLOSE = 0.06
"""Ink that is this close to where it should be, as a share of the side, stays where it is: resampling only blurs."""

CLEAN = 0.02
"""Paper of a drawing is darker than this; that of a photo has shades and grain."""

LEAST_INK = 0.15
"""What has less than this share of the strongest value is paper."""


def centred(image: ImageArray, height: int, width: int) -> ImageArray | None:
    """The ink of `image` (height, width, 1), light on a dark ground, in the middle of (height, width, 1).

    Returns `image` itself where the ink is in its place already, and None for what is no digit on paper: there is no ink, or
    it reaches three edges.
    """
    ink = _ink(image[..., 0])
    box = _box(ink)
    if box is None:
        return None
    top, bottom, left, right = box
    longest = max(bottom - top, right - left)
    factor = min(SHARE * min(height, width) / longest, MOST_ENLARGED * max(height / ink.shape[0], width / ink.shape[1]))
    rows, columns = np.indices(ink.shape)
    cut = np.where((rows >= top) & (rows < bottom) & (columns >= left) & (columns < right), ink, 0)
    middle = (float((rows * cut).sum() / cut.sum()), float((columns * cut).sum() / cut.sum()))
    if ink.shape == (height, width) and _is_in_place(middle, factor, height, width):
        return image
    return _moved(cut, factor, middle, height, width)


def _ink(grey: Array) -> Array:
    """`grey` (height, width) without its paper, whose level and noise are those of everything below Otsu's threshold."""
    levels = np.rint(grey * 255).astype(np.uint8)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = grey[levels <= threshold]
    level = float(np.median(paper)) if paper.size else 0.0
    if level > CLEAN:
        level += 2 * float(paper.std())
    return np.asarray(np.clip(grey - level, 0, None), dtype=np.float32)


def _box(ink: Array) -> tuple[int, int, int, int] | None:
    """(top, bottom, left, right) of the ink; None when there is none or it is everywhere."""
    marked = ink > LEAST_INK * float(ink.max())
    if not marked.any() or float(ink.max()) <= 0:
        return None
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    edges = (rows[0] == 0, rows[-1] == ink.shape[0] - 1, columns[0] == 0, columns[-1] == ink.shape[1] - 1)
    if sum(edges) >= 3:
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _is_in_place(middle: tuple[float, float], factor: float, height: int, width: int) -> bool:
    row, column = middle
    off = max(abs(row - (height - 1) / 2) / height, abs(column - (width - 1) / 2) / width)
    return off <= CLOSE and 0.85 <= factor <= 1.18


def _moved(ink: Array, factor: float, middle: tuple[float, float], height: int, width: int) -> ImageArray:
    """`ink` by `factor`, with `middle` in the middle; where it shrinks, each new pixel is the mean of what it covers."""
    if factor < 1:
        tall, wide = (max(1, round(side * factor)) for side in ink.shape)
        middle = ((middle[0] + 0.5) * tall / ink.shape[0] - 0.5, (middle[1] + 0.5) * wide / ink.shape[1] - 0.5)
        ink, factor = np.asarray(cv2.resize(ink, (wide, tall), interpolation=cv2.INTER_AREA)), 1.0
    row, column = middle
    shift = np.array(
        [[factor, 0, (width - 1) / 2 - factor * column], [0, factor, (height - 1) / 2 - factor * row]], dtype=np.float32
    )
    moved = np.asarray(cv2.warpAffine(ink.astype(np.float32), shift, (width, height), flags=cv2.INTER_LINEAR))
    strongest = float(moved.max()) or 1.0
    return np.asarray(np.clip(moved / strongest, 0, 1), dtype=np.float32)[..., np.newaxis]


def scaled(image: ImageArray, height: int, width: int) -> ImageArray:
    """Each side of `image` scaled by itself: the mean of what a new pixel covers, or the nearest pixel where it grows."""
    shrinks = image.shape[0] >= height and image.shape[1] >= width
    kind = cv2.INTER_AREA if shrinks else cv2.INTER_NEAREST_EXACT
    made = cv2.resize(np.ascontiguousarray(image, dtype=np.float32), (width, height), interpolation=kind)
    return np.asarray(made, dtype=np.float32).reshape(height, width, image.shape[2])
