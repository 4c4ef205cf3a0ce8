"""Pictures varied by Keras' layers: what every field of the spec promises."""

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from models.arrays import BatchArray
from models.hyperparameters import Choice, Flag, Integer, Number, declared, defaults
from models.network.augmentation import Drawn, layers, vary
from models.network.augmentation_steps import COLOUR_ONLY, SEEDED, left_out, program, steps
from models.specs.augmentation import AugmentationSpec
from models.specs.recipes import AUGMENTATIONS

COUNT = 16
CONTEXT: dict[str, dict[str, Any]] = {
    "zoom_low": {"zoom_low": 0.5},
    "zoom_high": {"zoom_high": 2.0},
    "erasing_size": {"erasing": 1.0},
    "fill_mode": {"shift_cols": 0.4},
    "seed": {"rotation": 90},
}
"""What a field needs beside it to show."""

FIELDS = tuple(declared(AugmentationSpec))
STRONGEST = AugmentationSpec(
    rotation=90,
    shift_rows=0.3,
    shift_cols=0.2,
    zoom_low=0.6,
    zoom_high=1.6,
    shear=0.4,
    flip_horizontal=True,
    flip_vertical=True,
    brightness=0.4,
    contrast=0.8,
    saturation=0.8,
    hue=120,
    noise=0.2,
    erasing=0.7,
    crop=0.3,
    seed=5,
)


