"""What is going on in a training, from its numbers: a code and the values of its sentence."""

import math
from typing import Any

from models.training.record import Record

PATIENCE = 3
LEARNT_NOTHING = 1.5
"""Times what guessing gives."""
SMALL_GAP = 0.02


def story(record: Record, classes: int, *, ended: bool = False) -> tuple[str, dict[str, Any]]:
    """The most important thing to say: `waiting`, `diverged`, `first_epoch`, `nothing_learnt`, `by_heart`, `flat`,
    `easier_check`, `near_perfect`, `one_epoch`, `wobbling`, `surer`, `learning`; of one that has `ended` also `still_better`.
    """
    batches, epochs = record.rows("batches"), record.epochs()
    if len(batches) == 0:
        return "waiting", {}
    if not math.isfinite(float(batches[-1, 1])):
        return "diverged", {"step": int(batches[-1, 0])}
    if not epochs:
        return "first_epoch", {"step": int(batches[-1, 0]), "loss": float(batches[-1, 1]), "chance": math.log(max(classes, 2))}
    last = epochs[-1]
    if max(last["accuracy"], last["val_accuracy"]) < LEARNT_NOTHING / max(classes, 2):
        return "nothing_learnt", {"accuracy": percent(last["accuracy"]), "chance": percent(1 / max(classes, 2))}
    worse = rising([epoch["val_loss"] for epoch in epochs])
    falling = epochs[-1]["loss"] < epochs[-1 - min(worse, len(epochs) - 1)]["loss"]
    if worse >= PATIENCE and falling:
        best = min(epochs, key=lambda epoch: epoch["val_loss"])
        return "by_heart", {
            "epochs": worse,
            "best": int(best["epoch"]),
            "gap": percent(last["accuracy"] - last["val_accuracy"]),
        }
    if last["val_accuracy"] > 0.99:
        return "near_perfect", {"accuracy": percent(last["val_accuracy"])}
    if since_best(epochs) >= PATIENCE:
        return "flat", {"epochs": since_best(epochs)}
    if last["val_accuracy"] > last["accuracy"] + SMALL_GAP:
        return "easier_check", {"accuracy": percent(last["accuracy"]), "validation": percent(last["val_accuracy"])}
    if len(epochs) == 1:
        return "one_epoch", {"validation": percent(last["val_accuracy"]), "chance": percent(1 / max(classes, 2))}
    if ended and since_best(epochs) == 0:
        return "still_better", {"before": round(epochs[-2]["val_loss"], 3), "after": round(last["val_loss"], 3)}
    if last["val_loss"] >= epochs[-2]["val_loss"]:
        return "wobbling", {"validation": percent(last["val_accuracy"])}
    if last["val_accuracy"] <= epochs[-2]["val_accuracy"]:
        return "surer", {"before": round(epochs[-2]["val_loss"], 3), "after": round(last["val_loss"], 3)}
    return "learning", {"before": percent(epochs[-2]["val_accuracy"]), "validation": percent(last["val_accuracy"])}


def percent(share: float) -> float:
    """A share of one as per cent with one decimal."""
    return round(100 * share, 1)


def rising(losses: list[float]) -> int:
    """For how many epochs the last losses have risen, each above the one before."""
    count = 0
    for before, after in zip(reversed(losses[:-1]), reversed(losses[1:]), strict=True):
        if not after > before:
            break
        count += 1
    return count


def since_best(epochs: list[dict[str, float]]) -> int:
    """How many epochs ago the validation loss was lowest."""
    losses = [epoch["val_loss"] for epoch in epochs]
    return len(losses) - 1 - losses.index(min(losses))
