from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from models.errors import LearnerError
from models.hyperparameters import Choice, Flag, Integer, Number, declared, defaults
from models.specs.augmentation import AugmentationSpec

CONTEXT: dict[str, dict[str, Any]] = {"zoom_low": {"zoom_high": 2.0}, "zoom_high": {"zoom_low": 0.5}}
"""What a field needs beside it to take all of its values."""

NOTHING_ALONE = {"erasing_size", "fill_mode", "seed"}


def extremes(name: str) -> tuple[Any, Any]:
    match declared(AugmentationSpec)[name]:
        case Integer(low, high) | Number(low, high):
            return low, high
        case Choice(options):
            return options[0], options[-1]
        case Flag():
            return False, True
    raise AssertionError(name)


def test_the_defaults_change_nothing() -> None:
    assert AugmentationSpec().changes_nothing
    assert AugmentationSpec(fill_mode="wrap", seed=7, erasing_size=0.5).changes_nothing


@pytest.mark.parametrize("name", declared(AugmentationSpec))
def test_every_field_takes_both_ends_of_its_range_and_changes_the_spec(name: str) -> None:
    for value in extremes(name):
        spec = AugmentationSpec(**{name: value, **CONTEXT.get(name, {})})
        assert getattr(spec, name) == value
        assert spec == AugmentationSpec(**{name: str(value).lower(), **CONTEXT.get(name, {})})
        if name not in CONTEXT and value != defaults(AugmentationSpec)[name]:
            assert spec.changes_nothing == (name in NOTHING_ALONE)


@pytest.mark.parametrize("name", declared(AugmentationSpec))
@pytest.mark.parametrize("value", ["sideways", float("nan"), "1e400", -1, 10**6, None])
def test_every_field_refuses_the_rest(name: str, value: object) -> None:
    with pytest.raises(LearnerError) as caught:
        AugmentationSpec(**{name: value})  # type: ignore[arg-type]
    assert caught.value.code in ("not_a_whole_number", "not_a_number", "unknown_choice")
    assert caught.value.values["field"] == name


def test_a_zoom_upside_down_is_told_with_its_numbers() -> None:
    with pytest.raises(LearnerError) as caught:
        AugmentationSpec(zoom_low=1.5, zoom_high=0.8)
    assert caught.value.code == "range_upside_down"
    assert caught.value.values == {"field": "zoom", "low": 1.5, "high": 0.8}
    assert not AugmentationSpec(zoom_low=1.5, zoom_high=1.5).changes_nothing


def test_a_spec_is_a_cache_key() -> None:
    assert len({AugmentationSpec(rotation=20), AugmentationSpec(rotation=20), AugmentationSpec()}) == 2
    with pytest.raises(FrozenInstanceError):
        AugmentationSpec().rotation = 3  # type: ignore[misc]
