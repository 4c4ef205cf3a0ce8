"""When a run has ended: how good it is on pictures that nobody used before, and what one can take home."""

import csv
import io
from collections.abc import Callable

import streamlit as st

from app import i18n
from app.facts.training_names import best_epoch
from models import engine
from models.datasets.official import CLASS_NAMES
from models.training.plain import training_of
from models.training.record import EPOCHS, Record
from models.training.store import ALIVE, Run

FILES = {
    "script": ("train.py", "text/x-python"),
    "notebook": ("train.ipynb", "application/x-ipynb+json"),
    "data": ("data.npz", "application/octet-stream"),
}
"""What a worker process writes when it is asked for: name -> file and its kind."""


def result(run: Run, record: Record) -> None:
    """The test accuracy, and the best epoch."""
    best = best_epoch(record)
    if run.state.stage in ALIVE or not (run.state.test or best):
        return
    with st.container(key="run_test", border=True):
        if run.state.test:
            st.markdown(f"### {i18n.text('training.result')}: `{100 * run.state.test['accuracy']:.2f} %`")
            st.caption(i18n.text("training.test_reading", loss=float(run.state.test["loss"])))
        if best:
            code = "last" if best[0] == run.state.epoch else "restored" if run.state.test and restores(run) else "other"
            st.caption(i18n.text(f"training.best.{code}", epoch=best[0], loss=best[1]))


def restores(run: Run) -> bool:
    """Whether the result of a run is its best epoch."""
    return training_of(run.training).restore_best


def files(run: Run, record: Record) -> None:
    """Each file that there is; most are made when they are asked for."""
    if not len(record.rows("epochs")):
        return
    st.subheader(i18n.text("training.files"), anchor=False)
    with st.container(horizontal=True, key="run_files"):
        model = engine.trainings().store.file(run.id, "model.keras")
        if model:
            _download(i18n.raw("training.file_keras"), f"{run.id[:6]}.keras", model.read_bytes)
        best = best_epoch(record)
        if best and not (model and (best[0] == run.state.epoch or restores(run))):
            words = i18n.raw("training.file_best", epoch=best[0])
            _download(words, f"{run.id[:6]}_epoch_{best[0]}.keras", lambda: _epoch(run.id, best[0]))
        _download(i18n.raw("training.file_history"), f"{run.id[:6]}.csv", history(record).encode, "text/csv")
        notes = i18n.section("program")
        for name, (file, kind) in FILES.items():
            if name != "data" or run.dataset.get("name") not in CLASS_NAMES:
                _download(i18n.raw(f"training.file_{name}"), file, _asked(run.id, file, notes), kind)
    st.caption(i18n.text("training.files_reading"))


def _epoch(run: str, epoch: int) -> bytes:
    return bytes(engine.ask("epoch_file", run=run, epoch=epoch))


def _asked(run: str, file: str, notes: dict[str, str]) -> Callable[[], bytes]:
    return lambda: bytes(engine.ask("program_file", run=run, name=file, notes=notes))


def _download(words: str, file: str, data: Callable[[], bytes], kind: str = "application/octet-stream") -> None:
    key = f"file_{file.rpartition('.')[0]}_{file.rpartition('.')[2]}"
    st.download_button(words, data, file, kind, icon=":material/download:", key=key, on_click="ignore")


def history(record: Record) -> str:
    """The epochs as a table."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(EPOCHS)
    table.writerows([f"{value:.9g}" for value in row] for row in record.rows("epochs").tolist())
    return text.getvalue()
