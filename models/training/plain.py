"""Specs as JSON has them, and back; what comes from a file is checked as if it came from a link."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

from models.specs.training import TrainingSpec

Kind = TypeVar("Kind")


def to_plain(spec: Any) -> dict[str, Any]:
    """The fields of a spec, those of specs within it as well."""
    return asdict(spec)


def training_of(values: Mapping[str, Any]) -> TrainingSpec:
    """The settings of a run. One that an older version began goes on with what that version did without asking.

    Raises:
        LearnerError: as `from_plain`.
    """
    first = {"split_seed": values.get("seed", 0)} if "split_seed" not in values else {}
    if "beta_2" not in values and values.get("schedule") == "one_cycle":
        first |= {"beta_2": 0.99, "final_share": 0.001}
    return from_plain(TrainingSpec, {**first, **values})


def from_plain(kind: type[Kind], values: Mapping[str, Any]) -> Kind:
    """The spec of `values`; what this version does not know is left out, what is missing has its default.

    Raises:
        LearnerError: as the spec itself, for values that it does not take.
    """
    hints = get_type_hints(kind)
    given: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name not in values:
            continue
        value, hint = values[field.name], hints[field.name]
        inner = isinstance(hint, type) and is_dataclass(hint) and isinstance(value, Mapping)
        given[field.name] = from_plain(hint, value) if inner else tuple(value) if isinstance(value, list) else value
    return kind(**given)
