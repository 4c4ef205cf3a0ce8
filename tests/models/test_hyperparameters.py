"""What each kind of hyperparameter takes, and what it refuses."""

from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import numpy as np
import pytest

from models.errors import LearnerError
from models.hyperparameters import (
    Choice,
    Flag,
    Hyperparameter,
    Integer,
    Number,
    Padding,
    Spec,
    Words,
    choice,
    declared,
    defaults,
    flag,
    integer,
    number,
    padding,
    refusal,
    words,
)


@dataclass(frozen=True)
class Example(Spec):
    """One field of each kind."""

    size: int = integer(default=3, low=1, high=11)
    rate: float = number(default=0.5, low=-1, high=1, step=0.1)
    mode: str = choice("plain", "plain", "fancy")
    loud: bool = flag(False)
    border: str | int = padding(default="valid", low=0, high=16)
    name: str = words(default="a", longest=5)


NEVER = [
    None,
    [],
    {},
    (),
    object(),
    "",
    "word",
    "\x00",
    "1e400",
    "nan",
    float("nan"),
    float("inf"),
    -float("inf"),
    10**400,
    "9" * 5000,
]


@pytest.mark.parametrize("kind", [Integer(1, 11), Number(0, 11, 0.1), Flag(), Padding(1, 11), Choice(("a", "b"))])
@pytest.mark.parametrize("value", NEVER, ids=lambda value: repr(value)[:12])
def test_what_nothing_can_mean_is_refused(kind: Hyperparameter, value: Any) -> None:
    assert kind.take(value) is None


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (1, 1),
        (11, 11),
        (0, None),
        (12, None),
        ("7", 7),
        (" +7 ", 7),
        ("-7", None),
        ("07", 7),
        (3.0, 3),
        (3.5, None),
        ("3.0", None),
        (True, None),
        (np.int64(4), 4),
        (np.float32(4), 4),
        ("٣", None),
        ("1_0", None),
        ("0x1", None),
    ],
)
def test_whole_numbers(value: Any, taken: int | None) -> None:
    assert Integer(1, 11).take(value) == taken
    assert isinstance(Integer(1, 11).take(value), int | None)


@pytest.mark.parametrize(
    ("value", "taken"),
    [("0.25", 0.25), (1, 1.0), (-1, -1.0), (1.001, None), ("1e-1", 0.1), (np.float32(0.5), 0.5), (True, None)],
)
def test_real_numbers(value: Any, taken: float | None) -> None:
    assert Number(-1, 1, 0.1).take(value) == taken


@pytest.mark.parametrize(
    ("value", "taken"), [("valid", "valid"), ("same", "same"), (0, 0), ("16", 16), (17, None), (-1, None), ("full", None)]
)
def test_paddings(value: Any, taken: str | int | None) -> None:
    assert Padding(0, 16).take(value) == taken


@pytest.mark.parametrize(
    ("value", "taken"), [(True, True), (False, False), ("true", True), ("False", False), ("yes", None), (1, None)]
)
def test_flags(value: Any, taken: bool | None) -> None:
    assert Flag().take(value) is taken


@pytest.mark.parametrize(
    ("value", "taken"), [("", ""), ("12345", "12345"), ("123456", None), ("a\nb", None), ("고양이", "고양이"), (5, None)]
)
def test_texts(value: Any, taken: str | None) -> None:
    assert Words(5).take(value) == taken


def test_a_spec_knows_its_declarations_and_defaults() -> None:
    assert list(declared(Example)) == ["size", "rate", "mode", "loud", "border", "name"]
    assert declared(Example)["size"] == Integer(1, 11)
    assert Example(**defaults(Example)) == Example()


def test_equal_settings_are_equal_specs() -> None:
    assert Example(size="5", rate="0.25", loud="true", border="2") == Example(5, 0.25, "plain", True, 2)  # type: ignore[arg-type]
    assert len({Example(size=np.int64(5)), Example(size=5.0), Example(size=5)}) == 1  # type: ignore[arg-type]


def test_a_spec_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Example().size = 4  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"size": 12}, "not_a_whole_number"),
        ({"rate": "nan"}, "not_a_number"),
        ({"mode": "wild"}, "unknown_choice"),
        ({"loud": "perhaps"}, "unknown_choice"),
        ({"border": "wide"}, "not_a_padding"),
        ({"name": "too long"}, "not_a_text"),
    ],
)
def test_a_refusal_names_the_field_and_what_was_received(values: dict[str, Any], code: str) -> None:
    ((name, received),) = values.items()
    with pytest.raises(LearnerError) as caught:
        Example(**values)
    assert (caught.value.code, caught.value.values["field"], caught.value.values["received"]) == (code, name, received)
    assert caught.value.values == refusal(name, declared(Example)[name], received).values
