"""One picture of each shape that the networks for shapes tell apart: drawn as theirs are, none of those that they have seen."""

from functools import partial

import numpy as np

from models.arrays import ImageArray
from models.datasets.shapes import OUTLINES, picture
from models.images.samples import Sample
from models.images.transform import from_bytes
from models.specs.dataset import ShapesSpec

SPEC = ShapesSpec(size=0.7, rotation=30, clutter=4, noise=0.05)
SEEDS = {"circle": 12, "triangle": 37, "square": 4, "star": 12, "cross": 8}


def shape(name: str) -> ImageArray:
    """A shape in colour: (32, 32, 3)."""
    return from_bytes(picture(SPEC, OUTLINES[name](), np.random.default_rng([SEEDS[name], len(name)])))


def shape_samples() -> dict[str, Sample]:
    """Name -> picture."""
    return {name: Sample(name, "toy", partial(shape, name)) for name in SEEDS}
