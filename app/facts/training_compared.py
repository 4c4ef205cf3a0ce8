"""Some runs side by side: their curves, what came of them, the settings in which they differ."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from app import i18n
from app.facts.training_names import best_epoch, called, data_name, parameters, span
from app.stage import learning
from app.training.training_settings import settings_of
from models import engine
from models.training.record import Record
from models.training.store import Run

Line = tuple[str, list[str]]


def show(runs: Sequence[Run]) -> None:
    """Curves over each other, then the table: what came of it, what differs in bold, what is the same folded away."""
    st.subheader(i18n.text("training.compared"), anchor=False)
    records = [engine.trainings().record(run.id) for run in runs]
    learning.compare([(called(run), record) for run, record in zip(runs, records, strict=True)])
    columns = [dict(described(run)) for run in runs]
    names = list(dict.fromkeys(name for column in columns for name in column))
    lines = [(name, [column.get(name, "–") for column in columns]) for name in names]
    different = [line for line in lines if len(set(line[1])) > 1]
    same = [line for line in lines if len(set(line[1])) == 1]
    st.html(table(runs, results(runs, records), different))
    if same:
        with st.expander(i18n.text("training.same", count=len(same))):
            st.markdown("  \n".join(f"{i18n.plain(name)}: {i18n.plain(values[0])}" for name, values in same))


def results(runs: Sequence[Run], records: Sequence[Record]) -> list[Line]:
    """What came of each run."""
    tests = [run.state.test.get("accuracy") for run in runs]
    best = [best_epoch(record) for record in records]
    return [
        (i18n.raw("training.result"), ["–" if test is None else f"{100 * test:.2f} %" for test in tests]),
        (i18n.raw("training.best_loss"), [f"{found[1]:.4f}" if found else "–" for found in best]),
        (i18n.raw("training.best_epoch"), [str(found[0]) if found else "–" for found in best]),
        (i18n.raw("training.trained"), [f"{run.state.epoch} · {span(run.state.seconds)}" for run in runs]),
        (i18n.raw("training.parameters_short"), [f"{parameters(run):,}" for run in runs]),
    ]


def described(run: Run) -> list[tuple[str, str]]:
    """Everything that one chose."""
    return [
        (i18n.raw("fields.dataset.label"), data_name(run)),
        (i18n.raw("training.network"), run.layers),
        *((name, str(value)) for name, value in settings_of(run.training)),
    ]


def table(runs: Sequence[Run], found: Iterable[Line], different: Iterable[Line]) -> str:
    """The table: one column for each run, under its colour."""
    heads = "".join(
        f'<th scope="col"><i style="background: light-dark({colour["light"]}, {colour["dark"]})"></i>{escape(called(run))}</th>'
        for run, colour in ((run, learning.colour(number)) for number, run in enumerate(runs))
    )
    body = "".join(_row(line, "td") for line in found)
    rest = "".join(_row(line, "b") for line in different)
    named = escape(i18n.raw("training.different"))
    middle = f'<tr class="between"><th scope="rowgroup" colspan="{len(runs) + 1}">{named}</th></tr>' if rest else ""
    return f'<div class="compared" tabindex="0"><table><tr><td></td>{heads}</tr>{body}{middle}{rest}</table></div>'


def _row(line: Line, kind: str) -> str:
    name, values = line
    cells = "".join(f"<td><b>{escape(value)}</b></td>" if kind == "b" else f"<td>{escape(value)}</td>" for value in values)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
