"""What is said about what makes a filter fire."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.network.firing_story import dream_story, story
from models.network.firing_values import Dream, Firing, Patch

BOX = ((0, 2), (3, 5))


def firing(*labels: int, **changed: Any) -> Firing:
    patches = tuple(Patch(5.0 - number, number, (0, 3), BOX) for number in range(len(labels)))
    usual = Firing(
        dataset="digits",
        class_names=("0", "1", "2"),
        seen=100,
        of=100,
        before=True,
        patches=patches,
        labels=labels,
        pictures=np.zeros((len(labels), 6, 8, 1), np.uint8),
        fires=0.8,
        active=0.254,
        by_class=np.array([2.0, 1.23456, np.nan], np.float32),
        lowest=-3.0,
        highest=5.0,
        dead=False,
    )
    return replace(usual, **changed)


def test_the_classes_of_the_patches() -> None:
    assert story(firing(0, 0, 0))[0] == (
        "one_class",
        {"most": 0, "times": 3, "count": 3, "mean": 2.0, "other": 1, "other_mean": 1.23},
    )
    assert story(firing(1, 0, 1, 2))[0][0] == "mostly"
    assert story(firing(1, 0, 2))[0] == ("many_classes", {"classes": 3, "count": 3})
    assert story(firing(1))[0][0] == "many_classes"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, "active"),
        ({"active": 0.95}, "everywhere"),
        ({"fires": 0.04, "active": 0.001}, "rare"),
        ({"fires": 0.0, "active": 0.0, "highest": -0.5}, "never"),
    ],
)
def test_how_often_it_fires(changed: dict[str, float], code: str) -> None:
    assert story(firing(0, 1, 2, **changed))[1][0] == code


def test_a_dead_filter_and_a_sample() -> None:
    assert story(firing(0, 1, 2, dead=True)) == [("dead", {"seen": 100})]
    assert [code for code, _ in story(firing(0, 1, 2, seen=40))] == ["many_classes", "active", "sample"]
    assert [code for code, _ in story(firing(0, 1, 2, dead=True, seen=40))] == ["dead", "sample"]


def test_a_unit_of_a_row_has_sentences_of_its_own() -> None:
    row = tuple(Patch(1.0, number, None, BOX) for number in range(3))
    assert [code for code, _ in story(firing(0, 0, 0, patches=row))] == ["one_class_unit", "active_unit"]
    assert [code for code, _ in story(firing(0, 0, 1, patches=row, fires=0.01))] == ["mostly_unit", "rare"]


def dream(*, strongest: float = 9.0, steps: int = 64, stuck: bool = False) -> Dream:
    one = np.ones(1, np.float32)
    return Dream(np.zeros((1, 6, 8, 1), np.float32), -one, 8 * one, strongest * one, steps, np.array([stuck]))


def test_a_dream_beside_real_pictures() -> None:
    found = firing(0, 1, 2)
    beyond = ("beyond", {"reached": 9.0, "real": 5.0, "seen": 100})
    caution = ("caution", {"before": -1.0, "after": 8.0})
    assert dream_story(dream(), 0, 64, found) == [beyond, caution]
    assert [code for code, _ in dream_story(dream(strongest=4.0), 0, 64, found)] == ["below", "caution"]
    assert dream_story(dream(strongest=5.5), 0, 64, found) == [caution]
    assert dream_story(dream(), 0, 64) == [caution]
    assert dream_story(dream(), 0, 64, firing(0, dead=True)) == [caution]
    assert dream_story(dream(steps=3), 0, 64)[0] == ("few_steps", {"steps": 3, "asked": 64})
    assert dream_story(dream(stuck=True), 0, 64, found) == [("stuck", {})]
