"""What people did on the map of a network, as a browser tells it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Chosen = tuple[int, int, int, int]
"""(place of the layer, map or unit, row, col), the last two -1 for the middle."""


def _is_whole(*values: Any) -> bool:
    return all(isinstance(value, int) and not isinstance(value, bool) for value in values)


def _chosen(answer: Any) -> Chosen | None:
    if not isinstance(answer, Mapping):
        return None
    layer, number, row, col = (answer.get(name) for name in ("layer", "map", "row", "col"))
    return (layer, number, row, col) if _is_whole(layer, number, row, col) else None  # type: ignore[return-value]


def _block(answer: Any) -> tuple[int, int] | None:
    if not isinstance(answer, Sequence) or isinstance(answer, str) or len(answer) != 2 or not _is_whole(*answer):
        return None
    return answer[0], answer[1]


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "chosen": _chosen,
    "opened": lambda answer: answer if _is_whole(answer) else None,
    "folded": _block,
    "rank": lambda answer: answer if answer is True else None,
}
"""What a browser may send, by name -> the checked value, or None."""
