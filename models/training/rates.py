"""The learning rate of every step."""

import math

from models.specs.training import TrainingSpec

WARM_UP = 0.3
"""Share of the steps in which one cycle goes up."""

START = 25.0
END = 1000.0
"""One cycle starts and ends so many times lower than its top."""

PLATEAU_PATIENCE = 2
PLATEAU_FACTOR = 0.5


def rate_at(spec: TrainingSpec, step: int, steps: int) -> float:
    """The rate of step number `step` (from 0) of `steps`, before what a plateau takes away."""
    share = min(max(step / max(steps, 1), 0.0), 1.0)
    match spec.schedule:
        case "step":
            return spec.learning_rate * (1.0 if share < 0.5 else 0.1 if share < 0.75 else 0.01)
        case "cosine":
            return spec.learning_rate * (1 + math.cos(math.pi * share)) / 2
        case "one_cycle" if share < WARM_UP:
            return spec.learning_rate * (1 / START + (1 - 1 / START) * (1 - math.cos(math.pi * share / WARM_UP)) / 2)
        case "one_cycle":
            down = (share - WARM_UP) / (1 - WARM_UP)
            return spec.learning_rate * (1 / END + (1 - 1 / END) * (1 + math.cos(math.pi * down)) / 2)
        case _:
            return spec.learning_rate


def plateau(losses: list[float]) -> float:
    """What the validation losses so far have made of the rate, as a factor."""
    factor, best, waited = 1.0, math.inf, 0
    for loss in losses:
        if loss < best:
            best, waited = loss, 0
            continue
        waited += 1
        if waited >= PLATEAU_PATIENCE:
            factor, waited = factor * PLATEAU_FACTOR, 0
    return factor
