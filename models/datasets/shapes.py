"""Coloured shapes, drawn from a seed."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.datasets.dataset import Dataset
from models.specs.dataset import ShapesSpec

Points = NDArray[np.float64]
FEW = 10
FINER = 4
"""Pictures are drawn so many times larger and then averaged, so that a rotation of one degree can be seen."""


def polygon(corners: int) -> Points:
    """The corners of a regular polygon on the unit circle, (corners, 2), the first at the top."""
    angles = np.arange(corners) * 2 * np.pi / corners
    return np.stack([np.sin(angles), -np.cos(angles)], axis=1)


def star() -> Points:
    """The ten corners of a star with five points."""
    return polygon(10) * np.where(np.arange(10) % 2, 0.42, 1.0)[:, None]


def cross() -> Points:
    """The twelve corners of a cross with arms a third as wide as long."""
    arm = np.array([(-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1)])
    corners: Points = arm / np.sqrt(10)
    return corners


OUTLINES: dict[str, Callable[[], Points]] = {
    "circle": lambda: polygon(60),
    "triangle": lambda: polygon(3),
    "square": lambda: polygon(4) @ np.array([[1, 1], [-1, 1]]) / np.sqrt(2),
    "star": star,
    "cross": cross,
}
"""Class -> its outline within the unit circle, (corners, 2) as (right, down)."""


@lru_cache(maxsize=2)
def shapes(spec: ShapesSpec) -> Dataset:
    """`spec.per_class` pictures of each shape in `OUTLINES`, in turn; the same spec draws the same pictures."""
    random = np.random.default_rng(spec.seed)
    outlines = [outline() for outline in OUTLINES.values()]
    labels = np.tile(np.arange(len(outlines), dtype=np.int32), spec.per_class)
    images = np.stack([picture(spec, outlines[label], random) for label in labels])
    return Dataset(images, labels, tuple(OUTLINES), "Drawn by Convscope", "CC0", name="shapes")


def sketch(spec: ShapesSpec) -> tuple[Dataset, int]:
    """The first few pictures that `shapes` draws, and how many of each class there would be."""
    return shapes(replace(spec, per_class=min(spec.per_class, FEW))), spec.per_class


def picture(spec: ShapesSpec, outline: Points, random: np.random.Generator) -> NDArray[np.uint8]:
    """One shape on its background, (height, width, channels), uint8."""
    sides = np.array([spec.width, spec.height]) * FINER
    background, colour = colours(random)
    canvas = np.full((sides[1], sides[0], 3), background, np.uint8)
    for _ in range(spec.clutter):
        stroke(canvas, random)
    radius = spec.size * min(sides) / 2 * random.uniform(2 / 3, 1)
    turn = np.deg2rad(random.uniform(-spec.rotation, spec.rotation))
    turned = outline @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    centre = random.uniform(radius, sides - radius)
    cv2.fillPoly(canvas, [np.rint(centre + radius * turned).astype(np.int32)], colour)
    small = cv2.resize(canvas, (spec.width, spec.height), interpolation=cv2.INTER_AREA).astype(np.float32)
    if spec.colour == "grey":
        small = small @ np.array([[0.299], [0.587], [0.114]], np.float32)
    noisy = small + 255 * spec.noise * random.standard_normal(small.shape, np.float32)
    bytes_: NDArray[np.uint8] = np.rint(noisy.clip(0, 255)).astype(np.uint8)
    return bytes_


def colours(random: np.random.Generator) -> tuple[list[int], list[int]]:
    """(background, shape), RGB; one dark and one bright, so that a shape can be seen in grey as well."""
    dark, bright = random.integers(0, 90, 3), random.integers(150, 256, 3)
    first, second = (dark, bright) if random.random() < 0.5 else (bright, dark)
    return [int(value) for value in first], [int(value) for value in second]


def stroke(canvas: NDArray[Any], random: np.random.Generator) -> None:
    """A short stroke of any colour, drawn on `canvas`; of no length it is a dot."""
    height, width = canvas.shape[:2]
    start = random.integers((width, height))
    end = start + random.integers(-width // 8, width // 8 + 1, 2)
    points = [tuple(int(value) for value in point) for point in (start, end)]
    cv2.line(canvas, points[0], points[1], [int(value) for value in random.integers(0, 256, 3)], FINER * 3 // 2)