def pictures(height: int = 31, width: int = 47, channels: int = 3, count: int = COUNT) -> BatchArray:
    """One smooth colourful picture, many times."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    planes = [0.5 + 0.45 * np.sin(rows / (3 + part) + columns / (5 - part) + part) for part in range(channels)]
    return np.repeat(np.stack(planes, axis=-1)[np.newaxis], count, axis=0).astype(np.float32)


def turned_up(name: str) -> AugmentationSpec:
    """A spec in which `name` does as much as it can, and as little else as may be."""
    match declared(AugmentationSpec)[name]:
        case Integer(_, high) | Number(_, high):
            value: Any = high
        case Flag():
            value = True
        case Choice(options):
            value = next(option for option in options if option != defaults(AugmentationSpec)[name])
    return AugmentationSpec(**{name: value, **CONTEXT.get(name, {})})


def varied(spec: AugmentationSpec, batch: BatchArray) -> BatchArray:
    return vary(batch, spec)[0]


def test_the_defaults_change_nothing() -> None:
    batch = pictures()
    result, drawn = vary(batch, AugmentationSpec())
    assert np.array_equal(result, batch)
    assert drawn == [{}] * COUNT
    assert layers(AugmentationSpec(), (31, 47, 3)) == []


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("channels", [1, 3])
def test_every_field_is_the_identity_at_inference(name: str, channels: int) -> None:
    batch: Any = pictures(channels=channels)
    result = batch
    for layer in layers(turned_up(name), (31, 47, channels)):
        result = layer(result, training=False)
    assert np.array_equal(np.asarray(result), batch)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("shape", [(31, 47, 1), (47, 31, 3), (5, 4, 3), (28, 28, 1)])
def test_every_field_keeps_the_shape_and_the_range(name: str, shape: tuple[int, int, int]) -> None:
    batch = pictures(*shape)
    result = varied(turned_up(name), batch)
    assert result.shape == batch.shape
    assert result.dtype == np.float32
    assert np.isfinite(result).all()
    assert 0 <= result.min() <= result.max() <= 1


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_changes_the_result(name: str) -> None:
    still = AugmentationSpec(**CONTEXT.get(name, {})) if name not in ("zoom_low", "zoom_high") else AugmentationSpec()
    batch = pictures()
    assert np.abs(varied(turned_up(name), batch) - varied(still, batch)).max() > 0.05


@pytest.mark.parametrize(
    "name", [name for name in FIELDS if name not in ("erasing_size", "fill_mode", "seed", "flip_vertical")]
)
def test_every_variant_is_drawn_on_its_own(name: str) -> None:
    if name in ("flip_horizontal", "erasing"):
        spec = turned_up(name) if name == "flip_horizontal" else AugmentationSpec(erasing=0.5)
    else:
        spec = turned_up(name)
    result = varied(spec, pictures())
    different = len(np.unique(result.reshape(COUNT, -1), axis=0))
    assert different >= (2 if name == "flip_horizontal" else 8), "half are mirrored, the others all differ"


@pytest.mark.parametrize("name", FIELDS)
def test_the_same_seed_gives_the_same_variants_whatever_else_the_process_draws(name: str) -> None:
    spec, batch = turned_up(name), pictures()
    keras.utils.set_random_seed(1)
    first, drawn = vary(batch, spec)
    keras.utils.set_random_seed(2)
    keras.random.uniform((3,))
    again, drawn_again = vary(batch, spec)
    assert np.array_equal(first, again)
    assert drawn == drawn_again


def test_the_process_keeps_its_own_seed() -> None:
    keras.utils.set_random_seed(7)
    expected = np.asarray(keras.random.uniform((5,)))
    keras.utils.set_random_seed(7)
    vary(pictures(), STRONGEST)
    assert np.array_equal(np.asarray(keras.random.uniform((5,))), expected)


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "seed"])
def test_what_one_field_draws_does_not_depend_on_the_others(name: str) -> None:
    alone = vary(pictures(), turned_up(name))[1]
    together = vary(pictures(), replace(turned_up(name), brightness=0.3, flip_vertical=True))[1]
    names = [key for key in alone[0] if key not in ("brightness", "flip_vertical")]
    assert [[variant[key] for key in names] for variant in alone] == [[variant[key] for key in names] for variant in together]


@pytest.mark.parametrize("spec", [STRONGEST, *AUGMENTATIONS.values()])
@pytest.mark.parametrize("channels", [1, 3])
def test_calling_the_layers_gives_the_very_variants_of_the_preview(spec: AugmentationSpec, channels: int) -> None:
    batch = pictures(channels=channels)
    result: Any = batch
    for layer in layers(spec, (31, 47, channels)):
        result = layer(result, training=True)
    assert np.array_equal(np.clip(np.asarray(result), 0, 1), varied(spec, batch))


@pytest.mark.parametrize("spec", [AugmentationSpec(), STRONGEST, *AUGMENTATIONS.values(), *map(turned_up, FIELDS)])
@pytest.mark.parametrize("channels", [1, 3])
def test_the_program_runs_and_gives_the_very_variants_of_the_preview(spec: AugmentationSpec, channels: int) -> None:
    batch = pictures(channels=channels)
    names: dict[str, Any] = {}
    text = program(spec, (31, 47, channels))
    assert bool(text) == bool(steps(spec, channels)), "a Sequential without layers cannot be called"
    if not text:
        return
    exec(text, names)
    model = names["augmentation"]
    assert np.allclose(np.clip(np.asarray(model(batch, training=True)), 0, 1), varied(spec, batch), atol=1e-6)
    assert np.array_equal(np.asarray(model(batch, training=False)), batch)
    assert model.output_shape == (None, 31, 47, channels)


def test_a_further_call_of_the_same_layers_draws_others() -> None:
    (layer,) = layers(AugmentationSpec(rotation=90), (31, 47, 3))
    assert not np.array_equal(np.asarray(layer(pictures(), training=True)), np.asarray(layer(pictures(), training=True)))


@pytest.mark.parametrize("name", COLOUR_ONLY)
def test_colours_are_left_out_on_grey_pictures(name: str) -> None:
    spec = turned_up(name)
    assert left_out(spec, 1) == (name,)
    assert left_out(spec, 3) == left_out(AugmentationSpec(), 1) == ()
    assert np.array_equal(varied(spec, pictures(channels=1)), pictures(channels=1))


def test_every_step_that_draws_has_a_seed_of_its_own() -> None:
    drawing = [step for step in steps(STRONGEST, 3) if step.name != "clip"]
    assert {step.name for step in drawing} == set(SEEDED)
    seeds = [step.call.named["seed"] for step in drawing]
    assert len(set(seeds)) == len(seeds)
    assert all(seed // 100 == STRONGEST.seed for seed in seeds)


def mark(row: int, column: int) -> BatchArray:
    """A bright square on black, (8, 41, 41, 1)."""
    picture = np.zeros((8, 41, 41, 1), np.float32)
    picture[:, row - 2 : row + 3, column - 2 : column + 3] = 1
    return picture


def centre(picture: np.ndarray[Any, Any]) -> tuple[float, float]:
    weights = picture[..., 0]
    rows, columns = np.mgrid[0 : weights.shape[0], 0 : weights.shape[1]]
    return float((rows * weights).sum() / weights.sum()), float((columns * weights).sum() / weights.sum())


def placed(spec: AugmentationSpec, row: int, column: int) -> list[tuple[tuple[float, float], Drawn]]:
    """Where the mark came to lie in each variant, and what was drawn for it."""
    result, drawn = vary(mark(row, column), replace(spec, fill_mode="constant"))
    return [(centre(picture), numbers) for picture, numbers in zip(result, drawn, strict=True)]


def test_the_drawn_shift_is_where_the_picture_went() -> None:
    for (row, column), drawn in placed(AugmentationSpec(shift_rows=0.3, shift_cols=0.3), 20, 20):
        assert row - 20 == pytest.approx(drawn["shift_rows"], abs=0.1)
        assert column - 20 == pytest.approx(drawn["shift_cols"], abs=0.1)
        assert abs(drawn["shift_rows"]) <= 0.3 * 41


def test_the_drawn_rotation_is_counter_clockwise() -> None:
    for (row, column), drawn in placed(AugmentationSpec(rotation=90), 8, 20):
        angle = np.radians(drawn["rotation"])
        assert row == pytest.approx(20 - 12 * np.cos(angle), abs=0.3)
        assert column == pytest.approx(20 - 12 * np.sin(angle), abs=0.3)
        assert abs(drawn["rotation"]) <= 90


def test_the_drawn_zoom_is_the_magnification() -> None:
    for (row, _), drawn in placed(AugmentationSpec(zoom_low=0.5, zoom_high=1.5), 14, 20):
        assert row - 20 == pytest.approx(-6 * drawn["zoom"], abs=0.3)
        assert 0.5 <= drawn["zoom"] <= 1.5


def test_the_drawn_shear_slides_rows_to_the_left() -> None:
    for (row, column), drawn in placed(AugmentationSpec(shear=0.3), 20, 20):
        assert column == pytest.approx(20 - drawn["shear"] * row, abs=0.3)


def test_the_drawn_crop_is_the_window_that_was_kept() -> None:
    for (row, column), drawn in placed(AugmentationSpec(crop=0.3), 20, 20):
        assert row == pytest.approx((20 - drawn["crop_top"] * 41) / 0.7, abs=0.8)
        assert column == pytest.approx((20 - drawn["crop_left"] * 41) / 0.7, abs=0.8)
        assert -1e-6 <= min(drawn["crop_top"], drawn["crop_left"]) <= max(drawn["crop_top"], drawn["crop_left"]) <= 0.3 + 1e-6


def test_the_drawn_flips_say_which_variants_are_mirrored() -> None:
    batch = pictures()
    result, drawn = vary(batch, AugmentationSpec(flip_horizontal=True, flip_vertical=True))
    seen = set()
    for picture, before, numbers in zip(result, batch, drawn, strict=True):
        both = (bool(numbers["flip_horizontal"]), bool(numbers["flip_vertical"]))
        expected = before[:, ::-1] if both[0] else before
        assert np.array_equal(picture, expected[::-1] if both[1] else expected)
        seen.add(both)
    assert len(seen) > 2, "the two are drawn apart"


def test_the_drawn_brightness_and_contrast_are_what_was_done() -> None:
    batch = 0.3 + 0.4 * pictures()
    for spec, name in ((AugmentationSpec(brightness=0.2), "brightness"), (AugmentationSpec(contrast=0.6), "contrast")):
        result, drawn = vary(batch, spec)
        for picture, before, numbers in zip(result, batch, drawn, strict=True):
            mean = before.mean(axis=(0, 1))
            expected = before + numbers[name] if name == "brightness" else (before - mean) * numbers[name] + mean
            assert np.allclose(picture, np.clip(expected, 0, 1), atol=1e-5)
    assert min(numbers["contrast"] for numbers in drawn) < 1 < max(numbers["contrast"] for numbers in drawn)


def test_the_drawn_colours_are_what_was_done() -> None:
    red = np.broadcast_to(np.array([0.8, 0.4, 0.4], np.float32), (COUNT, 3, 5, 3))
    result, drawn = vary(red, AugmentationSpec(saturation=0.5))
    for picture, numbers in zip(result, drawn, strict=True):
        assert 1 - picture[0, 0, 1] / picture[0, 0, 0] == pytest.approx(0.5 * numbers["saturation"], abs=1e-3)
        assert 0.5 - 1e-3 <= numbers["saturation"] <= 1.5 + 1e-3
    result, drawn = vary(red, AugmentationSpec(hue=60))
    for picture, numbers in zip(result, drawn, strict=True):
        forward = numbers["hue"] > 0
        rising, still = picture[0, 0, 1 if forward else 2], picture[0, 0, 2 if forward else 1]
        assert (rising - still) / 0.4 == pytest.approx(abs(numbers["hue"]) / 60, abs=1e-3)


def test_the_drawn_erasing_is_the_erased_share() -> None:
    batch = np.full((COUNT, 40, 40, 3), 0.5, np.float32)
    result, drawn = vary(batch, AugmentationSpec(erasing=0.5, erasing_size=0.3))
    shares = (result != 0.5).any(axis=3).mean(axis=(1, 2))
    assert np.allclose(shares, [numbers["erasing"] for numbers in drawn], atol=1e-6)
    assert 0 < (shares == 0).sum() < COUNT
    assert shares.max() <= 0.35


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_recipes_vary(name: str) -> None:
    assert not AUGMENTATIONS[name].changes_nothing
    result = varied(AUGMENTATIONS[name], pictures())
    assert len(np.unique(result.reshape(COUNT, -1), axis=0)) == COUNT
