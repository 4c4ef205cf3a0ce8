import numpy as np
import pytest

from models.ops.overflow import naive_terms
from models.ops.softmax import softmax_terms


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_small_logits_come_out_the_same(temperature: float) -> None:
    naive, safe = naive_terms([2, 1, -3], temperature), softmax_terms([2, 1, -3], temperature)
    np.testing.assert_allclose(naive.probabilities, safe.probabilities, atol=1e-6)
    np.testing.assert_allclose(naive.exponentials, np.exp(np.array([2, 1, -3]) / temperature), rtol=1e-6)
    np.testing.assert_allclose(naive.total, naive.exponentials.sum(), rtol=1e-6)


def test_a_logit_of_1000_breaks_the_books_form_only() -> None:
    naive, safe = naive_terms([1000, 999, 0]), softmax_terms([1000, 999, 0])
    assert np.isinf(naive.total).all()
    assert np.isnan(naive.probabilities[:2]).all()
    np.testing.assert_allclose(safe.probabilities, [0.7310586, 0.2689414, 0], atol=1e-6)


def test_logits_far_below_zero_leave_nothing_to_divide_by() -> None:
    assert np.isnan(naive_terms([-1000, -1000]).probabilities).all()


def test_a_temperature_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="temperature: expected a number above 0; received 0"):
        naive_terms([1, 2], 0)
