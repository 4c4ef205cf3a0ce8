"""The words of the notation: how each hyperparameter of each kind of layer is written, read and corrected."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from models.hyperparameters import Choice, Flag, Hyperparameter, Integer, declared
from models.network import LAYERS
from models.specs.network import Layer

SHORT = {"kernel_size": "k", "stride": "s", "dilation": "d", "multiplier": "m"}
"""Fields that are written as one letter and a number."""

FLAG_WORDS = {"on": ("on", "off"), "bias": ("bias", "no_bias")}
"""Flag -> (the word for yes, the word for no)."""

LONGEST_SHOWN = 40


def whole_words(kind: type[Layer]) -> Mapping[str, tuple[str, Any]]:
    """Every word of a kind of layer that stands for a value by itself -> (field, value)."""
    meanings: dict[str, tuple[str, Any]] = {}
    for field, hyperparameter in declared(kind).items():
        if isinstance(hyperparameter, Choice):
            meanings |= {option: (field, option) for option in hyperparameter.options}
        elif isinstance(hyperparameter, Flag):
            yes, no = FLAG_WORDS[field]
            meanings |= {yes: (field, True), no: (field, False)}
    return meanings


def split_word(kind: type[Layer], word: str) -> tuple[str, str] | None:
    """(field, the text of its value) of a word like "32", "k3x5" or "l2=0.001", or None."""
    fields = declared(kind)
    name, equals, text = word.partition("=")
    if equals:
        field = next((field for field, letter in SHORT.items() if letter == name), name)
    elif word[0] in "0123456789+-.":
        field, text = kind.leading, word
    else:
        field, text = next((field for field, letter in SHORT.items() if letter == word[0]), ""), word[1:]
        if text[:1] not in set("0123456789+-."):
            return None
    return (field, text) if field in fields else None


def read_value(field: str, hyperparameter: Hyperparameter, text: str) -> Any:
    """The value that `text` means, or None when it is not allowed."""
    if field == "kernel_size" and isinstance(hyperparameter, Integer) and text.count("x") == 1:
        height, width = (hyperparameter.take(side) for side in text.split("x"))
        return None if height is None or width is None else (height, width)
    return hyperparameter.take(text)


def write_word(layer: type[Layer], field: str, value: Any) -> str:
    """The word for one value, as `whole_words` and `split_word` read it."""
    if isinstance(value, bool):
        yes, no = FLAG_WORDS[field]
        return yes if value else no
    if isinstance(value, str):
        return value
    text = "x".join(str(side) for side in value) if isinstance(value, tuple) else repr(value).removesuffix(".0")
    if field == layer.leading:
        return text
    return f"{SHORT[field]}{text}" if field in SHORT else f"{field}={text}"


def understood(kind: type[Layer]) -> Mapping[str, str]:
    """What a person may have meant to type in a layer -> how it is written."""
    meant = {word: word for word in whole_words(kind)}
    for field, value in kind.completed({}).items():
        if not isinstance(value, bool | str):
            word = write_word(kind, field, value)
            meant |= {field: word, word: word, field.partition("_")[0]: word}
    return meant


def nearest(word: str, options: Iterable[str]) -> str:
    """The option that looks most like `word`."""
    return get_close_matches(word[:LONGEST_SHOWN], list(options), n=1, cutoff=0.0)[0]


def shortened(word: str) -> str:
    """`word`, cut so that it fits into a sentence."""
    return word if len(word) <= LONGEST_SHOWN else word[: LONGEST_SHOWN - 1] + "…"


VOCABULARY = {kind: whole_words(kind) for kind in LAYERS.values()}
CORRECTIONS = {kind: understood(kind) for kind in LAYERS.values()}
