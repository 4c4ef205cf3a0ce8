"""A picture shifted, turned and scaled, and what maps made of it look like once they are moved back. Needs no Keras."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, FeatureMaps, ImageArray

MOST_CHANNELS = 64
"""So many maps are moved at once; OpenCV takes no more than 127."""


class Move(NamedTuple):
    """How a picture is moved: `down` and `right` in its pixels, `turn` in degrees clockwise, `zoom` about its middle."""

    down: int = 0
    right: int = 0
    turn: int = 0
    zoom: float = 1.0

    @property
    def still(self) -> bool:
        """Whether nothing moves."""
        return not self.down and not self.right and not self.turn % 360 and self.zoom == 1

    @property
    def only_shifts(self) -> bool:
        """Whether it neither turns nor scales."""
        return not self.turn % 360 and self.zoom == 1


class Grid(NamedTuple):
    """Where the pixels of a layer's maps lie on the picture: the middle of the first one's receptive field, (row, col), and
    the steps from one to the next, in pixels of the picture.
    """

    first: tuple[float, float] = (0.0, 0.0)
    steps: tuple[float, float] = (1.0, 1.0)


def matrix(move: Move, height: int, width: int) -> NDArray[np.float64]:
    """(3, 3): where a point (col, row, 1) of a picture of this size goes."""
    angle = np.deg2rad(move.turn)
    cos, sin = move.zoom * np.cos(angle), move.zoom * np.sin(angle)
    col, row = (width - 1) / 2, (height - 1) / 2
    found = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    found[:2, 2] = np.array([col + move.right, row + move.down]) - found[:2, :2] @ np.array([col, row])
    return found


def moved(image: ImageArray, move: Move) -> ImageArray:
    """`image` (height, width, channels) moved; what comes in from outside repeats the pixels of the edge."""
    if move.still:
        return image
    return _sampled(image, np.asarray(np.linalg.inv(matrix(move, *image.shape[:2])), np.float64))


def moved_back(maps: FeatureMaps, grid: Grid, move: Move, picture: tuple[int, int]) -> tuple[FeatureMaps, NDArray[np.bool_]]:
    """Maps of a moved picture, laid back to where those of the unmoved one are.

    Args:
        maps: (height, width, maps) that a layer made of the moved picture.
        grid: where their pixels lie on it.
        move: how it was moved.
        picture: (height, width) of it.

    Returns:
        The maps, and (height, width): which of their pixels have not left the map. Between pixels they are interpolated.
    """
    (row, col), (down, right) = grid
    lies = np.array([[right, 0.0, col], [0.0, down, row], [0.0, 0.0, 1.0]])
    way = np.asarray(np.linalg.inv(lies) @ matrix(move, *picture) @ lies, np.float64)
    return _sampled(maps, way), _inside(way, *maps.shape[:2])


def _places(way: NDArray[np.float64], height: int, width: int) -> tuple[Array, Array]:
    """(cols, rows), each (height, width): where the pixels of a map come from."""
    cols, rows = np.meshgrid(np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64))
    found = [(way[at, 0] * cols + way[at, 1] * rows + way[at, 2]).astype(np.float32) for at in (0, 1)]
    return found[0], found[1]


def _inside(way: NDArray[np.float64], height: int, width: int) -> NDArray[np.bool_]:
    cols, rows = (np.round(part, 4) for part in _places(way, height, width))
    return np.asarray((cols >= 0) & (cols <= width - 1) & (rows >= 0) & (rows <= height - 1))


def _sampled(maps: FeatureMaps, way: NDArray[np.float64]) -> FeatureMaps:
    cols, rows = _places(way, *maps.shape[:2])
    parts: list[Any] = []
    for first in range(0, maps.shape[2], MOST_CHANNELS):
        part = np.ascontiguousarray(maps[..., first : first + MOST_CHANNELS])
        found = cv2.remap(part, cols, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        parts.append(found.reshape(part.shape))
    return np.concatenate(parts, axis=2)
