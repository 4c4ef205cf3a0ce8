"""Undo and redo that never lose a state."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True)
class History(Generic[State]):
    """Every state that there was, in the order in which undo goes back through them; `at` is the one that is shown."""

    states: tuple[State, ...]
    at: int = 0

    @property
    def now(self) -> State:
        """The state that is shown."""
        return self.states[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is a state before this one."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a state was taken back."""
        return self.at < len(self.states) - 1

    def after(self, state: State) -> "History[State]":
        """The history with `state` as its newest.

        What had been taken back is not thrown away: it moves before the present state, where undo finds it.
        """
        if state == self.now:
            return self
        states = (*self.states[: self.at], *self.states[self.at + 1 :], self.now, state)
        return History(states, len(states) - 1)

    def undone(self) -> "History[State]":
        """One state back."""
        return replace(self, at=max(self.at - 1, 0))

    def redone(self) -> "History[State]":
        """One state forth."""
        return replace(self, at=min(self.at + 1, len(self.states) - 1))
