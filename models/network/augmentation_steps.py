"""Which Keras layers vary pictures as a spec says: read by the layers themselves and by the exported program. No Keras here.

What Keras 3.15 does and its names do not say, each tried out:

- A single number for `RandomContrast` only raises the contrast; a pair does both.
- `RandomFlip("horizontal_and_vertical")` turns both ways at once or not at all: two layers draw twice.
- `RandomCrop` cuts all pictures of a batch at the same place. A shift and a magnification draw a place for each picture.
- `RandomZoom` takes how much more of the picture is seen: 1 / magnification - 1.
- `GaussianNoise` leaves 0 to 1; `ReLU(max_value=1.0)` brings it back, and leaves a picture in 0 to 1 as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.network.keras_calls import Call
from models.specs.augmentation import AugmentationSpec

SMALLEST_ERASED = 0.02
COLOUR_ONLY = ("saturation", "hue")


@dataclass(frozen=True)
class Step:
    """One layer: `name` is what it varies, `seed` its own."""

    name: str
    call: Call


def _fraction(share: float) -> float:
    """A share without the noise of its last digits."""
    return round(share, 6)


def _flips(spec: AugmentationSpec) -> Iterator[Step]:
    for name, mode in (("flip_horizontal", "horizontal"), ("flip_vertical", "vertical")):
        if getattr(spec, name):
            yield Step(name, Call("RandomFlip", (mode,)))


def _moves(spec: AugmentationSpec) -> Iterator[Step]:
    fill = {"fill_mode": spec.fill_mode}
    if spec.rotation:
        yield Step("rotation", Call("RandomRotation", (_fraction(spec.rotation / 360),), fill))
    if spec.shift_rows or spec.shift_cols:
        yield Step("shift", Call("RandomTranslation", (spec.shift_rows, spec.shift_cols), fill))
    if (spec.zoom_low, spec.zoom_high) != (1.0, 1.0):
        seen = (_fraction(1 / spec.zoom_high - 1), _fraction(1 / spec.zoom_low - 1))
        yield Step("zoom", Call("RandomZoom", (seen,), fill))
    if spec.shear:
        yield Step("shear", Call("RandomShear", (), {"x_factor": spec.shear, **fill}))


def _crop(spec: AugmentationSpec) -> Iterator[Step]:
    if spec.crop:
        half = _fraction(spec.crop / 2)
        yield Step("crop_place", Call("RandomTranslation", (half, half), {"fill_mode": "nearest"}))
        yield Step("crop", Call("RandomZoom", ((-spec.crop, -spec.crop),), {"fill_mode": "nearest"}))


def _colours(spec: AugmentationSpec) -> Iterator[Step]:
    values = {"value_range": (0, 1)}
    if spec.brightness:
        yield Step("brightness", Call("RandomBrightness", (spec.brightness,), values))
    if spec.contrast:
        yield Step("contrast", Call("RandomContrast", ((spec.contrast, spec.contrast),), values))
    if spec.saturation:
        s = spec.saturation
        factor = (_fraction((1 - s) / (2 - s)), _fraction((1 + s) / (2 + s)))
        yield Step("saturation", Call("RandomSaturation", (factor,), values))
    if spec.hue:
        yield Step("hue", Call("RandomHue", (_fraction(spec.hue / 180),), values))


def _damage(spec: AugmentationSpec) -> Iterator[Step]:
    if spec.noise:
        yield Step("noise", Call("GaussianNoise", (spec.noise,)))
        yield Step("clip", Call("ReLU", (), {"max_value": 1.0}))
    if spec.erasing:
        scale = (SMALLEST_ERASED, spec.erasing_size)
        named = {"factor": (spec.erasing, spec.erasing), "scale": scale, "value_range": (0, 1)}
        yield Step("erasing", Call("RandomErasing", (), named))


PARTS: tuple[Callable[[AugmentationSpec], Iterator[Step]], ...] = (_flips, _moves, _crop, _colours, _damage)
"""In the order in which a picture goes through them."""

SEEDED = (
    "flip_horizontal",
    "flip_vertical",
    "rotation",
    "shift",
    "zoom",
    "shear",
    "crop_place",
    "crop",
    "brightness",
    "contrast",
    "saturation",
    "hue",
    "noise",
    "erasing",
)
"""The steps that draw. A step's place in this row is part of its seed: a new step goes to the end."""


def steps(spec: AugmentationSpec, channels: int) -> list[Step]:
    """The layers that vary pictures with `channels` as `spec` says, first to last; none when nothing is varied.

    Each has a seed of its own, made of the spec's, so that what one draws does not depend on which others there are. On
    grey pictures (1 channel) saturation and hue are left out: Keras' layers for them take three channels.
    """
    chosen = [step for part in PARTS for step in part(spec)]
    return [_seeded(step, spec.seed) for step in chosen if channels == 3 or step.name not in COLOUR_ONLY]


def left_out(spec: AugmentationSpec, channels: int) -> tuple[str, ...]:
    """The fields of `spec` that mean nothing for pictures with `channels`."""
    return tuple(name for name in COLOUR_ONLY if channels == 1 and getattr(spec, name))


def _seeded(step: Step, seed: int) -> Step:
    if step.name not in SEEDED:
        return step
    named: dict[str, Any] = {**step.call.named, "seed": 100 * seed + SEEDED.index(step.name)}
    return Step(step.name, Call(step.call.layer, step.call.first, named))


def program(spec: AugmentationSpec, image_shape: tuple[int, int, int]) -> str:
    """A Python program that builds the layers of `spec` as one model, for today's Keras; empty when nothing is varied."""
    lines = "".join(f"        {_written(step)}\n" for step in steps(spec, image_shape[2]))
    if not lines:
        return ""
    return (
        "import keras\n"
        "from keras import layers\n"
        "\n"
        "augmentation = keras.Sequential(\n"
        "    [\n"
        f"        layers.Input({image_shape}),\n"
        f"{lines}"
        "    ],\n"
        '    name="augmentation",\n'
        ")\n"
    )


def _written(step: Step) -> str:
    call = step.call
    arguments = [repr(value) for value in call.first]
    arguments += [f"{name}={value!r}".replace("'", '"') for name, value in call.named.items()]
    text = f"layers.{call.layer}({', '.join(arguments)}),"
    return text.replace("'", '"')
