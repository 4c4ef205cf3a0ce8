"""How the pictures of a drawn data set are made."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, integer, number


@dataclass(frozen=True)
class ShapesSpec(Spec):
    """How coloured shapes are drawn, one class per kind of shape.

    Attributes:
        per_class: how many pictures of each class.
        height: of a picture, in pixels.
        width: of a picture, in pixels.
        size: diameter of the largest shape as a share of the shorter side; the smallest has two thirds of it.
        rotation: degrees, drawn from -rotation to rotation.
        clutter: small dots and strokes beside each shape.
        noise: standard deviation of what is added to each value, which runs from 0 to 1.
        colour: "colour" has three channels, "grey" one.
        seed: the same seed draws the same pictures.
    """

    per_class: int = integer(default=200, low=10, high=2000)
    height: int = integer(default=32, low=16, high=96)
    width: int = integer(default=32, low=16, high=96)
    size: float = number(default=0.6, low=0.2, high=0.9, step=0.05)
    rotation: int = integer(default=20, low=0, high=180)
    clutter: int = integer(default=2, low=0, high=20)
    noise: float = number(default=0.05, low=0.0, high=0.5, step=0.01)
    colour: str = choice("colour", "colour", "grey")
    seed: int = integer(default=0, low=0, high=9999)
