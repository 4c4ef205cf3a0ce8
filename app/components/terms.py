"""Terms that add up, one in each row, with its numbers and a bar."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.components import component, pack
from app.components.step import Chosen, heard
from app.figures import theme

_terms = component("terms.js")

Term = dict[str, Any]


class Sums(NamedTuple):
    """What belongs to products besides the terms that are shown: what the others add, the bias, and all together."""

    rest: float | None
    bias: float | None
    total: float


class Powers(NamedTuple):
    """What belongs to powers of e besides those that are shown: what the others add, all together, the largest number."""

    rest: float | None
    total: float
    largest: float


def product_terms(key: str, terms: Sequence[Term], sums: Sums, words: Term, on_source: Chosen) -> None:
    """Show value times weight of each of `terms` (title, value, weight, source), the rest, the bias, and the sum.

    `words` are the table's label, its heads, its labels (rest, bias, sum) and a note.
    """
    _show(key, {"kind": "products", "terms": list(terms), **sums._asdict(), **words}, on_source)


def softmax_terms(key: str, terms: Sequence[Term], powers: Powers, words: Term, on_source: Chosen) -> None:
    """Show the power of e of each of `terms` (title, number, power, chosen, source), their sum, and each one's share.

    `words` as of `product_terms`.
    """
    _show(key, {"kind": "softmax", "terms": list(terms), **powers._asdict(), **words}, on_source)


def _show(key: str, header: Term, on_source: Chosen) -> None:
    data = pack({**header, "colours": theme.for_browser()}, {})
    _terms(data=data, key=key, on_source_change=heard(key, "source", on_source))
