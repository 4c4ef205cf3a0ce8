"""One declaration per hyperparameter: default, limits, choices; the slider, the link and the check all read it.

A spec is a frozen dataclass, a subclass of `Spec`, whose fields are made by `integer`, `number`, `choice`, `flag`, `padding`
or `words`. Nothing else in the code base repeats a limit.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from models.errors import LearnerError


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    def take(self, value: Any) -> int | None:
        """`value` as an allowed int, or None. Text is read; `True`, 2.5, "nan" and "1e400" are not whole numbers."""
        if isinstance(value, bool):
            return None
        if isinstance(value, str):
            if not re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", value):
                return None
            value = int(value)
        if isinstance(value, float) and not value.is_integer():
            return None
        try:
            whole = int(value)
        except (TypeError, ValueError, OverflowError):
            return None
        return whole if self.low <= whole <= self.high else None


@dataclass(frozen=True)
class Number:
    """A real number from `low` to `high`; `step` is what one notch of its slider changes."""

    low: float
    high: float
    step: float

    def take(self, value: Any) -> float | None:
        """`value` as an allowed finite float, or None."""
        if isinstance(value, bool) or (isinstance(value, str) and len(value) > 40):
            return None
        try:
            real = float(value)
        except (TypeError, ValueError, OverflowError):
            return None
        return real if math.isfinite(real) and self.low <= real <= self.high else None


@dataclass(frozen=True)
class Choice:
    """One of a few names."""

    options: tuple[str, ...]

    def take(self, value: Any) -> str | None:
        """`value` when it is one of the options, or None."""
        return value if isinstance(value, str) and value in self.options else None


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    def take(self, value: Any) -> bool | None:
        """`value` as a bool, or None; text may be "true" or "false"."""
        if isinstance(value, bool):
            return value
        return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


@dataclass(frozen=True)
class Padding:
    """`"valid"`, `"same"`, or the same amount of pixels on every side."""

    low: int
    high: int
    options: ClassVar[tuple[str, ...]] = ("valid", "same")

    def take(self, value: Any) -> str | int | None:
        """`value` as "valid", "same" or an allowed int, or None."""
        return value if value in self.options else Integer(self.low, self.high).take(value)


@dataclass(frozen=True)
class Words:
    """Text of at most `longest` characters; what it means is checked by whoever reads it."""

    longest: int

    def take(self, value: Any) -> str | None:
        """`value` when it is printable text of an allowed length, or None."""
        return value if isinstance(value, str) and len(value) <= self.longest and value.isprintable() else None


Hyperparameter = Integer | Number | Choice | Flag | Padding | Words


def integer(default: int, low: int, high: int) -> Any:
    """A whole-number field of a spec."""
    return field(default=default, metadata={"hyperparameter": Integer(low, high)})


def number(default: float, low: float, high: float, step: float) -> Any:
    """A real-number field of a spec."""
    return field(default=default, metadata={"hyperparameter": Number(low, high, step)})


def choice(default: str, *options: str) -> Any:
    """A field of a spec that takes one of `options`."""
    return field(default=default, metadata={"hyperparameter": Choice(options)})


def flag(default: bool) -> Any:
    """A yes-or-no field of a spec."""
    return field(default=default, metadata={"hyperparameter": Flag()})


def padding(default: str | int, low: int, high: int) -> Any:
    """A padding field of a spec: "valid", "same" or `low` to `high` pixels on every side."""
    return field(default=default, metadata={"hyperparameter": Padding(low, high)})


def words(default: str, longest: int) -> Any:
    """A text field of a spec."""
    return field(default=default, metadata={"hyperparameter": Words(longest)})


def declared(spec: "type[Spec]") -> Mapping[str, Hyperparameter]:
    """Field name -> declaration, in the order of the fields."""
    return {f.name: f.metadata["hyperparameter"] for f in fields(spec) if "hyperparameter" in f.metadata}


def defaults(spec: "type[Spec]") -> Mapping[str, Any]:
    """Field name -> default, for every declared field."""
    return {f.name: f.default for f in fields(spec) if "hyperparameter" in f.metadata}


def refusal(name: str, hyperparameter: Hyperparameter, received: Any) -> LearnerError:
    """The error for a value that `hyperparameter` does not take."""
    match hyperparameter:
        case Integer(low, high):
            return LearnerError("not_a_whole_number", field=name, received=received, low=low, high=high)
        case Number(low, high):
            return LearnerError("not_a_number", field=name, received=received, low=low, high=high)
        case Padding(low, high):
            return LearnerError("not_a_padding", field=name, received=received, low=low, high=high)
        case Words(longest):
            return LearnerError("not_a_text", field=name, received=received, longest=longest)
        case Choice(options):
            return LearnerError("unknown_choice", field=name, received=received, options=options)
        case Flag():
            return LearnerError("unknown_choice", field=name, received=received, options=("true", "false"))


@dataclass(frozen=True)
class Spec:
    """A frozen set of hyperparameters, each checked when the spec is made.

    A value of another type that means an allowed one (`"3"`, `3.0`, a NumPy integer) is replaced by it, so that equal
    specs stay equal cache keys.

    Raises:
        LearnerError: `not_a_whole_number`, `not_a_number`, `not_a_padding`, `not_a_text` or `unknown_choice`, with the
            field, what was received and what would be taken.
    """

    alone: ClassVar[bool] = False
    """Whether a link that sets one of these fields sets nothing else: they say which page of many is shown."""

    def __post_init__(self) -> None:
        for name, hyperparameter in declared(type(self)).items():
            received = getattr(self, name)
            taken = hyperparameter.take(received)
            if taken is None:
                raise refusal(name, hyperparameter, received)
            object.__setattr__(self, name, taken)
