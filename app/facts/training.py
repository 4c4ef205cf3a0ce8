"""The words beside a training: its data, its network, what it was asked for."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from app import i18n, problems, session, waiting
from app.components.answers import nothing
from app.components.pictures import pictures
from app.facts.network_rows import labelled
from app.facts.training_names import data_name, title
from app.network import network_input
from app.stage import download
from app.training import training_data, training_runs
from app.training.training_data import class_name
from app.training.training_settings import rate_slider, settings_of
from models import engine
from models.datasets.summary import PARTS, PER_CLASS, Summary
from models.engine.answer import Answer
from models.errors import LearnerError
from models.network.code.task import last_activation
from models.network.notation import write, write_input
from models.network.shapes import walk, walk_until_failure
from models.specs.network import NetworkSpec
from models.specs.training import TrainingSpec
from models.training.fit import Misfit
from models.training.store import LONGEST_NAME, LONGEST_NOTES, Run


def data(shares: tuple[float, float], seed: int) -> Summary | None:
    """What can be told about the chosen data; None where it cannot be had, which the page has then explained."""
    name = training_data.chosen()["name"]
    try:
        if download.is_shown(name):
            return None
        told = training_data.told(shares, seed)
        return waiting.waited(told) if isinstance(told, Answer) else told
    except LearnerError as error:
        training_data.forget()
        mends = {i18n.raw("waiting.try_again"): nothing}
        if error.code == "dataset_missing":
            mends = download.ways(name)
        if error.code in ("unknown_class", "class_twice", "too_few_classes"):
            mends = {i18n.raw("training.all_classes"): training_data.all_classes}
        named = {"dataset": i18n.raw(f"choices.dataset.{name}")} if "dataset" in error.values else {}
        problems.show(LearnerError(error.code, **{**error.values, **named}), mends, key="data_problem")
        return None


def show_data(told: Summary) -> None:
    """A few pictures of each class, and how they are shared out."""
    names = [class_name(name) for name in told.class_names]
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(i18n.text("training.samples"), anchor=False)
        _samples(told, names)
    with right:
        st.subheader(i18n.text("training.split"), anchor=False)
        st.html(bars(told, names))
        total = told.counts.sum(axis=1)
        st.caption(
            i18n.text("training.split_reading", **{part: f"{n:,}" for part, n in zip(PARTS, total.tolist(), strict=True)})
        )
    said = f"{i18n.raw('training.source')}: {told.source}. {told.licence}."
    st.html(f'<p class="source">{escape(said)}</p>')


def _samples(told: Summary, names: list[str]) -> None:
    """One picture of each class in the first row, further ones below, so that classes stand in columns."""
    classes = len(names)
    shown = np.concatenate([told.samples[:, row] for row in range(PER_CLASS)])
    titles = [*names, *[""] * (classes * (PER_CLASS - 1))]
    label = i18n.raw("training.samples")
    pictures("samples", shown, titles, label=label, columns=classes, alternatives=names * PER_CLASS)


def bars(told: Summary, names: list[str]) -> str:
    """Each class as one bar in three parts; the longest fills the width."""
    most = max(int(told.counts.sum(axis=0).max()), 1)
    rows = []
    for number, name in enumerate(names):
        counts = told.counts[:, number].tolist()
        parts = "".join(
            f'<span class="{part}" style="width:{100 * count / most:.2f}%"></span>'
            for part, count in zip(PARTS, counts, strict=True)
        )
        rows.append(f"<dt>{escape(name)}</dt><dd><span class='bar'>{parts}</span><span>{sum(counts):,}</span></dd>")
    keys = "".join(f'<span><i class="{part}"></i>{escape(i18n.raw(f"training.{part}"))}</span>' for part in PARTS)
    return f'<div class="split"><div class="keys">{keys}</div><dl>{"".join(rows)}</dl></div>'


def network(spec: NetworkSpec) -> None:
    """The network in one line, its size, and the way to the page where it is built."""
    rows, _ = walk_until_failure(spec)
    total = sum(row.parameters for row in rows)
    with st.container(key="network_line", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{i18n.text('training.network')}** · {i18n.text('training.parameters', count=f'{total:,}')}")
            page = session.pages().get("network")
            if page:
                st.page_link(page, label=i18n.raw("training.change_network"), icon=":material/edit:")
        st.code(f"{write_input(spec)}: {write(spec)}", language=None, wrap_lines=True)


def explain(found: Misfit) -> None:
    """Why the network cannot learn this data; each mend is a button."""
    buttons = {
        i18n.raw(f"mends.{mend.code}.label", **labelled(mend.values)): partial(network_input.change, mend.spec)
        for mend in found.mends
    }
    shown = LearnerError(found.error.code, **labelled(found.error.values))
    problems.show(shown, buttons, key="fit_problem")


def plan(told: Summary, training: TrainingSpec) -> str:
    """How much work it will be."""
    pictures_of = int(told.counts[0].sum())
    batches = -(-pictures_of // training.batch_size)
    return i18n.text(
        "training.plan", pictures=f"{pictures_of:,}", batches=f"{batches:,}", epochs=training.epochs, size=training.batch_size
    )


def loss(spec: NetworkSpec) -> str:
    """Which loss follows from the last layer, and what it compares."""
    rows = walk(spec)
    kind = "binary" if rows[-1].output_shape[-1] == 1 else "categorical"
    logits = last_activation(rows) == "none"
    return i18n.text(f"training.loss.{kind}_logits" if logits else f"training.loss.{kind}")


def asked(run: Run) -> None:
    """What the run was asked for."""
    with st.container(key="run_asked", border=True):
        st.markdown(f"**{title(run)}**")
        st.caption(i18n.text("training.of_data", data=data_name(run)))
        st.code(f"{run.input}: {run.layers}", language=None, wrap_lines=True)
        lines = [f"{label}: **{i18n.plain(value)}**" for label, value in settings_of(run.training, short=True)]
        st.markdown("  \n".join(lines))
        st.caption(i18n.text("training.rest"))


def rate(run: Run) -> None:
    """The learning rate, changed while it trains."""
    now = float(engine.trainings().record(run.id).progress().get("learning_rate") or run.training.get("learning_rate", 0.001))
    key = f"rate_{run.id}"
    session.keep("rate", key, run.training.get("learning_rate", now))
    rate_slider(
        key,
        i18n.text("training.rate"),
        i18n.text("training.rate_help"),
        on_change=lambda: training_runs.command(run.id, "rate", session.remember("rate", key)),
    )


def label(run: Run) -> None:
    """Name and notes."""
    with st.expander(i18n.text("training.label"), icon=":material/edit_note:"):
        name, notes = f"name_{run.id}", f"notes_{run.id}"
        session.keep("label", name, run.name)
        session.keep("label", notes, run.notes)

        def write_label() -> None:
            engine.trainings().store.label(run.id, session.remember("label", name), session.remember("label", notes))

        st.text_input(i18n.text("training.name"), key=name, max_chars=LONGEST_NAME, on_change=write_label)
        st.text_area(i18n.text("training.notes"), key=notes, max_chars=LONGEST_NOTES, on_change=write_label)
