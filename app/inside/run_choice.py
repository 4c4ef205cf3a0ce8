"""A trained network: which run, after which epoch; the one that trains right now is followed."""

import time
from collections.abc import Mapping
from functools import lru_cache, partial

import streamlit as st

from app import i18n, session
from app.facts.training_names import title
from app.inside import network_link
from models import engine
from models.errors import LearnerError
from models.network.preprocessing import of_dataset
from models.network.source import NetworkSource, read_link, write_link
from models.training.store import ALIVE, Run

MOST_LISTED = 30
FRESH = 3.0
"""Seconds for which a list of runs is new enough."""

TICK = 1.0
"""Seconds between two looks whether an epoch has ended."""


def newest() -> str:
    """What a link says of the newest run of this browser; empty where there is none."""
    runs = engine.trainings().runs(session.owner())
    return write_link(runs[0].id, None) if runs else ""


def choose() -> tuple[NetworkSource, Run, tuple[int, ...]] | None:
    """Draw run and epoch; returns the network, its run and the epochs that there are.

    Raises:
        LearnerError: `run_unknown`, `epoch_gone`.
    """
    found = read_link(network_link.current())
    if not found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(i18n.text("inside.no_runs"))
            page = session.pages().get("training")
            if page:
                st.page_link(page, label=i18n.raw("inside.train"), icon=":material/model_training:")
        return None
    name, epoch = found
    run = engine.trainings().read(name)
    if not run:
        raise LearnerError("run_unknown", run=name)
    _runs(run)
    epochs = (0, *(number for number in engine.trainings().store.epochs(name) if number))
    if epoch is not None and epoch not in epochs:
        raise LearnerError("epoch_gone", run=name, epoch=epoch, epochs=epochs)
    shown = epochs[-1] if epoch is None else epoch
    _epoch(run, epochs, shown)
    _follow(run, epoch, shown)
    return NetworkSource("run", name, epoch=shown, preprocessing=of_dataset(str(run.dataset.get("name", "")))), run, epochs


def _runs(run: Run) -> None:
    own = _listed(session.owner(), int(time.monotonic() / FRESH))
    titles = {found.id: line(found) for found in own}
    if run.id not in titles:
        titles = {run.id: line(run), **titles}
    session.put("network_run", run.id)
    st.selectbox(
        i18n.raw("inside.run"),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key="network_run",
        label_visibility="collapsed",
        on_change=lambda: network_link.show(write_link(str(session.value("network_run")), None)),
    )


@lru_cache(maxsize=64)
def _listed(owner: str, _: int) -> list[Run]:
    """The runs of an owner; all runs are on disk, so that they are not read again for every step of a slider."""
    return engine.trainings().runs(owner)[:MOST_LISTED]


def line(run: Run) -> str:
    """A run in one line: name, data, how well it does."""
    parts = [title(run), i18n.raw(f"choices.dataset.{run.dataset.get('name', '')}")]
    accuracy = run.state.test.get("accuracy")
    if accuracy is not None:
        parts.append(f"{100 * accuracy:.1f} %")
    elif run.state.stage in ALIVE:
        parts.append(i18n.raw("inside.trains_now"))
    return " · ".join(parts).replace("\\", "")


def _epoch(run: Run, epochs: tuple[int, ...], shown: int) -> None:
    if len(epochs) < 2:
        st.caption(i18n.text("inside.no_epoch"))
        return
    key = f"network_epoch_{run.id}_{epochs[-1]}"
    session.put(key, shown)

    def move() -> None:
        chosen = int(session.value(key))
        network_link.show(write_link(run.id, None if chosen == epochs[-1] else chosen))

    named = partial(_named, run.state.stage in ALIVE, epochs[-1], _accuracies(run.id, epochs[-1]))
    help_text = i18n.text("inside.epoch_help")
    st.select_slider(i18n.raw("inside.epoch"), epochs, key=key, on_change=move, format_func=named, help=help_text)


@lru_cache(maxsize=64)
def _accuracies(run: str, _: int) -> Mapping[int, float]:
    """Epoch -> accuracy on the validation pictures; read again when there is another epoch."""
    return {int(epoch["epoch"]): epoch["val_accuracy"] for epoch in engine.trainings().record(run).epochs()}


def _named(alive: bool, last: int, accuracies: Mapping[int, float], epoch: int) -> str:
    """An epoch on the slider; of a run that is under way the last one means the newest, whichever that is."""
    if epoch == 0:
        return i18n.raw("inside.untrained")
    name = i18n.raw("inside.newest", epoch=epoch) if epoch == last and alive else str(epoch)
    return f"{name} · {100 * accuracies[epoch]:.1f} %" if epoch in accuracies else name


def _follow(run: Run, epoch: int | None, shown: int) -> None:
    """While the run is under way and nobody has fixed an epoch, the page goes on with it."""
    alive = run.state.stage in ALIVE
    if alive and epoch is None:
        st.fragment(_look, run_every=TICK)(run.id, shown)


def _look(run: str, shown: int) -> None:
    found = engine.trainings().read(run)
    epochs = engine.trainings().store.epochs(run)
    st.caption(f":material/sensors: {i18n.text('inside.follows')}")
    if not found or found.state.stage not in ALIVE or (epochs and epochs[-1] != shown):
        st.rerun(scope="app")
