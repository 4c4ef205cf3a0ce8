"""Small drawn pictures whose class hangs on one thing: the side a letter's bow is on, a lamp's colour, a mole's colour."""

import cv2
import numpy as np

from models.arrays import ImageArray
from models.images.transform import from_bytes

Colour = tuple[float, float, float]

RED: Colour = (0.92, 0.16, 0.14)
GREEN: Colour = (0.14, 0.92, 0.16)
BROWN: Colour = (0.50, 0.32, 0.20)
BLUE_BLACK: Colour = (0.13, 0.12, 0.20)
SKIN: Colour = (0.93, 0.76, 0.66)


def letter_b() -> ImageArray:
    """A white b on black, (64, 48, 1)."""
    page = np.zeros((64, 48), np.uint8)
    cv2.rectangle(page, (12, 10), (17, 53), 255, -1)
    cv2.circle(page, (25, 42), 10, 255, 5, cv2.LINE_AA)
    return from_bytes(page[..., np.newaxis])


def traffic_light(lamp: Colour) -> ImageArray:
    """A traffic light with its upper lamp lit, (64, 48, 3); all else is grey, so that another hue changes the lamp only."""
    page = np.full((64, 48, 3), 210, np.uint8)
    cv2.rectangle(page, (12, 3), (35, 60), (45, 45, 45), -1)
    for row, colour in ((13, tuple(255 * part for part in lamp)), (32, (80, 80, 80)), (51, (80, 80, 80))):
        cv2.circle(page, (24, row), 7, colour, -1, cv2.LINE_AA)
    return from_bytes(page)


def mole(colour: Colour) -> ImageArray:
    """A mole of `colour` on skin, (64, 64, 3)."""
    mask = np.zeros((64, 64), np.uint8)
    cv2.ellipse(mask, (33, 31), (17, 13), 25, 0, 360, 255, -1, cv2.LINE_AA)
    share = cv2.GaussianBlur(mask, (0, 0), 2.5).astype(np.float32)[..., np.newaxis] / 255
    mixed = share * np.array(colour) + (1 - share) * np.array(SKIN)
    return from_bytes(np.rint(mixed * 255).astype(np.uint8))
