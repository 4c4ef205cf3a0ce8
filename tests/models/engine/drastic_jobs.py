"""A training that is none: it counts batches, listens, and goes wrong on request. No Keras."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np

from models.engine.line import Line
from models.errors import LearnerError
from models.training.record import Told
from models.training.store import Store

STEP = 0.01


def train(line: Line, run: str, folder: str) -> None:
    """What `dataset["do"]` says, after the batches and epochs that `training` says."""
    store = Store(Path(folder))
    asked = store.read(run)
    assert asked
    line.tell(Told(stage="running"))
    paused = False
    for step in range(1, int(asked.training["steps"]) + 1):
        for command, value in line.heard():
            if command == "stop":
                store.write_state(run, stage="stopped", reason=value)
                return
            paused = command == "pause"
            line.tell(Told(stage="paused" if paused else "running"))
        while paused:
            commands = line.heard(1.0)
            line.tell(Told())
            for command, value in commands:
                if command == "stop":
                    store.write_state(run, stage="stopped", reason=value)
                    return
            paused = not any(command == "go" for command, _ in commands)
        time.sleep(STEP)
        line.tell(Told(grown={"batches": np.array([[step, 1 / step, 0.5]], np.float32)}, stage="running"))
        if step % 10 == 0:
            row = np.array([[step // 10, step, 1 / step, 0.5, 1.0, 0.5, 0.001, 0.1]], np.float32)
            store.write_weights(run, step // 10, {"kernel": np.full(3, step, np.float32)})
            store.write_state(run, stage="running", epoch=step // 10)
            line.tell(Told(grown={"epochs": row}))
        if step == asked.training.get("wrong_at"):
            go_wrong(str(asked.dataset["do"]))
    store.write_state(run, stage="finished")


def go_wrong(how: str) -> None:
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "hang":
        time.sleep(60)
    elif how == "refuse":
        raise LearnerError("training_diverged", step=7)
    elif how == "stumble":
        raise KeyError("no such thing")
    elif how == "hoard":
        kept = [np.ones(2**20, np.uint8) for _ in range(1000)]
        time.sleep(30 + len(kept))


QUESTIONS: dict[str, Any] = {"pid": os.getpid}
JOBS = {"train": train}
