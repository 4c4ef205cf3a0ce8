"""How a picture becomes what a network takes."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, words

LONGEST_NUMBERS = 60


@dataclass(frozen=True)
class PreprocessingSpec(Spec):
    """How a picture becomes what a network takes: first its shape, then its ground, then its numbers.

    Attributes:
        fit: "crop" cuts the middle and scales it; "pad" scales the whole and adds black; "stretch" scales each side by
            itself; "centre" finds the ink, scales it to 20 of 28 pixels and puts its centre of mass into the middle, as
            MNIST was made.
        ground: "as_is", or "dark" or "light": a picture whose edge is of the other kind is inverted.
        value_range: "unit" 0 to 1; "bytes" 0 to 255; "signed" -1 to 1; "imagenet" 0 to 1, less ImageNet's mean, over its
            standard deviation; "caffe" 0 to 255, less ImageNet's mean; "own" 0 to 1, less `mean`, over `deviation`.
        mean: one number, or one for each channel, in the order red, green, blue; 0 to 1.
        deviation: likewise, above 0.
        channel_order: "rgb", or "bgr": the numbers go in with blue first.
    """

    fit: str = choice("crop", "crop", "pad", "stretch", "centre")
    ground: str = choice("as_is", "as_is", "dark", "light")
    value_range: str = choice("unit", "unit", "bytes", "signed", "imagenet", "caffe", "own")
    mean: str = words(default="0.5", longest=LONGEST_NUMBERS)
    deviation: str = words(default="0.5", longest=LONGEST_NUMBERS)
    channel_order: str = choice("rgb", "rgb", "bgr")
