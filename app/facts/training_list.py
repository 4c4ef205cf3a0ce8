"""The runs of this browser: which there are, and some of them compared."""

from functools import partial
from typing import Any

import streamlit as st

from app import i18n, session
from app.facts.training import title
from app.stage import learning
from app.training import training_runs
from app.training.training_settings import settings_of
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
    if len(chosen) == 1:
        st.caption(i18n.text("training.compare_hint"))
    if len(chosen) >= 2:
        compare(chosen[:MOST_COMPARED])


def _row(run: Run, *, is_shown: bool) -> bool:
    """One run; returns whether it is ticked."""
    with st.container(key=f"runrow_{run.id}", horizontal=True, vertical_alignment="center", border=is_shown):
        ticked = st.checkbox(i18n.text("training.compare"), key=f"tick_{run.id}", label_visibility="collapsed")
        st.button(title(run), on_click=training_runs.show, args=(run.id,), key=f"open_{run.id}", type="tertiary")
        data = i18n.raw(f"choices.dataset.{run.dataset.get('name', '')}")
        accuracy = run.state.test.get("accuracy")
        parts = [data, i18n.text(f"training.stages.{run.state.stage}", epoch=run.state.epoch)]
        parts += [i18n.text("training.test_short", accuracy=f"{100 * accuracy:.2f}")] if accuracy is not None else []
        st.caption(" · ".join(parts))
        if run.state.stage not in ALIVE:
            with st.popover("", icon=":material/delete:", help=i18n.text("training.delete"), type="tertiary"):
                st.markdown(i18n.text("training.delete_sure"))
                sure = i18n.raw("training.delete")
                st.button(sure, on_click=partial(training_runs.delete, run.id), key=f"delete_{run.id}", type="primary")
    return bool(ticked)


def compare(runs: list[Run]) -> None:
    """Curves over each other, and the settings; those that differ are bold."""
    st.subheader(i18n.text("training.compared"), anchor=False)
    learning.compare([(run, title(run), engine.trainings().record(run.id)) for run in runs])
    columns = [dict(described(run)) for run in runs]
    names = list(dict.fromkeys(name for column in columns for name in column))
    lines = ["| | " + " | ".join(cell(title(run)) for run in runs) + " |", "|---" * (len(runs) + 1) + "|"]
    for name in names:
        values = [column.get(name, "–") for column in columns]
        differs = len(set(values)) > 1
        lines.append(
            f"| {cell(name)} | " + " | ".join(f"**{cell(value)}**" if differs else cell(value) for value in values) + " |"
        )
    st.markdown("\n".join(lines))


def described(run: Run) -> list[tuple[str, str]]:
    """Everything that one chose, and what came of it."""
    test: Any = run.state.test.get("accuracy")
    data = i18n.raw(f"choices.dataset.{run.dataset.get('name', '')}")
    result = f"{100 * test:.2f} %" if test is not None else "–"
    return [
        (i18n.raw("training.result"), result),
        (i18n.raw("fields.dataset.label"), data),
        (i18n.raw("training.network"), run.layers),
        *((name, str(value)) for name, value in settings_of(run.training)),
    ]


def cell(text: str) -> str:
    """Text that breaks no table."""
    return text.replace("|", "\\|").replace("\n", " ")
