"""A run: what was asked for, and how far it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ALIVE = ("queued", "preparing", "running", "paused", "testing")
"""Stages in which somebody works on a run; found on disk while nobody does, it was interrupted."""

ENDED = ("finished", "stopped", "failed")
ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class State:
    """How far a run is.

    Attributes:
        stage: one of `ALIVE`, `ENDED`, or "interrupted".
        epoch: epochs that are finished and kept.
        reason: why it ended before its last epoch: "asked", "early" (early stopping), "time", "left" (nobody came back),
            "paused" (too long), or empty.
        error: code and values of the `LearnerError` that ended it.
        test: loss and accuracy on the test part; empty before the end.
        seconds: of training so far.
        updated: seconds since 1970.
    """

    stage: str = "queued"
    epoch: int = 0
    reason: str = ""
    error: Mapping[str, Any] | None = None
    test: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    updated: float = 0.0


@dataclass(frozen=True)
class Run:
    """What was asked for, and how far it is.

    Attributes:
        id: in the address of the page.
        owner: whose browser asked for it.
        made: seconds since 1970.
        input: the network's picture, as `models.network.notation` writes it.
        layers: the network's layers, likewise.
        training: the fields of the `TrainingSpec`, as JSON has them.
        dataset: name and settings of the data.
        name: what its owner calls it; empty at first.
        notes: what its owner noted.
    """

    id: str
    owner: str
    made: float
    input: str
    layers: str
    training: Mapping[str, Any]
    dataset: Mapping[str, Any]
    name: str = ""
    notes: str = ""
    state: State = field(default_factory=State)


def fits(asked: Mapping[str, Any], state: Mapping[str, Any]) -> bool:
    """Whether the fields that everything relies on are what they should be; the file may be somebody's garbage."""
    texts = all(isinstance(asked.get(name), str) for name in ("owner", "input", "layers"))
    plain = all(isinstance(asked.get(name), dict) for name in ("training", "dataset"))
    stage = state.get("stage") in (*ALIVE, *ENDED, "interrupted") and isinstance(state.get("epoch"), int)
    return texts and plain and stage and all(isinstance(n, int | float) for n in (asked.get("made"), state.get("updated")))
