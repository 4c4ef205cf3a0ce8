"""The code of an optimizer, of a falling learning rate, of the callbacks. Tests hold it equal to what a run does."""

from collections.abc import Callable, Mapping

from models.specs.training import TrainingSpec
from models.training.rates import END, PLATEAU_FACTOR, PLATEAU_PATIENCE, START, WARM_UP

OPTIMIZERS: Mapping[str, str] = {
    "sgd": "SGD({rate})",
    "momentum": "SGD({rate}, momentum=0.9)",
    "nesterov": "SGD({rate}, momentum=0.9, nesterov=True)",
    "rmsprop": "RMSprop({rate})",
    "adam": "Adam({rate}, beta_2={beta_2})",
    "adamw": "AdamW({rate}, beta_2={beta_2})",
}
"""Name in a `TrainingSpec` -> code in `keras.optimizers`."""


def beta_2(training: TrainingSpec) -> float:
    """How long Adam remembers squared gradients, as `models.training.steps` has it."""
    return 0.99 if training.schedule == "one_cycle" else 0.999


RATES: Mapping[str, str] = {
    "step": "    return {top} * (1.0 if share < 0.5 else 0.1 if share < 0.75 else 0.01)\n",
    "cosine": "    return {top} * (1 + np.cos(np.pi * share)) / 2\n",
    "one_cycle": (
        "    if share < {up}:\n"
        "        return {top} * (1 / {start} + (1 - 1 / {start}) * (1 - np.cos(np.pi * share / {up})) / 2)\n"
        "    down = (share - {up}) / (1 - {up})\n"
        "    return {top} * (1 / {end} + (1 - 1 / {end}) * (1 + np.cos(np.pi * down)) / 2)\n"
    ),
}
"""Schedule -> the body of `learning_rate(share)`; the others need no function."""

SCHEDULE = """

class Schedule(keras.callbacks.Callback):
    step = 0

    def on_train_batch_begin(self, batch, logs=None):
        share = self.step / ({epochs} * per_epoch)
        self.model.optimizer.learning_rate = learning_rate(share)
        self.step += 1

"""


def rate_code(training: TrainingSpec) -> str:
    """The function and the callback that set the learning rate of every batch; empty where it stays or Keras sets it."""
    if training.schedule not in RATES:
        return ""
    body = RATES[training.schedule].format(top=training.learning_rate, up=WARM_UP, start=START, end=END)
    return f"def learning_rate(share):\n{body}" + SCHEDULE.format(epochs=training.epochs)


CALLBACKS: tuple[tuple[Callable[[TrainingSpec], bool], str], ...] = (
    (lambda spec: spec.schedule in RATES, "Schedule()"),
    (
        lambda spec: spec.schedule == "plateau",
        f"keras.callbacks.ReduceLROnPlateau(factor={PLATEAU_FACTOR}, patience={PLATEAU_PATIENCE}, min_delta=0)",
    ),
    (lambda spec: spec.restore_best, 'keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)'),
    (
        lambda spec: bool(spec.patience),
        "keras.callbacks.EarlyStopping(patience={spec.patience}, restore_best_weights={spec.restore_best})",
    ),
    (
        lambda spec: spec.restore_best and not spec.patience,
        "keras.callbacks.EarlyStopping(patience={spec.epochs}, restore_best_weights=True)",
    ),
)
"""When it is wanted, and its code."""
