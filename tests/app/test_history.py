"""Undo never loses a state."""

from random import Random

import pytest

from app.network.history import History


def test_undo_and_redo_go_back_and_forth() -> None:
    history = History((1,)).after(2).after(3)
    assert (history.now, history.can_undo, history.can_redo) == (3, True, False)
    assert history.undone().now == 2
    assert history.undone().undone().undone().now == 1
    assert history.undone().redone().redone().now == 3


def test_what_was_taken_back_is_found_again_after_a_new_edit() -> None:
    history = History((1,)).after(2).after(3).undone().undone().after(4)
    back = [history.now]
    while history.can_undo:
        history = history.undone()
        back.append(history.now)
    assert back == [4, 1, 3, 2]


def test_the_same_state_is_no_step() -> None:
    assert History((1,)).after(1) == History((1,))


@pytest.mark.parametrize("seed", range(20))
def test_every_state_there_ever_was_can_be_reached(seed: int) -> None:
    random, history, seen = Random(seed), History((0,)), {0}
    for step in range(1, 200):
        work = random.choice(["edit", "edit", "undo", "redo", "undo"])
        history = history.after(step) if work == "edit" else history.undone() if work == "undo" else history.redone()
        seen |= {step} if work == "edit" else set()
        assert set(history.states) == seen
        assert len(history.states) == len(seen)
