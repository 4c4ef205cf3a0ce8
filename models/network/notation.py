"""A network as one readable line: "conv 32 k3 same relu | pool 2 | flatten | dense 10 softmax".

Layers stand in order, parted by "|" or a new line. A layer is its kind and then words in any order: its main value bare
("conv 32", "pool 2", "dropout 0.4"), k3 or k3x5 the kernel size, s2 the stride, d2 the dilation, m2 the multiplier, every
choice by its name (same, relu, he_normal, average), "no_bias", "off" for a layer that is switched off, and anything
as name=value ("l2=0.001"). A block holds its layers in brackets: "residual(conv 64 k3 same relu | conv 64 k3 same)".
What is left out has its default. `write` writes just that, and `parse` reads it back to an equal spec.
"""

import re
from typing import Any, NamedTuple

from models.errors import LearnerError
from models.hyperparameters import Choice, Flag, declared
from models.network import LAYERS
from models.network.vocabulary import CORRECTIONS, VOCABULARY, nearest, read_value, shortened, split_word, write_word
from models.specs.network import DEEPEST_NESTING, Layer, NetworkSpec, ResidualLayer, check_input

LONGEST_TEXT = 50_000
LONGEST_INPUT = 40
ALWAYS_WRITTEN = ("kernel_size",)


class Token(NamedTuple):
    """A word, a bracket or a separator, and the position of its first character, counted from 1."""

    text: str
    position: int


def parse(layers: str, input_shape: str | tuple[int, int, int]) -> NetworkSpec:
    """The network that `layers` writes, for pictures of `input_shape` ("28x28x1" or (height, width, channels)).

    Raises:
        LearnerError: with `position` (of the character, from 1) and mostly `place` (of the layer: "3", "3.2" in a block):
            `unknown_layer` (word, nearest), `unknown_layer_word` (kind, word, nearest), `layer_value_refused` (kind, field,
            word, low, high), `layer_word_twice` (kind, field, word), `bracket_missing` (bracket), `bracket_extra`
            (bracket); without them: `text_too_long` (length, limit), `nested_too_deeply`, `too_many_layers`,
            `input_not_understood` (text), `input_refused`.
    """
    shape = parse_input(input_shape) if isinstance(input_shape, str) else check_input(input_shape)
    if not isinstance(layers, str):
        raise TypeError(f"layers: expected text; received {type(layers).__name__}")
    if len(layers) > LONGEST_TEXT:
        raise LearnerError("text_too_long", length=len(layers), limit=LONGEST_TEXT)
    reader = Reader(layers)
    sequence = reader.sequence(())
    if reader.next.text == ")":
        raise LearnerError("bracket_extra", bracket=")", position=reader.next.position)
    return NetworkSpec(shape, sequence)


def parse_input(text: str) -> tuple[int, int, int]:
    """(height, width, channels) from "28x28x1"; "28 28 1" and "28, 28, 1" are understood as well."""
    parts = re.split(r"[x×,\s]+", text.strip().lower()) if len(text) <= LONGEST_INPUT else []
    if len(parts) != 3 or not all(parts):
        raise LearnerError("input_not_understood", text=shortened(text))
    return check_input(parts)


def write(spec: NetworkSpec) -> str:
    """The layers of `spec` as one line; the inverse of `parse`."""
    return " | ".join(write_layer(layer) for layer in spec.layers)


def write_input(spec: NetworkSpec) -> str:
    """The shape of the picture: "28x28x1"."""
    return "x".join(str(size) for size in spec.input_shape)


def write_layer(layer: Layer) -> str:
    """One layer: its kind, its main value and whatever is not as it would be if left out."""
    kind = type(layer)
    values = {field: getattr(layer, field) for field in declared(kind)}
    always = {field: value for field, value in values.items() if field in (kind.leading, *ALWAYS_WRITTEN)}
    left_out = kind.completed(always)
    words = [write_word(kind, field, value) for field, value in values.items() if field in always or value != left_out[field]]
    words.sort(key="off".__eq__)  # "off" is the first field and the last word
    block = f"({' | '.join(write_layer(inner) for inner in layer.layers)})" if isinstance(layer, ResidualLayer) else ""
    return " ".join([kind.name + block, *words])


