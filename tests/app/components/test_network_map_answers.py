"""What a browser may send about the map of a network, and what it is called."""

from typing import Any

import pytest

from app.components.network_map_answers import CHECKS


@pytest.mark.parametrize(
    ("name", "sent", "taken"),
    [
        ("chosen", {"layer": 1, "map": 2, "row": -1, "col": 3}, (1, 2, -1, 3)),
        ("chosen", {"layer": 1, "map": 2, "row": -1}, None),
        ("chosen", {"layer": "1", "map": 2, "row": 0, "col": 3}, None),
        ("chosen", {"layer": True, "map": 2, "row": 0, "col": 3}, None),
        ("chosen", [1, 2, 3, 4], None),
        ("opened", 3, 3),
        ("opened", "3", None),
        ("opened", None, None),
        ("folded", [2, 5], (2, 5)),
        ("folded", "25", None),
        ("folded", [2, 5, 6], None),
        ("folded", [2, 5.5], None),
        ("rank", True, True),
        ("rank", 1, None),
    ],
)
def test_only_what_it_should_be_is_taken(name: str, sent: Any, taken: Any) -> None:
    assert CHECKS[name](sent) == taken
