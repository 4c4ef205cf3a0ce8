"""When a run has ended: how good it is on pictures that nobody used before, and what one can take home."""

import csv
import io

import streamlit as st

from app import i18n
from models import engine
from models.training.record import EPOCHS, Record
from models.training.store import Run


def result(run: Run) -> None:
    """The test accuracy."""
    test = run.state.test
    if test:
        with st.container(key="run_test", border=True):
            st.markdown(f"### {i18n.text('training.result')}: `{100 * test['accuracy']:.2f} %`")
            st.caption(i18n.text("training.test_reading", loss=float(test["loss"])))


def files(run: Run) -> None:
    """Each file that there is."""
    record = engine.trainings().record(run.id)
    model = engine.trainings().store.file(run.id, "model.keras")
    script, notebook, data = (engine.trainings().store.file(run.id, name) for name in ("train.py", "train.ipynb", "data.npz"))
    if not model and not len(record.rows("epochs")):
        return
    st.subheader(i18n.text("training.files"), anchor=False)
    with st.container(horizontal=True, key="run_files"):
        if model:
            _download("keras", f"{run.id[:6]}.keras", model.read_bytes(), "application/octet-stream")
        if len(record.rows("epochs")):
            _download("history", f"{run.id[:6]}.csv", history(record).encode(), "text/csv")
        if script:
            _download("script", "train.py", script.read_bytes(), "text/x-python")
        if notebook:
            _download("notebook", "train.ipynb", notebook.read_bytes(), "application/x-ipynb+json")
        if data:
            _download("data", "data.npz", data.read_bytes(), "application/octet-stream")


def _download(name: str, file: str, data: bytes, kind: str) -> None:
    st.download_button(
        i18n.raw(f"training.file_{name}"), data, file, kind, icon=":material/download:", key=f"file_{name}", on_click="ignore"
    )


def history(record: Record) -> str:
    """The epochs as a table."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(EPOCHS)
    table.writerows([f"{value:.9g}" for value in row] for row in record.rows("epochs").tolist())
    return text.getvalue()
