"""The formulas, with numbers that were put in by hand."""

import pytest

from app.figures import formula
from models.errors import LearnerError


def test_the_span_of_a_dilated_kernel() -> None:
    assert formula.span(3, 2).endswith(r"= (3 - 1) \cdot 2 + 1 = 5")


@pytest.mark.parametrize(
    ("size", "window", "stride", "padding", "ending"),
    [
        (28, 3, 1, "valid", r"\frac{28 + 0 + 0 - 3}{1} \right\rfloor + 1 = 25 + 1 = 26 \end{aligned}"),
        (28, 3, 2, "valid", r"\frac{28 + 0 + 0 - 3}{2} \right\rfloor + 1 = \lfloor 12.50 \rfloor + 1 = 13 \end{aligned}"),
        (10, 5, 3, 2, r"\frac{10 + 2 + 2 - 5}{3} \right\rfloor + 1 = 3 + 1 = 4 \end{aligned}"),
        (28, 3, 2, "same", r"\frac{28}{2} \right\rceil = 14 \end{aligned}"),
        (7, 3, 2, "same", r"\frac{7}{2} \right\rceil = \lceil 3.50 \rceil = 4 \end{aligned}"),
    ],
)
def test_the_size_of_one_side(size: int, window: int, stride: int, padding: str | int, ending: str) -> None:
    written = formula.output_side("W", size, window, stride, padding)
    assert written.startswith(r"\begin{aligned} W' &=")
    assert written.endswith(ending)


def test_a_window_that_does_not_fit_has_no_formula() -> None:
    with pytest.raises(LearnerError, match="window_does_not_fit"):
        formula.output_side("H", 3, 5, 1, "valid")


@pytest.mark.parametrize(
    ("size", "window", "stride", "ending"),
    [
        (28, 3, 1, r"\max(2, 0) = 2 = 1 + 1 \end{aligned}"),
        (28, 2, 1, r"\max(1, 0) = 1 = 0 + 1 \end{aligned}"),
        (8, 2, 4, r"\max(-2, 0) = 0 = 0 + 0 \end{aligned}"),
    ],
)
def test_what_same_adds(size: int, window: int, stride: int, ending: str) -> None:
    assert formula.same_padding(size, window, stride).endswith(ending)


def test_parameters_and_multiplications() -> None:
    assert formula.parameters(3, 3, 3, 8) == r"(3 \times 3 \times 3 + 1) \times 8 = 224"
    assert formula.multiplications(26, 25, 8, 3, 2, 1) == r"26 \times 25 \times 8 \times 3 \times 2 \times 1 = 31\,200"
