"""The words for people, in the learner's language, from `assets/i18n`."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from app import session

FOLDER = Path(__file__).parents[1] / "assets" / "i18n"
LANGUAGES = {"en": "English", "ko": "한국어"}
LONGEST_VALUE = 60


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def _found(key: str) -> Any:
    entry: Any = _words(session.language())
    for part in key.split("."):
        entry = entry[part]
    return entry


def has(key: str) -> bool:
    """Whether `key` names words."""
    try:
        _found(key)
    except KeyError:
        return False
    return True


def plain(value: Any) -> str:
    """`value` as text that Markdown shows as it stands, cut when it is long: nothing a person sends becomes markup."""
    if isinstance(value, float):
        return f"{value:.4g}".replace("-", "−")
    if isinstance(value, (tuple, list)):
        return ", ".join(plain(entry) for entry in value)
    shown = " ".join(str(value).split())
    shown = shown if len(shown) <= LONGEST_VALUE else shown[:LONGEST_VALUE] + "…"
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", shown)


def text(key: str, **values: Any) -> str:
    """The Markdown of `section.name`, with `values` put in as plain text.

    Raises:
        KeyError: for a key that the language lacks; a test holds all languages to the same keys.
    """
    return str(_found(key)).format(**{name: plain(value) for name, value in values.items()})


def raw(key: str, **values: Any) -> str:
    """Like `text`, for places that show no Markdown (component labels, text alternatives, widget options)."""
    return str(_found(key)).format(**values)


def section(key: str) -> dict[str, str]:
    """All words of a section, as a component needs them."""
    return dict(_found(key))
