"""What one moment of a training looks like, and what can be told to a training."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.training.files import Arrays

MANY = 1_000_000


@dataclass(frozen=True, eq=False)
class TrainingSnapshot:
    """One moment.

    Attributes:
        epoch: finished epochs.
        step: finished batches.
        steps: batches in all.
        epochs: epochs in all.
        batches: (batches since the last snapshot, 3): step, loss, accuracy.
        row: when an epoch has just ended, its numbers as `record.EPOCHS` names them.
        layers: names of the layers with weights.
        gradients: norm of each layer's gradient in the last batch.
        updates: how far one step moves each layer's weights, as a share of their length.
        learning_rate: of the last batch.
        images_per_second: of training, lately; 0 while nobody can tell.
        seconds: since the start, without pauses.
        seconds_left: until the last epoch, if all goes on like this; 0 while nobody can tell.
        kernels: of the first layer, (kernel_height, kernel_width, in_channels, filters); None without such a layer.
        scores: (pictures, classes), what the fixed test pictures are taken for; None the first time, which is to come soon, and
            where the last look was just before.
        weights: at the end of an epoch, every variable by its path.
        state: at the end of an epoch, what the optimizer and the draws of the augmentation need to go on.
        test: at the very end, loss and accuracy on the test part.
        test_part: at the very end, numbers of the test pictures.
        test_scores: at the very end, (test pictures, classes), what each is taken for.
        confusion: at the very end, (true class, predicted class), on the test part.
        ended: at the very end: "finished", "early", or what the control said.
    """

    epoch: int
    step: int
    steps: int
    epochs: int
    batches: NDArray[np.float32]
    layers: tuple[str, ...]
    gradients: NDArray[np.float32]
    updates: NDArray[np.float32]
    learning_rate: float
    images_per_second: float
    seconds: float
    seconds_left: float
    scores: NDArray[np.float32] | None = None
    kernels: NDArray[np.float32] | None = None
    row: tuple[float, ...] = ()
    weights: Arrays = field(default_factory=dict)
    state: Arrays = field(default_factory=dict)
    test: dict[str, float] = field(default_factory=dict)
    test_part: NDArray[np.int64] | None = None
    test_scores: NDArray[np.float32] | None = None
    confusion: NDArray[np.int64] | None = None
    ended: str = ""


class Control:
    """What a training is told. This one lets it run; a worker's listens to its line.

    Attributes:
        rate: a learning rate that takes the place of the schedule's; 0 for none.
        ending: why the training is to end, empty while it is not.
    """

    rate = 0.0
    ending = ""

    def turn(self) -> int:
        """How many batches may come next; waits while training is paused. 0 ends it (`ending` says why)."""
        return MANY


@dataclass(frozen=True, eq=False)
class Resume:
    """Where a training goes on.

    Attributes:
        epoch: after so many.
        weights: of its end.
        state: as the snapshot of its end had it.
        val_losses: of all epochs before.
        best: the weights of the epoch with the lowest of them; without them the best is sought among those to come.
        seconds: trained so far.
    """

    epoch: int
    weights: Arrays
    state: Arrays
    val_losses: tuple[float, ...]
    best: Arrays = field(default_factory=dict)
    seconds: float = 0.0
