"""A snapshot as the pages take it."""

from typing import Any

import numpy as np

from models.training.record import EPOCHS, Told
from models.training.snapshot import TrainingSnapshot


def told(snapshot: TrainingSnapshot, stage: str = "") -> Told:
    """The news of a snapshot; `stage` is what the worker now does, when that is new."""
    grown: dict[str, Any] = {"batches": snapshot.batches}
    if len(snapshot.batches):
        step = np.array([[snapshot.step]], np.float32)
        grown |= {"gradients": snapshot.gradients[None], "updates": snapshot.updates[None], "measured": step}
    if snapshot.row:
        grown["epochs"] = np.array([snapshot.row], np.float32).reshape(1, len(EPOCHS))
    now = (snapshot.step, snapshot.steps, snapshot.epoch, snapshot.epochs, snapshot.images_per_second)
    progress = np.array([*now, snapshot.seconds_left, snapshot.learning_rate, snapshot.seconds], np.float64)
    replaced = {"layers": np.array(snapshot.layers), "progress": progress}
    for name in ("scores", "kernels", "confusion"):
        array = getattr(snapshot, name)
        if array is not None:
            replaced[name] = array
    return Told(grown=grown, replaced=replaced, stage=stage)
