"""The code of an optimizer, of a falling learning rate, of the callbacks. Tests hold it equal to what a run does."""

from collections.abc import Callable, Mapping

from models.specs.training import TrainingSpec
from models.training.rates import START

OPTIMIZERS: Mapping[str, str] = {
    "sgd": "SGD({spec.learning_rate})",
    "momentum": "SGD({spec.learning_rate}, momentum={spec.momentum})",
    "nesterov": "SGD({spec.learning_rate}, momentum={spec.momentum}, nesterov=True)",
    "rmsprop": "RMSprop({spec.learning_rate})",
    "adam": "Adam({spec.learning_rate}, beta_2={spec.beta_2})",
    "adamw": "AdamW({spec.learning_rate}, weight_decay={spec.weight_decay}, beta_2={spec.beta_2})",
}
"""Name in a `TrainingSpec` -> code in `keras.optimizers`."""


def optimizer_code(training: TrainingSpec) -> str:
    """The optimizer, in `keras.optimizers`."""
    return OPTIMIZERS[training.optimizer].format(spec=training)


STEPS = ("    return {spec.learning_rate} * {spec.step_factor} ** (int(share >= 0.5) + int(share >= 0.75))\n",)
EVERY = ("    return {spec.learning_rate} * {spec.step_factor} ** (int(share * {spec.epochs} + 1e-9) // {spec.step_epochs})\n",)
COSINE = (
    "    return {spec.learning_rate} * ({spec.final_share} + (1 - {spec.final_share}) * (1 + np.cos(np.pi * share)) / 2)\n",
)
ONE_CYCLE = (
    "    if share < {spec.warm_up}:\n",
    "        up = (1 - np.cos(np.pi * share / {spec.warm_up})) / 2\n",
    "        return {spec.learning_rate} * (1 / {start} + (1 - 1 / {start}) * up)\n",
    "    down = (1 + np.cos(np.pi * (share - {spec.warm_up}) / (1 - {spec.warm_up}))) / 2\n",
    "    return {spec.learning_rate} * ({spec.final_share} + (1 - {spec.final_share}) * down)\n",
)
RATES: Mapping[str, Callable[[TrainingSpec], tuple[str, ...]]] = {
    "step": lambda spec: EVERY if spec.step_epochs else STEPS,
    "cosine": lambda _: COSINE,
    "one_cycle": lambda _: ONE_CYCLE,
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
    body = "".join(RATES[training.schedule](training)).format(spec=training, start=START)
    return f"def learning_rate(share):\n{body}" + SCHEDULE.format(epochs=training.epochs)


CALLBACKS: tuple[tuple[Callable[[TrainingSpec], bool], str], ...] = (
    (lambda spec: spec.schedule in RATES, "Schedule()"),
    (
        lambda spec: spec.schedule == "plateau",
        "keras.callbacks.ReduceLROnPlateau(factor={spec.plateau_factor}, patience={spec.plateau_patience}, min_delta=0)",
    ),
    (lambda _: True, 'keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)'),
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
