"""The doors to the runs: which one is shown, whose it is, and what can be told to it."""

from dataclasses import dataclass, replace
from secrets import token_hex
from typing import ClassVar

import streamlit as st

from app import controls, session
from app.network import network_input
from app.training import training_data, training_settings
from models import engine
from models.errors import LearnerError
from models.hyperparameters import Spec, words
from models.network.notation import parse, write, write_input
from models.specs.training import TrainingSpec
from models.training.plain import to_plain, training_of
from models.training.store import Run


@dataclass(frozen=True)
class RunLink(Spec):
    """Which run the page shows; empty while a new one is prepared."""

    alone: ClassVar[bool] = True

    run: str = words(default="", longest=16)


@dataclass(frozen=True)
class Lease:
    """That a browser tab of an owner is open."""

    owner: str
    session: str


def _close(lease: Lease) -> None:
    engine.trainings().leases.release(lease.owner, lease.session)


@st.cache_resource(scope="session", show_spinner=False, on_release=_close)
def _lease(owner: str) -> Lease:
    return Lease(owner, token_hex(8))


def hold() -> None:
    """Tell the engine that this tab is open; when it closes, the engine hears of it."""
    lease = _lease(session.owner())
    engine.trainings().leases.hold(lease.owner, lease.session)


def shown() -> Run | None:
    """The run that the page shows."""
    name = str(controls.get(RunLink, "run"))
    return engine.trainings().read(name) if name else None


def own(run: Run) -> bool:
    """Whether this browser may give it orders: it asked for it, or took it over."""
    training = engine.trainings().training(run.id)
    return session.owner() == (training.owner if training else run.owner)


def show(run: str) -> None:
    """Callback: show a run; none for a new one."""
    controls.change(RunLink, run=run)


def start(training: TrainingSpec) -> None:
    """Callback: train the network of this visit, and show the run; where that is refused, the page says why."""
    network = network_input.current()
    lines = (write_input(network), write(network))
    try:
        show(engine.submit(lines, to_plain(training), training_data.chosen(), owner=session.owner()))
    except LearnerError as error:
        session.visit().problems = [error]


def again(run: str) -> None:
    """Callback: the same once more, as a new run."""
    found = engine.trainings().read(run)
    if not found:
        return
    try:
        show(engine.submit((found.input, found.layers), found.training, found.dataset, owner=session.owner()))
    except LearnerError as error:
        session.visit().problems = [error]


def change_settings(run: str, rate: float = 0.0) -> None:
    """Callback: a new run, prepared with the network, data and settings of this one; with another rate, if one is given."""
    found = engine.trainings().read(run)
    show("")
    if not found:
        return
    try:
        network_input.change(parse(found.layers, found.input))
        training = training_of(found.training)
        training_settings.use(replace(training, learning_rate=rate) if rate else training)
    except LearnerError as error:
        session.visit().problems = [error]
    training_data.take(dict(found.dataset))


def command(run: str, what: str, value: float | str = "") -> None:
    """Callback: tell a run something."""
    engine.trainings().command(run, what, value)


def resume(run: str) -> None:
    """Callback: go on where a run ended."""
    try:
        show(engine.trainings().resume(run, session.owner()))
    except LearnerError as error:
        session.visit().problems = [error]


def adopt(run: str) -> None:
    """Callback: take over a run whose owner has gone."""
    if not engine.trainings().adopt(run, session.owner()):
        session.visit().problems = [LearnerError("adopt_refused")]


def delete(run: str) -> None:
    """Callback: take a run away."""
    engine.trainings().delete(run)
    if controls.get(RunLink, "run") == run:
        show("")
