"""Pictures varied by Keras' own layers: the preview and the training use the same ones."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import keras
import numpy as np

from models.arrays import BatchArray
from models.network.augmentation_steps import Step, steps
from models.specs.augmentation import AugmentationSpec

LAYERS_KEPT = 64

Drawn = dict[str, float]
"""Name -> what was drawn for one variant; see `vary`."""


def layers(spec: AugmentationSpec, image_shape: tuple[int, int, int]) -> list[keras.Layer]:
    """The layers that vary pictures of `image_shape` (height, width, channels) as `spec` says, in this order.

    Each draws anew for every picture, from a seed of its own (of the spec's `seed`, never the process's), and lets pictures
    in 0 to 1 pass unchanged when it is called with `training=False`. The first call of new layers draws the same for the
    same spec; every further call draws others.
    """
    return [_layer(step) for step in steps(spec, image_shape[2])]


def _layer(step: Step) -> keras.Layer:
    return getattr(keras.layers, step.call.layer)(*step.call.first, **step.call.named)


@lru_cache(maxsize=LAYERS_KEPT)
def _kept(name: str, first: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> keras.Layer:
    return getattr(keras.layers, name)(*first, **dict(named))


def _rewound(step: Step) -> keras.Layer:
    """The layer of `step` as if it were new.

    Layers are kept and their seeds set back: every new seed generator of Keras 3.15 has a name of its own, under which
    TensorFlow keeps 30 KB for good, 350 KB for a preview with all layers.
    """
    seed = step.call.named.get("seed")
    # Any seed: without one Keras takes a number from the process's own generator.
    named = {name: value if name != "seed" else 0 for name, value in step.call.named.items()}
    layer = _kept(step.call.layer, step.call.first, tuple(named.items()))
    if seed is not None:
        generator = layer.seed_generator if step.name == "noise" else layer.generator
        generator.state.assign([seed, 0])
    return layer


def vary(pictures: BatchArray, spec: AugmentationSpec) -> tuple[BatchArray, list[Drawn]]:
    """One variant of each of `pictures`, and what was drawn for it.

    A layer of Keras works in two steps: `get_random_transformation` draws, `transform_images` does what was drawn. Calling
    the layer does both and keeps the draw to itself; here they are done one after the other, so that the numbers are those
    of these very pictures. A test holds the result equal to calling the layers.

    Args:
        pictures: (images, height, width, channels), 0 to 1, 1 or 3 channels.
        spec: the same spec and pictures give the same variants.

    Returns:
        The variants, of the same shape, 0 to 1; and for each what was drawn, those names only that `spec` varies:
        `rotation` in degrees, counter-clockwise; `shift_rows` and `shift_cols` in pixels, down and right; `zoom`, the
        magnification; `shear` in pixels for each row, to the left; `flip_horizontal` and `flip_vertical` 0 or 1;
        `brightness`, what is added; `contrast` and `saturation` as factors; `hue` in degrees; `noise`, its standard
        deviation; `erasing`, the erased share of the picture; `crop_top` and `crop_left`, shares that are cut away there.
    """
    drawn: list[Drawn] = [{} for _ in pictures]
    values: Any = keras.ops.convert_to_tensor(pictures)
    for step in steps(spec, pictures.shape[3]):
        layer = _rewound(step)
        if not hasattr(layer, "get_random_transformation"):
            values = layer(values, training=True)
            if step.name == "noise":
                _note(drawn, noise=[spec.noise] * len(pictures))
            continue
        transformation = layer.get_random_transformation(values, training=True)
        values = layer.transform_images(values, transformation, training=True)
        _note(drawn, **_numbers(step.name, transformation, spec, pictures.shape))
    return np.clip(np.asarray(values, dtype=np.float32), 0, 1), drawn


def _note(drawn: list[Drawn], **numbers: Sequence[float]) -> None:
    for name, values in numbers.items():
        for variant, value in zip(drawn, values, strict=True):
            variant[name] = float(value)


def _numbers(name: str, drawn: Any, spec: AugmentationSpec, shape: tuple[int, ...]) -> dict[str, Any]:
    """What a layer drew, in the words of `vary`, name -> one number for each picture."""

    def flat(key: str) -> Any:
        return np.asarray(drawn[key], dtype=np.float64).reshape(shape[0], -1)

    match name:
        case "flip_horizontal" | "flip_vertical":
            return {name: flat("flips")[:, 0]}
        case "rotation":
            return {name: flat("angle")[:, 0]}
        case "shift":
            return {"shift_rows": flat("translations")[:, 1], "shift_cols": flat("translations")[:, 0]}
        case "zoom":
            return {name: 1 / flat("height_zoom")[:, 0]}
        case "shear":
            return {name: flat("shear_factor")[:, 0]}
        case "crop_place":
            sides = {"crop_top": (1, shape[1]), "crop_left": (0, shape[2])}
            return {side: spec.crop / 2 - flat("translations")[:, axis] / size for side, (axis, size) in sides.items()}
        case "brightness":
            return {name: flat("rgb_delta")[:, 0]}
        case "contrast":
            return {name: flat("contrast_factor")[:, 0]}
        case "saturation":
            return {name: flat("factor")[:, 0]}
        case "hue":
            return {name: flat("factor")[:, 0] * 360}
        case "erasing":
            return {name: flat("batch_masks").mean(axis=1) * flat("apply_erasing")[:, 0]}
    return {}
