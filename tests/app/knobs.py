"""For each knob of a page another value that it may have."""

from collections.abc import Mapping
from typing import Any

from app import controls
from models.hyperparameters import Choice, Flag, Hyperparameter, Integer, Number, Words


def settings(specs: controls.Specs, texts: Mapping[str, str]) -> dict[str, str]:
    """Field -> another value than its default, as a link says it; `texts` has those of free texts."""
    return {
        name: _other(hyperparameter, default, texts.get(name)) for _, name, hyperparameter, default in controls._fields(specs)
    }


def _other(hyperparameter: Hyperparameter, default: Any, text: str | None) -> str:
    match hyperparameter:
        case Integer(low, high):
            return str(next(value for value in (default + 1, default - 1) if low <= value <= high))
        case Number(low, high):
            return str(high if high != default else low)
        case Choice(options):
            return next(option for option in options if option != default)
        case Flag():
            return str(not default).lower()
        case Words() if text is not None:
            return text
    raise TypeError(f"{hyperparameter} {default!r}")
