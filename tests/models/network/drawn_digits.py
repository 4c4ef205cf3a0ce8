"""Digits drawn by strokes, as somebody would draw them on the pad."""

import cv2
import numpy as np

from models.arrays import ImageArray

FINER = 8
PAD = 28


def arc(row: float, col: float, height: float, width: float, start: float, end: float) -> list[tuple[float, float]]:
    """(row, col) along an ellipse, from `start` to `end` degrees, 0 at the right and 90 at the top."""
    angles = np.deg2rad(np.linspace(start, end, 24))
    return [(row - height * np.sin(angle), col + width * np.cos(angle)) for angle in angles]


STROKES: dict[int, list[list[tuple[float, float]]]] = {
    0: [arc(0.5, 0.5, 0.5, 0.35, 90, 450)],
    1: [[(0.2, 0.3), (0, 0.52), (1, 0.5)]],
    2: [[*arc(0.27, 0.5, 0.27, 0.33, 170, -30), (1, 0.15), (1, 0.88)]],
    3: [[*arc(0.25, 0.45, 0.25, 0.3, 150, -80), *arc(0.74, 0.45, 0.26, 0.35, 80, -150)]],
    4: [[(0, 0.35), (0.6, 0.15), (0.6, 0.9)], [(0.25, 0.7), (1, 0.65)]],
    5: [[(0, 0.8), (0, 0.25), (0.4, 0.22), *arc(0.68, 0.45, 0.32, 0.36, 120, -150)]],
    6: [[(0, 0.65), (0.3, 0.35), (0.6, 0.2), *arc(0.7, 0.5, 0.3, 0.3, 180, 540)]],
    7: [[(0, 0.15), (0, 0.85), (1, 0.4)]],
    8: [arc(0.24, 0.5, 0.24, 0.26, 90, 450), arc(0.74, 0.5, 0.26, 0.33, 90, 450)],
    9: [[*arc(0.28, 0.48, 0.28, 0.3, 0, 360), (1, 0.7)]],
}
"""Digit -> its strokes, each a row of (row, col) within a box of side 1."""


def drawing(digit: int, size: float, thickness: float, place: tuple[float, float]) -> ImageArray:
    """`digit`, `size` pixels high around `place` (row, col), by a pen of `thickness` pixels: (28, 28, 1), ink 1 on 0."""
    canvas = np.zeros((PAD * FINER, PAD * FINER), np.uint8)
    for stroke in STROKES[digit]:
        rows_cols = (np.array(stroke) - 0.5) * size + place
        points = np.rint(rows_cols[:, ::-1] * FINER).astype(np.int32)
        cv2.polylines(canvas, [points], isClosed=False, color=255, thickness=round(thickness * FINER))
    small = cv2.resize(canvas, (PAD, PAD), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(small[..., None] / 255, np.float32)
