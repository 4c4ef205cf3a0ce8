"""Every word that the code asks for is there, in every language, and the languages say it of the same values."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from app.controls import _fields
from app.i18n import FOLDER, LANGUAGES
from app.views import PAGES
from models.errors import LearnerError
from models.hyperparameters import Choice, refusal
from models.images import SAMPLES
from models.images.kernels import KERNELS
from models.network.mends import MENDS

ROOT = Path(__file__).parents[2]
PARTS = ("what", "why", "fix")
PLACED = {"index", "path", "place", "kind"}
"""What `models.network.shapes.placed` adds to an error in a network."""


def flat(table: dict[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in table.items():
        if isinstance(entry, dict):
            yield from flat(entry, f"{start}{name}.")
        else:
            yield start + name, entry


WORDS = {name: dict(flat(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")))) for name in LANGUAGES}
ENGLISH = WORDS["en"]


def values_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def code(*folders: str) -> Iterator[ast.AST]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield from ast.walk(ast.parse(file.read_text("utf-8")))


def calls(name: str, *folders: str) -> Iterator[tuple[str, set[str], bool]]:
    """(first argument, names of the values, whether there may be others) of every call of `name` with a constant."""
    for node in code(*folders):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                named = {keyword.arg for keyword in node.keywords}
                yield first.value, {name for name in named if name}, None in named


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_keys(language: str) -> None:
    assert WORDS[language].keys() ^ ENGLISH.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_names_the_same_values(language: str) -> None:
    different = [key for key, words in WORDS[language].items() if values_in(words) != values_in(ENGLISH.get(key, ""))]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_empty_or_a_stand_in(language: str) -> None:
    short = {
        key for key, words in WORDS[language].items() if not words.strip() or words.strip().lower() in {"x", "todo", "..."}
    }
    assert short == set()


@pytest.mark.parametrize("path", PAGES)
def test_each_page_and_each_of_its_settings_has_words(path: str) -> None:
    wanted = {f"pages.{path or 'home'}.{part}" for part in ("title", "heading", "lead")}
    for scope, name, hyperparameter, _ in _fields(PAGES[path].specs):
        own = f"fields.{scope}_{name}" if f"fields.{scope}_{name}.label" in ENGLISH else f"fields.{name}"
        wanted |= {f"{own}.label", f"{own}.help"}
        if isinstance(hyperparameter, Choice):
            wanted |= {f"choices.{name}.{option}" for option in hyperparameter.options}
    assert wanted - ENGLISH.keys() == set()


def test_each_sample_and_each_kernel_has_words() -> None:
    wanted = {f"samples.{name}.title" for name in SAMPLES} | {f"kernels.{name}" for name in KERNELS}
    assert wanted | {f"choices.kernel.{name}" for name in KERNELS} <= ENGLISH.keys()


def test_each_error_has_words_that_name_only_its_values() -> None:
    found = {error: (given, open_end) for error, given, open_end in calls("LearnerError", "models", "app")}
    assert {"window_does_not_fit", "upload_damaged", "link_repeats"} <= found.keys()
    missing = {f"errors.{error}.{part}" for error in found for part in PARTS} - ENGLISH.keys()
    assert missing == set()
    for error, (given, open_end) in found.items():
        given |= PLACED if error in {*MENDS, "sequential_cannot_branch"} else set()
        for part in PARTS:
            assert open_end or values_in(ENGLISH[f"errors.{error}.{part}"]) <= given, error


@pytest.mark.parametrize("path", PAGES)
def test_each_refusal_of_a_link_has_words(path: str) -> None:
    refused = [refusal(name, hyperparameter, "?") for _, name, hyperparameter, _ in _fields(PAGES[path].specs)]
    for error in (*refused, LearnerError("repeats", field="stride", received=["1", "2"])):
        for part in PARTS:
            assert values_in(ENGLISH[f"errors.link_{error.code}.{part}"]) <= {*error.values, "used"}


def test_each_key_in_the_code_exists_and_gets_its_values() -> None:
    found = [(key, given, open_end) for name in ("text", "raw") for key, given, open_end in calls(name, "app") if "." in key]
    assert len(found) > 30
    assert [key for key, _, _ in found if key not in ENGLISH] == []
    assert [key for key, given, open_end in found if not open_end and not values_in(ENGLISH[key]) <= given] == []
    assert [key for key, _, _ in calls("section", "app") if not any(known.startswith(f"{key}.") for known in ENGLISH)] == []


def test_no_entry_is_unused() -> None:
    """As far as can be told: a string, or a string with gaps, somewhere in the app begins with or equals the key."""
    patterns = {pattern for node in code("app") if (pattern := _pattern(node)) is not None}
    used = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    sections = {key for key, _, _ in calls("section", "app")}
    assert [key for key in ENGLISH if key.split(".")[0] not in sections and not used.fullmatch(key)] == []


def _pattern(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant) and "." in str(node.values[0].value):
        return (
            "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values)
            + r"(\..+)?"
        )
    return None
