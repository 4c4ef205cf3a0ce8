"""Readers for single values of a layer's description: each returns a plain, checked value or refuses it."""

import math
from collections.abc import Callable, Collection
from typing import Any

Reader = Callable[[Any], Any]
"""Takes what stands in the description, returns what may be given to Keras.

Raises:
    NotBuiltInError: for a function or an object that is not one of Keras' own.
    ValueError: for any other value that is not taken.
"""

LONGEST_NAME = 100
MOST_NUMBERS = 4096
FLOATS = ("float16", "float32", "float64", "mixed_float16", "mixed_bfloat16")

INITIALIZERS = frozenset(
    (
        "Constant",
        "GlorotNormal",
        "GlorotUniform",
        "HeNormal",
        "HeUniform",
        "Identity",
        "IdentityInitializer",
        "LecunNormal",
        "LecunUniform",
        "Ones",
        "Orthogonal",
        "OrthogonalInitializer",
        "RandomNormal",
        "RandomUniform",
        "TruncatedNormal",
        "VarianceScaling",
        "Zeros",
    )
)
REGULARIZERS = frozenset(("L1", "L2", "L1L2", "OrthogonalRegularizer"))
CONSTRAINTS = frozenset(("MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"))


class NotBuiltInError(ValueError):
    """A function or an object that is not one of Keras' own."""


def whole(low: int, high: int) -> Reader:
    """An int from `low` to `high`."""

    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(value)
        return value

    return read


def real(low: float, high: float) -> Reader:
    """A finite number from `low` to `high`, as a float."""

    def read(value: Any) -> float:
        if type(value) not in (int, float) or not math.isfinite(value) or not low <= value <= high:
            raise ValueError(value)
        return float(value)

    return read


def one_of(*names: str) -> Reader:
    """One of a few names."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise ValueError(value)
        return value

    return read


def flag(value: Any) -> bool:
    """True or False."""
    if type(value) is not bool:
        raise ValueError(value)
    return value


def optional(reader: Reader) -> Reader:
    """What `reader` reads, or None."""
    return lambda value: None if value is None else reader(value)


def many(reader: Reader, shortest: int, longest: int) -> Reader:
    """A tuple of `shortest` to `longest` values that `reader` reads."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not shortest <= len(value) <= longest:
            raise ValueError(value)
        return tuple(reader(entry) for entry in value)

    return read


def either(*readers: Reader) -> Reader:
    """What the first of `readers` that takes it reads."""

    def read(value: Any) -> Any:
        for reader in readers:
            try:
                return reader(value)
            except ValueError:
                continue
        raise ValueError(value)

    return read


def pair(low: int, high: int) -> Reader:
    """(along the height, along the width), or one int for both."""
    side = whole(low, high)
    return either(side, many(side, 2, 2))


def name(value: Any) -> str:
    """A name as TensorFlow takes it for a scope: Latin letters, digits and `_ . - >`."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
        raise ValueError(value)
    if not value.isascii() or not value[0].isalnum() or not value.translate(_PUNCTUATION).isalnum():
        raise ValueError(value)
    return value


_PUNCTUATION = str.maketrans("", "", "_.->")


def floats(value: Any) -> str:
    """The name of a type of numbers that float32 can stand for."""
    if isinstance(value, dict):
        value = member("keras", ("DTypePolicy",))(value).get("name")
    return str(one_of(*FLOATS)(value))


def member(module: str, names: Collection[str]) -> Callable[[Any], dict[str, Any]]:
    """The configuration of an object of `module` whose class is one of `names`."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or value.get("module") != module or value.get("registered_name") is not None:
            raise NotBuiltInError(value)
        kind, config = value.get("class_name"), value.get("config")
        if not isinstance(kind, str) or kind not in names or not isinstance(config, dict):
            raise NotBuiltInError(value)
        return config

    return read


def named(module: str, names: Collection[str]) -> Reader:
    """None, or one of `names`, or an object of that class with plain values.

    What it says is not used: weights are read, not drawn, and nothing is trained. It is checked all the same, so that a
    file which says it needs somebody's own code is refused.
    """
    allowed = {entry.lower() for entry in names}
    configured = member(module, names)

    def read(value: Any) -> None:
        if isinstance(value, str):
            if value.replace("_", "").lower() not in allowed:
                raise NotBuiltInError(value)
        elif value is not None:
            for entry in configured(value).values():
                plain(entry)

    return read


def plain(value: Any) -> Any:
    """None, a number, a short text, True or False, or a list of at most ten of them; a generator of seeds counts as None."""
    if isinstance(value, list):
        return many(plain, 0, 10)(value)
    if isinstance(value, dict):
        seeds = member("keras.random", ("SeedGenerator",))(value)
        if not all(type(entry) in (int, str) for entry in seeds.values()):
            raise NotBuiltInError(value)
        return None
    if isinstance(value, str) and len(value) > LONGEST_NAME:
        raise ValueError(value)
    return value


def numbers(value: Any) -> Any:
    """A number, or a list of numbers, or a list of such lists."""
    return either(_number, many(either(_number, many(_number, 1, MOST_NUMBERS)), 1, MOST_NUMBERS))(value)


_number = real(-1e30, 1e30)
