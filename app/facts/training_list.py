"""The runs of this browser: which there are, and some of them compared."""

from functools import partial

import streamlit as st

from app import i18n, session
from app.facts import training_compared
from app.facts.training_names import data_name, title
from app.stage import ensemble
from app.training import training_runs
from models import engine
from models.training.store import ALIVE, Run

MOST_LISTED = 20
MOST_COMPARED = 6


def show(shown: Run | None) -> None:
    """The list, and the comparison of those that are ticked."""
    runs = engine.trainings().runs(session.owner())[:MOST_LISTED]
    if not runs:
        return
    st.subheader(i18n.text("training.runs"), anchor=False)
    with st.container(key="runs"):
        chosen = [run for run in runs if _row(run, is_shown=shown is not None and shown.id == run.id)]
    if len(chosen) < 2:
        if len(runs) > 1:
            st.caption(i18n.text("training.compare_hint" if chosen else "training.compare_start"))
        return
    if len(chosen) > MOST_COMPARED:
        st.caption(i18n.text("training.compare_most", count=MOST_COMPARED))
    training_compared.show(chosen[:MOST_COMPARED])
    ensemble.show(chosen[:MOST_COMPARED])


def _stage(run: Run) -> str:
    """What it does; of one that is under way no more than that, because the list does not follow it."""
    if run.state.stage in ALIVE:
        return i18n.text("training.alive")
    return i18n.text(f"training.stages.{run.state.stage}", epoch=run.state.epoch)


def _row(run: Run, *, is_shown: bool) -> bool:
    """One run; returns whether it is ticked."""
    with st.container(key=f"runrow_{run.id}", horizontal=True, vertical_alignment="center", border=is_shown):
        ticked = st.checkbox(i18n.text("training.compare"), key=f"tick_{run.id}", label_visibility="collapsed")
        st.button(title(run), on_click=training_runs.show, args=(run.id,), key=f"open_{run.id}", type="tertiary")
        accuracy = run.state.test.get("accuracy")
        parts = [i18n.plain(data_name(run)), _stage(run)]
        parts += [i18n.text("training.test_short", accuracy=f"{100 * accuracy:.2f}")] if accuracy is not None else []
        st.caption(" · ".join(parts))
        if run.state.stage not in ALIVE:
            with st.popover("", icon=":material/delete:", help=i18n.text("training.delete"), type="tertiary"):
                st.markdown(i18n.text("training.delete_sure"))
                sure = i18n.raw("training.delete")
                st.button(sure, on_click=partial(training_runs.delete, run.id), key=f"delete_{run.id}", type="primary")
    return bool(ticked)
