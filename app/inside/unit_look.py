"""How much of one unit a learner wants to see at once."""

from dataclasses import dataclass

from models.hyperparameters import Spec, integer


@dataclass(frozen=True)
class UnitLook(Spec):
    """`shown` input maps stand apart in a sum; the others are summed in one."""

    shown: int = integer(default=5, low=1, high=16)
