"""Answers are kept by what was asked, and only so many of them. No worker is needed: an answer may be still to come."""

from dataclasses import replace

import numpy as np
import pytest

from app.inside import asking
from app.inside.asking import _Answers, _key
from models import engine
from models.engine.answer import Answer
from models.network.source import NetworkSource
from models.specs.preprocessing import PreprocessingSpec

SOURCE = NetworkSource("shipped", "digits")
IMAGE = np.zeros((9, 7, 1), np.float32)


def test_equal_questions_have_equal_keys() -> None:
    assert _key("maps", SOURCE, {"image": IMAGE, "layers": ["a", "b"]}) == _key(
        "maps", replace(SOURCE), {"layers": ("a", "b"), "image": IMAGE.copy()}
    )
    hash(_key("maps", SOURCE, {"image": IMAGE, "layers": ["a", ["b"]]}))


@pytest.mark.parametrize(
    "other",
    [
        _key("map", SOURCE, {"image": IMAGE}),
        _key("maps", replace(SOURCE, epoch=1), {"image": IMAGE}),
        _key("maps", replace(SOURCE, preprocessing=PreprocessingSpec(value_range="bytes")), {"image": IMAGE}),
        _key("maps", SOURCE, {"image": IMAGE + 1}),
        _key("maps", SOURCE, {"image": IMAGE.reshape(7, 9, 1)}),
        _key("maps", SOURCE, {"image": IMAGE.astype(np.float64)}),
        _key("maps", SOURCE, {"picture": IMAGE}),
        _key("maps", SOURCE, {"image": IMAGE, "layer": 1}),
    ],
)
def test_other_questions_have_other_keys(other: object) -> None:
    assert other != _key("maps", SOURCE, {"image": IMAGE})


@pytest.fixture
def posed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches the workers: nothing is answered."""
    asked: list[str] = []

    def pose(question: str, **payload: object) -> Answer:
        asked.append(question)
        return Answer(question, payload)

    monkeypatch.setattr(engine, "pose", pose)
    return asked


def test_a_question_is_put_once_until_it_is_forgotten(posed: list[str]) -> None:
    answers = _Answers()
    first = answers.posed("key", "maps", {})
    assert answers.posed("key", "maps", {}) is first
    answers.forget("key")
    assert answers.posed("key", "maps", {}) is not first
    assert posed == ["maps", "maps"]


def test_only_so_many_answers_and_bytes_are_kept(posed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_ANSWERS", 3)
    answers = _Answers()
    for number in range(5):
        answers.posed(number, f"{number}", {})
    answers.posed(4, "4", {})
    answers.posed(0, "0", {})
    assert posed == ["0", "1", "2", "3", "4", "0"]
    monkeypatch.setattr(asking, "MOST_BYTES", 100)
    answers.posed("large", "large", {}).settle(bytes(200))
    answers.posed("next", "next", {})
    answers.posed("large", "large", {})
    assert posed[6:] == ["large", "next", "large"]