class Reader:
    """Reads tokens from first to last; every method leaves `next` at the first token that it did not use."""

    def __init__(self, text: str) -> None:
        found = re.finditer(r"[|()\n]|[^\s|()]+", text)
        self.tokens = iter([*(Token(match[0].lower(), match.start() + 1) for match in found), Token("", len(text) + 1)])
        self.next = next(self.tokens)

    def take(self) -> Token:
        """The next token; there is one as long as `next` has text."""
        taken, self.next = self.next, next(self.tokens, self.next)
        return taken

    def sequence(self, above: tuple[int, ...]) -> tuple[Layer, ...]:
        """Layers until a closing bracket or the end; `above` is the block that holds them, counted from 1."""
        if len(above) > DEEPEST_NESTING:
            raise LearnerError("nested_too_deeply", limit=DEEPEST_NESTING)
        layers: list[Layer] = []
        while self.next.text not in ("", ")"):
            if self.next.text in ("|", "\n"):
                self.take()
            else:
                layers.append(self.layer((*above, len(layers) + 1)))
        return tuple(layers)

    def layer(self, path: tuple[int, ...]) -> Layer:
        """One layer with all its words."""
        self.refuse_bracket()
        word, position = self.take()
        place = ".".join(str(number) for number in path)
        if word not in LAYERS:
            near = nearest(word, LAYERS)
            raise LearnerError("unknown_layer", place=place, word=shortened(word), position=position, nearest=near)
        kind = LAYERS[word]
        given: dict[str, Any] = {"layers": self.block(place, path)} if kind is ResidualLayer else {}
        while self.next.text not in ("", "|", "\n", ")"):
            self.refuse_bracket()
            token = self.take()
            field, value = meaning(kind, token, place)
            if field in given:
                numbers = {"place": place, "kind": kind.name, "field": field, "position": token.position}
                raise LearnerError("layer_word_twice", word=shortened(token.text), **numbers)
            given[field] = value
        return kind(**kind.completed(given))

    def block(self, place: str, path: tuple[int, ...]) -> tuple[Layer, ...]:
        """The layers in brackets."""
        self.bracket("(", place)
        layers = self.sequence(path)
        self.bracket(")", place)
        return layers

    def bracket(self, bracket: str, place: str) -> None:
        """Go past `bracket`, which has to be here."""
        if self.next.text != bracket:
            raise LearnerError("bracket_missing", place=place, bracket=bracket, position=self.next.position)
        self.take()

    def refuse_bracket(self) -> None:
        """An opening bracket stands only behind the name of a block."""
        if self.next.text == "(":
            raise LearnerError("bracket_extra", bracket="(", position=self.next.position)


def meaning(kind: type[Layer], token: Token, place: str) -> tuple[str, Any]:
    """(field, value) that one word of a layer stands for."""
    word, position = token
    if word in VOCABULARY[kind]:
        return VOCABULARY[kind][word]
    numbers: dict[str, Any] = {"place": place, "kind": kind.name, "word": shortened(word), "position": position}
    parts = split_word(kind, word)
    if parts:
        field, text = parts
        hyperparameter = declared(kind)[field]
        value = read_value(field, hyperparameter, text)
        if value is not None:
            return field, value
        if not isinstance(hyperparameter, Choice | Flag):
            limits = {"low": getattr(hyperparameter, "low", 0), "high": getattr(hyperparameter, "high", 0)}
            raise LearnerError("layer_value_refused", field=field, **limits, **numbers)
        near = nearest(text, VOCABULARY[kind])
    else:
        near = CORRECTIONS[kind][nearest(word.partition("=")[0], CORRECTIONS[kind])]
    raise LearnerError("unknown_layer_word", nearest=near, **numbers)
