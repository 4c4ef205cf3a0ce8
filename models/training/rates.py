"""The learning rate of every step."""

import math

from models.specs.training import TrainingSpec

START = 25.0
"""One cycle starts so many times lower than its top."""


def rate_at(spec: TrainingSpec, step: int, steps: int) -> float:
    """The rate of step number `step` (from 0) of `steps`, before what a plateau takes away."""
    share, top, end = min(max(step / max(steps, 1), 0.0), 1.0), spec.learning_rate, spec.final_share
    match spec.schedule:
        case "step":
            return top * spec.step_factor ** falls(spec, step, steps)
        case "cosine":
            return top * (end + (1 - end) * (1 + math.cos(math.pi * share)) / 2)
        case "one_cycle" if share < spec.warm_up:
            return top * (1 / START + (1 - 1 / START) * (1 - math.cos(math.pi * share / spec.warm_up)) / 2)
        case "one_cycle":
            down = (share - spec.warm_up) / (1 - spec.warm_up)
            return top * (end + (1 - end) * (1 + math.cos(math.pi * down)) / 2)
        case _:
            return top


def falls(spec: TrainingSpec, step: int, steps: int) -> int:
    """How often the rate has gone down a step."""
    if spec.step_epochs:
        return step * spec.epochs // max(steps, 1) // spec.step_epochs
    return int(2 * step >= steps) + int(4 * step >= 3 * steps)


def plateau(spec: TrainingSpec, losses: list[float]) -> float:
    """What the validation losses so far have made of the rate, as a factor."""
    factor, best, waited = 1.0, math.inf, 0
    for loss in losses:
        if loss < best:
            best, waited = loss, 0
            continue
        waited += 1
        if waited >= spec.plateau_patience:
            factor, waited = factor * spec.plateau_factor, 0
    return factor
