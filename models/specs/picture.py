"""Which picture an operation works on."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, integer, words


@dataclass(frozen=True)
class PictureSpec(Spec):
    """The learner's picture, as the address can name it.

    `image` is a name in `models.images.SAMPLES` or typed numbers (`1 2 3; 4 5 6`). `long_side` is in pixels; toys and typed
    numbers keep their own size. `colour` "as_is" keeps the channels that the picture has.
    """

    image: str = words(default="cat", longest=20_000)
    colour: str = choice("colour", "colour", "grey")
    long_side: int = integer(default=96, low=8, high=512)
