"""How pictures are varied before a network sees them."""

from dataclasses import dataclass

from models.errors import LearnerError
from models.hyperparameters import Spec, choice, flag, integer, number


@dataclass(frozen=True)
class AugmentationSpec(Spec):
    """How far each variant of a picture may differ from it; each amount is drawn anew for every variant.

    The defaults change nothing. The same spec gives the preview and the layers of a training. It is for training pictures
    in 0 to 1 only; saturation and hue mean nothing on grey ones.

    Attributes:
        rotation: degrees, drawn from -rotation to rotation.
        shift_rows: share of the height, down or up.
        shift_cols: share of the width, right or left.
        zoom_low: smallest magnification; below 1 the picture shrinks and `fill_mode` shows.
        zoom_high: largest magnification; not below `zoom_low`.
        shear: how far a row slides for each row below it, in pixels, right or left.
        flip_horizontal: left and right change places in half of the variants.
        flip_vertical: top and bottom change places in half of the variants.
        brightness: what is added to every value, from -brightness to brightness.
        contrast: distance from the mean, times 1 - contrast to 1 + contrast.
        saturation: colourfulness, times 1 - saturation to 1 + saturation.
        hue: degrees on the circle of colours, either way.
        noise: standard deviation of what is added to each value on its own.
        erasing: share of the variants in which one rectangle is erased.
        erasing_size: largest area of that rectangle, as a share of the picture.
        crop: share of each side that is cut away, at a place drawn by lot; the rest is drawn at the old size.
        fill_mode: what stands where the picture has moved away: black, its nearest pixel, its reflection, its other side.
        seed: the same seed draws the same variants.

    Raises:
        LearnerError: `range_upside_down` when `zoom_low` is above `zoom_high`; the others are those of `Spec`.
    """

    rotation: int = integer(default=0, low=0, high=180)
    shift_rows: float = number(default=0.0, low=0.0, high=0.5, step=0.01)
    shift_cols: float = number(default=0.0, low=0.0, high=0.5, step=0.01)
    zoom_low: float = number(default=1.0, low=0.5, high=2.0, step=0.05)
    zoom_high: float = number(default=1.0, low=0.5, high=2.0, step=0.05)
    shear: float = number(default=0.0, low=0.0, high=1.0, step=0.05)
    flip_horizontal: bool = flag(default=False)
    flip_vertical: bool = flag(default=False)
    brightness: float = number(default=0.0, low=0.0, high=1.0, step=0.05)
    contrast: float = number(default=0.0, low=0.0, high=1.0, step=0.05)
    saturation: float = number(default=0.0, low=0.0, high=1.0, step=0.05)
    hue: int = integer(default=0, low=0, high=180)
    noise: float = number(default=0.0, low=0.0, high=0.5, step=0.01)
    erasing: float = number(default=0.0, low=0.0, high=1.0, step=0.05)
    erasing_size: float = number(default=0.2, low=0.02, high=0.5, step=0.02)
    crop: float = number(default=0.0, low=0.0, high=0.5, step=0.05)
    fill_mode: str = choice("reflect", "constant", "nearest", "reflect", "wrap")
    seed: int = integer(default=0, low=0, high=9999)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.zoom_low > self.zoom_high:
            raise LearnerError("range_upside_down", field="zoom", low=self.zoom_low, high=self.zoom_high)

    @property
    def changes_nothing(self) -> bool:
        """Whether every variant is the picture itself."""
        still = AugmentationSpec(erasing_size=self.erasing_size, fill_mode=self.fill_mode, seed=self.seed)
        return self == still
