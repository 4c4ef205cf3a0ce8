"""The recipes for full MNIST, and whether an epoch ends with its last step: `python -m tests.benchmarks.mnist`.

CPU-seconds of training include validation, not the imports, the reading of the data, or the test at the end. They count work,
not waiting, and yet a busy machine makes them up to a half more: caches are shared.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from models.specs.training import RECIPES

DATA = Path(__file__).parents[3] / "shared" / "data" / "mnist.npz"
GOALS = {"mnist_99": (0.99, 35.0), "mnist_995": (0.9945, 110.0)}
"""Recipe -> test accuracy to reach, CPU-seconds to stay below."""

SEEDS = (0, 1)

# In a process of its own, so that nothing else counts.
RUN = """
import json, sys, time
from dataclasses import replace
from models.datasets import DATASETS
from models.network.notation import parse
from models.specs.training import RECIPES
from models.training.stream import stream
recipe = RECIPES[sys.argv[1]]
training = replace(recipe.training, seed=int(sys.argv[2]))
begun = None
epochs = []
for snapshot in stream(parse(recipe.layers, recipe.input), training, DATASETS[recipe.dataset]()):
    begun = begun or (time.process_time(), time.perf_counter(), snapshot.seconds)
    if snapshot.row:
        cpu, wall = time.process_time() - begun[0], time.perf_counter() - begun[1]
        epochs.append(wall - (snapshot.seconds - begun[2]))
beside = [epochs[0], *(after - before for before, after in zip(epochs, epochs[1:]))]
print(json.dumps({"accuracy": snapshot.test["accuracy"], "cpu": cpu, "wall": wall, "beside": max(beside)}))
"""


def measured(recipe: str, seed: int, home: str) -> dict[str, float]:
    """Test accuracy, CPU-seconds, seconds, and the most seconds that an epoch took beside its steps."""
    env = {**os.environ, "KERAS_HOME": home, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "2"}
    command = [sys.executable, "-c", RUN, recipe, str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print the table."""
    if not DATA.exists():
        sys.exit(f"left out: full MNIST is no part of the product, and {DATA} is not there")
    titles = {"seed": 5, "test accuracy": 16, "goal": 8, "CPU-seconds": 14, "at most": 9, "seconds": 10, "beside steps": 15}
    print(" " * 12 + "".join(f"{title:>{width}}" for title, width in titles.items()))
    with TemporaryDirectory() as home:
        (Path(home) / "datasets").mkdir()
        (Path(home) / "datasets" / "mnist.npz").symlink_to(DATA)
        for recipe in sys.argv[1:] or [name for name in GOALS if name in RECIPES]:
            for seed in SEEDS:
                found, (accuracy, cpu) = measured(recipe, seed, home), GOALS[recipe]
                print(
                    f"{recipe:12}{seed:5}{found['accuracy']:16.4f}{accuracy:8.4f}{found['cpu']:14.1f}{cpu:9.0f}"
                    f"{found['wall']:10.1f}{found['beside']:15.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
