"""A data set that is fetched over the network: how far it is, how to stop it, and what to do where that fails."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from app import controls, i18n, problems
from app.training import training_data
from app.training.training_data import DataChoice
from models import engine
from models.datasets.download import MEGABYTES
from models.engine.downloads import Download
from models.errors import LearnerError

TICK = 0.5
"""Seconds between two looks."""

Ways = dict[str, Callable[[], None]]


def is_shown(name: str) -> bool:
    """Draw the download of a set, when it is under way or has failed; returns whether it was drawn."""
    found = engine.downloads().of(name)
    if not found:
        return False
    if not found.job.ready:
        st.fragment(_progress, run_every=TICK)(name)
        return True
    try:
        found.job.value()
    except LearnerError as error:
        problems.show(
            LearnerError(error.code, **{**error.values, "dataset": i18n.raw(f"choices.dataset.{name}")}),
            ways(name),
            key="download_problem",
        )
        return True
    engine.downloads().forget(name)
    training_data.forget()
    return False


def ways(name: str) -> Ways:
    """What one can do about a set that is not there: fetch it, or take the digits."""
    size = f"{MEGABYTES[name]:.0f}"
    digits = partial(controls.change, DataChoice, dataset="digits", classes="")
    return {i18n.raw("training.download", megabytes=size): partial(_start, name), i18n.raw("training.digits"): digits}


def _start(name: str) -> None:
    engine.downloads().forget(name)
    engine.downloads().start(name)


def _progress(name: str) -> None:
    found = engine.downloads().of(name)
    if not found or found.job.ready:
        st.rerun(scope="app")
    with st.container(key="download", border=True):
        st.progress(*_said(name, found))
        st.caption(i18n.text("training.download_beside"))
        st.button(i18n.raw("training.download_stop"), icon=":material/close:", on_click=engine.downloads().stop, args=(name,))


def _said(name: str, found: Download) -> tuple[float, str]:
    data = i18n.raw(f"choices.dataset.{name}")
    if not found.total:
        return 0.0, i18n.text("training.download_begins", data=data)
    numbers = {"here": f"{found.here / 1e6:.1f}", "total": f"{found.total / 1e6:.1f}"}
    return min(found.here / found.total, 1.0), i18n.text("training.download_runs", data=data, **numbers)
