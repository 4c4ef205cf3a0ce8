"""The cards of the shipped networks: nothing in them is unknown, and each has words."""

import tomllib
from dataclasses import fields
from typing import Any

import pytest

from models.network.shipped import FOLDER, NAMES, SHIPPED, Card, Made
from models.specs.augmentation import AugmentationSpec
from models.specs.training import TrainingSpec
from tests.assets.test_i18n import ENGLISH


def names_of(spec: Any) -> set[str]:
    return {field.name for field in fields(spec)}


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_nothing_that_would_be_left_out(name: str) -> None:
    values = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert values.keys() <= names_of(Card)
    assert values["made"].keys() == names_of(Made)
    assert values["training"].keys() <= names_of(TrainingSpec)
    assert values["training"]["augmentation"].keys() <= names_of(AugmentationSpec)


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_network_has_words_and_a_credit(name: str) -> None:
    assert {f"shipped.{name}.title", f"shipped.{name}.text"} <= ENGLISH.keys()
    assert name in (FOLDER / "CREDITS.md").read_text("utf-8")
    assert SHIPPED[name].made
