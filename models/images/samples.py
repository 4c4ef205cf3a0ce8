"""What a sample picture is, and where its pixels come from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.arrays import ImageArray
from models.images.load import load_image

FOLDER = Path(__file__).parents[2] / "assets" / "images"


@dataclass(frozen=True)
class Credit:
    """Whose picture it is, as its source says."""

    title: str
    author: str
    source: str
    licence: str


@dataclass(frozen=True)
class Sample:
    """A picture to start with. `kind` is "photo", "digit" or "toy"; a toy is built by code and needs no credit.

    `make()` gives its pixels as an `ImageArray`; the grids among the toys hold whole numbers up to 9 instead of 0 to 1.
    """

    name: str
    kind: str
    make: Callable[[], ImageArray]
    credit: Credit | None = None


@dataclass(frozen=True)
class PictureFile:
    """A file of `assets/images` as a way to make pixels."""

    name: str

    def __call__(self) -> ImageArray:
        """Its pixels, 0 to 1."""
        return load_image((FOLDER / self.name).read_bytes())
