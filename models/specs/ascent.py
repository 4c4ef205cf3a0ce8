"""How a picture is made that a filter responds to."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, integer, number


@dataclass(frozen=True)
class AscentSpec(Spec):
    """How a picture is made by gradient ascent.

    Attributes:
        aim: what is to grow: "unit", the number in the middle of the feature map, or "map", the mean of all its numbers.
        steps: how often the picture is changed.
        step: the length of a step: the mean change of a pixel, which runs from 0 to 1.
        jitter: pixels by which the picture is shifted before each step, at most, either way.
        blur: how far the picture is softened every few steps, in pixels; 0 not at all.
        decay: the share of its distance from grey that each pixel loses at each step.
        seed: draws the noise and the shifts.
        height: of the picture, in pixels, where the network takes any size.
        width: likewise.
    """

    aim: str = choice("unit", "unit", "map")
    steps: int = integer(default=64, low=1, high=256)
    step: float = number(default=0.03, low=0.005, high=0.2, step=0.005)
    jitter: int = integer(default=1, low=0, high=8)
    blur: float = number(default=0.5, low=0.0, high=2.0, step=0.1)
    decay: float = number(default=0.02, low=0.0, high=0.2, step=0.01)
    seed: int = integer(default=0, low=0, high=9999)
    height: int = integer(default=64, low=8, high=256)
    width: int = integer(default=64, low=8, high=256)
