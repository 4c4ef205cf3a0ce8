from itertools import product

import pytest

from models.errors import LearnerError
from models.ops.window import output_size, padding_amounts, unvisited

GRID = list(product(range(1, 14), range(1, 8), range(1, 6)))


def windows(padded: int, span: int, stride: int) -> list[range]:
    """Every window that fits, counted one by one."""
    return [range(start, start + span) for start in range(0, padded, stride) if start + span <= padded]


@pytest.mark.parametrize(
    ("size", "span", "stride", "padding", "expected"),
    [
        (28, 3, 1, "valid", 26),
        (28, 3, 2, "valid", 13),
        (7, 7, 1, "valid", 1),
        (5, 1, 8, "valid", 1),
        (28, 3, 1, "same", 28),
        (7, 3, 2, "same", 4),
        (5, 2, 4, "same", 2),
        (1, 11, 1, "same", 1),
        (10, 3, 1, 1, 10),
        (10, 5, 3, 2, 4),
        (3, 11, 1, 4, 1),
    ],
)
def test_output_size_by_hand(size: int, span: int, stride: int, padding: str | int, expected: int) -> None:
    assert output_size(size, span, stride, padding) == expected


@pytest.mark.parametrize(
    ("size", "span", "stride", "padding", "expected"),
    [
        (28, 3, 1, "valid", (0, 0)),
        (28, 3, 1, 0, (0, 0)),
        (28, 3, 1, 4, (4, 4)),
        (28, 3, 1, "same", (1, 1)),
        (28, 2, 1, "same", (0, 1)),
        (28, 3, 2, "same", (0, 1)),
        (7, 3, 2, "same", (1, 1)),
        (8, 7, 3, "same", (2, 3)),
        (8, 2, 4, "same", (0, 0)),
        (1, 4, 1, "same", (1, 2)),
    ],
)
def test_padding_amounts_by_hand(size: int, span: int, stride: int, padding: str | int, expected: tuple[int, int]) -> None:
    assert padding_amounts(size, span, stride, padding) == expected


@pytest.mark.parametrize(
    ("size", "span", "stride", "padding", "expected"),
    [(7, 3, 2, "valid", 0), (8, 3, 2, "valid", 1), (10, 3, 5, "valid", 2), (8, 2, 4, "same", 2), (10, 3, 4, 1, 1)],
)
def test_unvisited_by_hand(size: int, span: int, stride: int, padding: str | int, expected: int) -> None:
    assert unvisited(size, span, stride, padding) == expected


@pytest.mark.parametrize("padding", ["valid", "same", 0, 1, 3])
def test_sizes_agree_with_counting(padding: str | int) -> None:
    for size, span, stride in GRID:
        padded = size + sum(padding_amounts(size, span, stride, padding))
        counted = windows(padded, span, stride)
        if counted:
            assert output_size(size, span, stride, padding) == len(counted), (size, span, stride)
            assert unvisited(size, span, stride, padding) == padded - counted[-1].stop, (size, span, stride)
        else:
            with pytest.raises(LearnerError):
                output_size(size, span, stride, padding)


def test_same_adds_as_little_as_possible() -> None:
    for size, span, stride in GRID:
        start, end = padding_amounts(size, span, stride, "same")
        wanted = -(-size // stride)
        fewest = next(total for total in range(size + span) if len(windows(size + total, span, stride)) >= wanted)
        assert start + end == fewest, (size, span, stride)
        assert end - start in (0, 1)
        assert output_size(size, span, stride, "same") == wanted


@pytest.mark.parametrize(
    ("size", "span", "padding", "padded", "missing"), [(10, 13, "valid", 10, 3), (1, 2, "valid", 1, 1), (3, 11, 2, 7, 4)]
)
def test_a_window_that_does_not_fit_is_told_with_its_numbers(
    size: int, span: int, padding: str | int, padded: int, missing: int
) -> None:
    for arithmetic in (output_size, unvisited):
        with pytest.raises(LearnerError) as caught:
            arithmetic(size, span, 1, padding)
        assert caught.value.code == "window_does_not_fit"
        numbers = {"span": span, "size": size, "padded": padded, "missing": missing}
        assert {name: caught.value.values[name] for name in numbers} == numbers


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((0, 3, 1, "valid"), "size"),
        ((5, 0, 1, "valid"), "span"),
        ((5, 3, 0, "valid"), "stride"),
        ((5, 3, -1, "same"), "stride"),
        ((5, 3, 1, -1), "padding"),
        ((5, 3, 1, "full"), "padding"),
    ],
)
def test_impossible_numbers_are_a_programmers_mistake(arguments: tuple[int, int, int, str | int], name: str) -> None:
    for arithmetic in (padding_amounts, output_size, unvisited):
        with pytest.raises(ValueError, match=f"^{name}: expected .* received"):
            arithmetic(*arguments)
