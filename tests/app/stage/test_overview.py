"""What a link says of the map of a network."""

import pytest

from app.stage.overview import blocks_in, layers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ()), ("4", (4,)), ("4,7", (4, 7)), ("x,-1,99999,٣,5", (5,)), (",".join(map(str, range(99))), tuple(range(60)))],
)
def test_layers_in_a_link(text: str, expected: tuple[int, ...]) -> None:
    assert layers_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ()), ("4-7", ((4, 7),)), ("4-7,9-12", ((4, 7), (9, 12))), ("4,7-x,1-2-3,-5", ()), ("12345-1", ())],
)
def test_blocks_in_a_link(text: str, expected: tuple[tuple[int, int], ...]) -> None:
    assert blocks_in(text) == expected
