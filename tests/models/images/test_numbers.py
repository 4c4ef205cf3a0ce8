"""Typed numbers: read, refused with the place, and written back."""

import numpy as np
import pytest

from models.errors import LearnerError
from models.images.numbers import parse_numbers, typed_grid, write_grid


def refusal(text: str, max_side: int = 32, channels_allowed: tuple[int, ...] = (1, 3)) -> LearnerError:
    with pytest.raises(LearnerError) as caught:
        parse_numbers(text, max_side, channels_allowed)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "1 2 3; 4 5 6",
        "1 2 3\n4 5 6",
        "1,2,3\r\n4,5,6\r\n",
        "\n\n 1\t2\t3 ;\n 4 , 5 , 6 ;",
        "１、２、３；４，５，６",
        "1.0 +2 3.; 4e0 50E-1 12/2",
        "1\u00a02\u30003; 4 5 6",
    ],
)
def test_rows_and_columns_however_they_are_separated(text: str) -> None:
    grid = typed_grid(text)
    assert grid.dtype == np.float32
    np.testing.assert_array_equal(grid[..., 0], [[1, 2, 3], [4, 5, 6]])
    assert grid.shape == (2, 3, 1)


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013", "\u2012", "\uff0d"])
def test_every_minus_sign_that_keyboards_write(minus: str) -> None:
    np.testing.assert_array_equal(typed_grid(f"{minus}1 {minus}.5")[0, :, 0], [-1, -0.5])


def test_channels_stand_between_bars() -> None:
    grid = typed_grid("1 2 3; 4 5 6 | 7 8 9; 10 11 12 ｜ 13 14 15; 16 17 18")
    assert grid.shape == (2, 3, 3)
    assert grid[0, 0].tolist() == [1, 7, 13]
    assert grid[1, 2].tolist() == [6, 12, 18]


def test_fractions_are_divided() -> None:
    np.testing.assert_array_equal(typed_grid("1/9 -1/4")[0, :, 0], np.array([1 / 9, -0.25], dtype=np.float32))


def test_a_ragged_row_is_named() -> None:
    error = refusal("1 2 3; 4 5 6; 7 8")
    assert (error.code, error.values) == ("numbers_ragged_rows", {"channel": 1, "row": 3, "received": 2, "expected": 3})


@pytest.mark.parametrize(
    "word", ["x", "nan", "inf", "1e", "1..2", "--1", "1_0", "0x1F", "1/0", "1/2/3", "/2", "²", "½", "<b>", "٣"]
)
def test_what_is_no_number_is_named_with_its_place(word: str) -> None:
    error = refusal(f"1 2 3; 4 5 {word}")
    assert (error.code, error.values) == ("number_unreadable", {"channel": 1, "row": 2, "column": 3, "received": word})


def test_a_very_long_word_is_cut_in_the_error() -> None:
    assert refusal("9" * 100_000).values["received"] == "9" * 40


@pytest.mark.parametrize(("word", "nearest"), [("1000.5", 1000.0), ("-2e3", -1000.0), ("1e400", 1000.0), ("-1e9999", -1000.0)])
def test_too_large_a_number_is_told_the_nearest(word: str, nearest: float) -> None:
    error = refusal(f"{word} 2")
    assert error.code == "number_too_large"
    assert error.values == {"channel": 1, "row": 1, "column": 1, "received": word, "limit": 1000.0, "nearest": nearest}


@pytest.mark.parametrize("text", ["", "   \n\t ;;\n", ", ,"])
def test_nothing_typed(text: str) -> None:
    assert refusal(text).code == "numbers_empty"
    assert refusal(text, channels_allowed=(3,)).code == "numbers_empty"


def test_an_empty_channel_is_named() -> None:
    error = refusal("1 2 | | 3 4")
    assert (error.code, error.values) == ("numbers_empty", {"channel": 2})


def test_a_wrong_number_of_channels() -> None:
    error = refusal("1 2 | 3 4")
    assert (error.code, error.values) == ("numbers_channels", {"received": 2, "allowed": (1, 3)})


def test_channels_of_different_shapes() -> None:
    error = refusal("1 2 3; 4 5 6 | 1 2 3; 4 5 6 | 1 2; 3 4")
    assert error.code == "numbers_channels_differ"
    assert error.values == {"channel": 3, "rows": 2, "columns": 2, "first_rows": 2, "first_columns": 3}


def test_as_many_as_allowed_and_one_more() -> None:
    row = " ".join(["1"] * 32)
    assert typed_grid("; ".join([row] * 32)).shape == (32, 32, 1)
    error = refusal("; ".join(["1"] * 33))
    assert (error.code, error.values) == ("numbers_too_many", {"channel": 1, "rows": 33, "columns": 1, "limit": 32})
    assert refusal("1 2 3; 4 5 6", max_side=2).values == {"channel": 1, "rows": 2, "columns": 3, "limit": 2}


def test_numbers_are_written_short() -> None:
    grid = np.array([[[1.0], [-0.0], [0.1]], [[-2.5], [1e-7], [1000.0]]], dtype=np.float32)
    assert write_grid(grid) == "1 0 0.1; -2.5 1e-07 1000"
    assert write_grid(np.ones((1, 2, 3), dtype=np.float32)) == "1 1 | 1 1 | 1 1"


@pytest.mark.parametrize("shape", [(1, 1, 1), (5, 7, 1), (7, 5, 3), (1, 32, 3), (32, 1, 1)])
def test_what_is_written_is_read_back_exactly(shape: tuple[int, int, int]) -> None:
    random = np.random.default_rng(shape[0])
    grid = (random.uniform(-1, 1, shape) * 10.0 ** random.integers(-20, 4, shape)).astype(np.float32)
    np.testing.assert_array_equal(typed_grid(write_grid(grid)), grid)
