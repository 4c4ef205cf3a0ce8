"""What a file describes, as plain values: which layers, with which arguments, and what flows into which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.errors import LearnerError

MOST_CALLS = 800
DEEPEST_NESTING = 4


class Call(NamedTuple):
    """The call with this number, from 0, of the part with this name: the place where a value comes from."""

    part: str
    number: int = 0


@dataclass(frozen=True)
class Part:
    """One layer or one network within a network.

    `place` is where its weights are in the file; `calls` holds for each call where its inputs come from; `inner` is the
    network that it is, if it is one.
    """

    name: str
    kind: str
    place: str
    calls: tuple[tuple[Call, ...], ...]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    inner: "Plan | None" = None


Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Plan:
    """A network: `shape` of what comes in without the batch axis, `entry` that it comes in at, `exit` that it leaves from.

    `chain` is whether it is a Sequential model.
    """

    name: str
    shape: Shape
    entry: str
    exit: Call
    parts: tuple[Part, ...]
    chain: bool = False

    @property
    def calls(self) -> int:
        """How many calls of layers run through it once, those within inner networks counted for each call of these."""
        return sum(len(part.calls) * (part.inner.calls if part.inner else 1) for part in self.parts)


def in_order(plan: Plan) -> Iterator[tuple[Part, tuple[Call, ...]]]:
    """Every call of `plan` with where its inputs come from, none before what it needs; of one part in their own order.

    Raises:
        LearnerError: `network_not_connected` (layer): what it needs does not exist, or needs itself.
    """
    made = {Call(plan.entry)}
    waiting = [(part, number) for part in plan.parts for number in range(len(part.calls))]
    while waiting:
        later = []
        for part, number in waiting:
            needed = {*part.calls[number], *([Call(part.name, number - 1)] if number else [])}
            if needed <= made:
                made.add(Call(part.name, number))
                yield part, part.calls[number]
            else:
                later.append((part, number))
        if len(later) == len(waiting):
            raise LearnerError("network_not_connected", layer=later[0][0].name)
        waiting = later
    if plan.exit not in made:
        raise LearnerError("network_not_connected", layer=plan.exit.part)
