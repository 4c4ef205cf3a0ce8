"""Terms that add up, one in each row, with its numbers and a bar."""

from collections.abc import Sequence
from typing import Any

from app.components import component, pack
from app.components.step import Chosen, heard

_terms = component("terms.js")


def product_terms(
    key: str,
    terms: Sequence[dict[str, Any]],
    *,
    rest: float | None,
    bias: float | None,
    total: float,
    words: dict[str, Any],
    on_source: Chosen,
) -> None:
    """Show value times weight of each of `terms` (title, value, weight, source), the `rest`, the `bias`, and the sum.

    `words` are the table's label, its heads, its labels (rest, bias, sum), the result and a note.
    """
    header = {"kind": "products", "terms": list(terms), "rest": rest, "bias": bias, "total": total, **words}
    _terms(data=pack(header, {}), key=key, on_source_change=heard(key, "source", on_source))


def softmax_terms(
    key: str,
    terms: Sequence[dict[str, Any]],
    *,
    rest: float | None,
    total: float,
    largest: float,
    words: dict[str, Any],
    on_source: Chosen,
) -> None:
    """Show the power of e of each of `terms` (title, number, power, chosen, source), their sum, and each one's share."""
    header = {"kind": "softmax", "terms": list(terms), "rest": rest, "total": total, "largest": largest, "result": "", **words}
    _terms(data=pack(header, {}), key=key, on_source_change=heard(key, "source", on_source))
