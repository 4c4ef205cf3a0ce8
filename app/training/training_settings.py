"""The settings of a training: recipes to start from, the usual ones in sight, the rest one click away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import controls, i18n, problems, session
from app.figures.schedule import schedule
from models.errors import LearnerError
from models.hyperparameters import Choice, Flag, Spec, choice, declared, defaults
from models.specs.augmentation import AugmentationSpec
from models.specs.recipes import AUGMENTATIONS
from models.specs.training import BELONGS, TrainingSpec
from models.training.plain import training_of
from models.training.rates import rate_at

USUAL = ("epochs", "batch_size", "optimizer", "learning_rate", "schedule")
NAMES = tuple(declared(TrainingSpec))
STEPS_DRAWN = 80
RARE = ("beta_2", "weight_decay")
MORE = (*RARE, *(name for name in NAMES if name not in USUAL and name not in BELONGS))


@dataclass(frozen=True)
class Augmenting(Spec):
    """How the training pictures are varied: not, by a recipe, or as the page for augmentation is set."""

    augment: str = choice("none", "none", *AUGMENTATIONS, "own")


PARTS = (controls.Part(TrainingSpec, NAMES), Augmenting)


def ask() -> TrainingSpec | None:
    """Draw the controls; returns what they say, or None when it cannot be, which is then explained."""
    with st.expander(i18n.text("training.settings"), expanded=True, icon=":material/tune:"):
        controls.ask(TrainingSpec, "epochs", "batch_size", "optimizer")
        _ask_belonging("optimizer")
        _ask_rate()
        controls.ask(TrainingSpec, "schedule")
        _ask_belonging("schedule")
        _draw_schedule()
        controls.ask(Augmenting)
    with st.expander(i18n.text("training.more"), icon=":material/settings:"):
        controls.ask(TrainingSpec, *(name for name in MORE if _means(name)))
    return spec()


def _ask_belonging(name: str) -> None:
    """The settings that mean something with what the choice `name` is set to."""
    wanted = [field for field, (other, _) in BELONGS.items() if other == name and field not in RARE and _means(field)]
    if wanted:
        controls.ask(TrainingSpec, *wanted)


def _draw_schedule() -> None:
    """The learning rate over the whole training, where that is known beforehand."""
    names = (name for name, (other, _) in BELONGS.items() if other == "schedule")
    now = {name: controls.get(TrainingSpec, name) for name in ("epochs", "learning_rate", "schedule", *names)}
    spec = TrainingSpec(**now)
    if spec.schedule in ("constant", "plateau"):
        return
    rates = [rate_at(spec, step, STEPS_DRAWN) for step in range(STEPS_DRAWN + 1)]
    numbers = {"first": f"{rates[0]:.3g}", "top": f"{max(rates):.3g}", "last": f"{rates[-1]:.3g}"}
    st.html(schedule(rates, i18n.raw("training.schedule_drawn", **numbers)))
    st.caption(i18n.text("training.schedule_drawn", **numbers))


def _means(name: str) -> bool:
    """Whether a setting does anything with what the others are set to."""
    other, values = BELONGS.get(name, ("", ()))
    return not other or controls.get(TrainingSpec, other) in values


def _ask_rate() -> None:
    """The learning rate, whose notches are a power of ten and its double and its half."""
    scope, name = TrainingSpec.__name__, "learning_rate"
    session.keep(scope, name, controls.get(TrainingSpec, name))
    rate_slider(name, i18n.text("fields.learning_rate.label"), i18n.text("fields.learning_rate.help"))
    session.remember(scope, name)


def rate_slider(key: str, label: str, help: str, on_change: Callable[[], None] | None = None) -> None:
    """A slider of learning rates under the key `key`."""
    options = rates(session.value(key))
    st.select_slider(label, options, key=key, format_func=lambda rate: f"{rate:g}", help=help, on_change=on_change)


def rates(now: float) -> list[float]:
    """The notches of a learning rate's slider; what it is now is one of them, wherever it came from."""
    return sorted({float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5)} | {10.0, float(now)})


def spec() -> TrainingSpec | None:
    """What the controls say."""
    values = {name: controls.get(TrainingSpec, name) for name in NAMES}
    try:
        return TrainingSpec(**values, augmentation=augmentation())
    except LearnerError as error:
        problems.show(error, key="settings_problem")
        return None


def augmentation() -> AugmentationSpec:
    """How the training pictures are varied."""
    name = controls.get(Augmenting, "augment")
    if name in AUGMENTATIONS:
        return AUGMENTATIONS[name]
    if name == "none":
        return AugmentationSpec()
    return AugmentationSpec(**{field: controls.get(AugmentationSpec, field) for field in declared(AugmentationSpec)})


def use(training: TrainingSpec) -> None:
    """Callback: set every control to `training`."""
    controls.change(TrainingSpec, **{name: getattr(training, name) for name in NAMES})
    known = {recipe: name for name, recipe in AUGMENTATIONS.items()}
    name = "none" if training.augmentation.changes_nothing else known.get(training.augmentation, "own")
    if name == "own":
        # Only kept: on this page other widgets have the names of some of these fields.
        kept = {(AugmentationSpec.__name__, field): value for field, value in vars(training.augmentation).items()}
        session.visit().settings.update(kept)
    controls.change(Augmenting, augment=name)


def settings_of(training: Mapping[str, Any], *, short: bool = False) -> list[tuple[str, str]]:
    """The settings of a run in the learner's words, those that mean something; in `short` the usual and the unusual ones."""
    spec = training_of(training)
    named = declared(TrainingSpec).items()
    default = defaults(TrainingSpec)
    wanted = {name for name, _ in named if spec.means(name)}
    wanted -= {name for name in wanted if short and name not in USUAL and getattr(spec, name) == default[name]}
    found = [(label(name), shown(name, kind, getattr(spec, name))) for name, kind in named if name in wanted]
    varied = spec.augmentation
    names = {recipe: name for name, recipe in AUGMENTATIONS.items()}
    name = "none" if varied.changes_nothing else names.get(varied, "own")
    return [*found, (label("augment"), i18n.raw(f"choices.augment.{name}"))]


def label(name: str) -> str:
    """What a setting is called."""
    own = f"fields.TrainingSpec_{name}"
    return i18n.raw(f"{own if i18n.has(own) else f'fields.{name}'}.label")


def shown(name: str, hyperparameter: Any, value: Any) -> str:
    """The value of a setting for people."""
    if isinstance(hyperparameter, Choice):
        return i18n.raw(f"choices.{name}.{value}")
    if isinstance(hyperparameter, Flag):
        return i18n.raw("training.yes" if value else "training.no")
    return f"{value:g}" if isinstance(value, float) else str(value)


def shares() -> tuple[tuple[float, float], int]:
    """The shares of validation and test, and the seed that draws the parts."""
    validation, test, seed = (controls.get(TrainingSpec, name) for name in ("validation_share", "test_share", "split_seed"))
    return (validation, test), seed
