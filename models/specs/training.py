"""How a network is trained, and recipes to start from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.hyperparameters import Spec, choice, flag, integer, number
from models.specs.augmentation import AugmentationSpec


@dataclass(frozen=True)
class TrainingSpec(Spec):
    """How a network is trained. The loss follows from the network's last layer.

    Attributes:
        epochs: how often every training picture is seen.
        batch_size: how many pictures are looked at before each step.
        optimizer: how a gradient becomes a step.
        learning_rate: how far a step goes; with the one-cycle schedule the largest.
        momentum: the share of the last step that the next one keeps.
        beta_2: the share of its mean of squared gradients that Adam keeps at each step.
        weight_decay: the share of every weight that AdamW takes away at each step, times the learning rate.
        schedule: how the learning rate changes: not; down in steps; along half a cosine; up and down again in one cycle; down
            where the validation loss stands still.
        step_epochs: epochs between two steps down; 0: after half and after three quarters of all.
        step_factor: what a step down multiplies the rate with.
        warm_up: the share of one cycle in which the rate goes up, from a 25th of the top.
        final_share: where a cosine or a cycle ends, as a share of the top.
        plateau_patience: epochs without a better validation loss after which the rate falls.
        plateau_factor: what the rate is then multiplied with.
        patience: epochs without a better validation loss after which training ends early; 0 never.
        restore_best: the weights of the epoch with the best validation loss are the result, not the last ones.
        label_smoothing: the share of certainty that is taken from the right class and shared out.
        class_weights: rare classes count more, each class as much as every other.
        validation_share: of the pictures, for judging while training.
        test_share: of the pictures, kept to the very end; means nothing where a set has its own test part.
        split_seed: draws which pictures train, judge and test.
        seed: draws weights, order and dropout.
        augmentation: how training pictures are varied.
    """

    epochs: int = integer(default=5, low=1, high=200)
    batch_size: int = integer(default=32, low=1, high=1024)
    optimizer: str = choice("adam", "sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")
    learning_rate: float = number(default=0.001, low=0.000001, high=10.0, step=0.000001)
    momentum: float = number(default=0.9, low=0.0, high=0.99, step=0.01)
    beta_2: float = number(default=0.999, low=0.9, high=0.999, step=0.001)
    weight_decay: float = number(default=0.004, low=0.0, high=0.1, step=0.001)
    schedule: str = choice("constant", "constant", "step", "cosine", "one_cycle", "plateau")
    step_epochs: int = integer(default=0, low=0, high=100)
    step_factor: float = number(default=0.1, low=0.05, high=0.95, step=0.05)
    warm_up: float = number(default=0.3, low=0.05, high=0.95, step=0.05)
    final_share: float = number(default=0.0, low=0.0, high=0.5, step=0.001)
    plateau_patience: int = integer(default=2, low=1, high=20)
    plateau_factor: float = number(default=0.5, low=0.05, high=0.95, step=0.05)
    patience: int = integer(default=0, low=0, high=50)
    restore_best: bool = flag(default=False)
    label_smoothing: float = number(default=0.0, low=0.0, high=0.5, step=0.01)
    class_weights: bool = flag(default=False)
    validation_share: float = number(default=0.15, low=0.05, high=0.5, step=0.01)
    test_share: float = number(default=0.15, low=0.05, high=0.5, step=0.01)
    split_seed: int = integer(default=0, low=0, high=9999)
    seed: int = integer(default=0, low=0, high=9999)
    augmentation: AugmentationSpec = field(default_factory=AugmentationSpec)

    def means(self, name: str) -> bool:
        """Whether the field `name` does anything with what the others say."""
        other, values = BELONGS.get(name, ("", ()))
        return not other or getattr(self, other) in values


BELONGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "momentum": ("optimizer", ("momentum", "nesterov")),
    "beta_2": ("optimizer", ("adam", "adamw")),
    "weight_decay": ("optimizer", ("adamw",)),
    "step_epochs": ("schedule", ("step",)),
    "step_factor": ("schedule", ("step",)),
    "warm_up": ("schedule", ("one_cycle",)),
    "final_share": ("schedule", ("cosine", "one_cycle")),
    "plateau_patience": ("schedule", ("plateau",)),
    "plateau_factor": ("schedule", ("plateau",)),
}
"""Field -> the field that it belongs to, and with which of its values it does something."""


@dataclass(frozen=True)
class Recipe:
    """A network in notation, the data that suits it, and how it is trained."""

    input: str
    layers: str
    dataset: str
    training: TrainingSpec
    settings: Mapping[str, Any] = field(default_factory=dict)


NORMALISED = (
    "conv {0} k5 s2 no_bias | batch_norm momentum=0.9 | activation relu | conv {1} k3 no_bias | batch_norm momentum=0.9 "
    "| activation relu | conv {2} k3 s2 no_bias | batch_norm momentum=0.9 | activation relu | flatten | dense 10 softmax"
)
ONE_PIXEL = AugmentationSpec(shift_rows=0.05, shift_cols=0.05, fill_mode="constant")
"""And a little more, of 28, either way."""

DIGIT = AugmentationSpec(rotation=10, shift_rows=0.08, shift_cols=0.08, zoom_low=0.9, zoom_high=1.1, fill_mode="constant")

ONE_CYCLE: dict[str, Any] = {"schedule": "one_cycle", "final_share": 0.001, "beta_2": 0.99}
"""A short cycle needs a shorter memory of squared gradients: 99 % on MNIST after 1.5 epochs."""

RECIPES: dict[str, Recipe] = {
    "first_steps": Recipe(
        "28x28x1",
        "conv 8 k3 relu | pool 2 | conv 16 k3 relu | pool 2 | flatten | dense 10 softmax",
        "digits",
        TrainingSpec(epochs=4, learning_rate=0.003),
    ),
    "shapes": Recipe(
        "32x32x3",
        "conv 16 k3 same relu | pool 2 | conv 32 k3 same relu | pool 2 | conv 32 k3 same relu | pool 2 | flatten "
        "| dense 5 softmax",
        "shapes",
        TrainingSpec(epochs=10, learning_rate=0.002),
        {"per_class": 400},
    ),
    "best": Recipe(
        "28x28x1",
        NORMALISED.format(16, 32, 64),
        "digits",
        TrainingSpec(epochs=12, learning_rate=0.01, batch_size=64, augmentation=DIGIT, **ONE_CYCLE),
    ),
    "mnist_99": Recipe(
        "28x28x1",
        NORMALISED.format(16, 32, 64),
        "mnist",
        TrainingSpec(epochs=2, learning_rate=0.01, batch_size=64, validation_share=0.05, **ONE_CYCLE),
    ),
    "mnist_995": Recipe(
        "28x28x1",
        NORMALISED.format(24, 48, 96),
        "mnist",
        TrainingSpec(
            epochs=6,
            learning_rate=0.01,
            batch_size=64,
            label_smoothing=0.1,
            validation_share=0.05,
            augmentation=ONE_PIXEL,
            **ONE_CYCLE,
        ),
    ),
    "textbook": Recipe(
        "28x28x1",
        "conv 32 k3 same relu | pool 2 | conv 64 k3 same relu | pool 2 | flatten | dense 100 relu | dropout 0.4 "
        "| dense 10 softmax",
        "fashion_mnist",
        TrainingSpec(epochs=20, patience=2, restore_best=True, validation_share=0.2),
    ),
}
"""Name -> where to start; the words tell what each is for."""
