import pytest

from models.ops.slips import softmax_slip


# Logits 3, 1, 0 at temperature 2: the first class has 62.8 %.
@pytest.mark.parametrize(
    ("guess", "slip"),
    [
        (63, None),
        (62, None),
        (75, "softmax_share"),
        (84, "softmax_temperature"),
        (98, "softmax_times"),
        (33, "softmax_uniform"),
        (50, "softmax_other"),
    ],
)
def test_a_wrong_percentage_tells_what_was_forgotten(guess: int, slip: str | None) -> None:
    assert softmax_slip(guess, (3.0, 1.0, 0.0), 2.0) == slip


def test_logits_that_add_up_to_nothing_have_no_share() -> None:
    assert softmax_slip(0, (1.0, -1.0), 1.0) == "softmax_other"
