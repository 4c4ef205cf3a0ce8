"""The stage of `/training` while a run is shown: what it does, what one can tell it, how it learns."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from app import controls, i18n, problems
from app.components.maps import maps
from app.components.pictures import pictures
from app.facts import training_after
from app.facts.training_names import span
from app.stage import learning
from app.training import training_runs
from app.training.training_data import class_name
from models import engine
from models.errors import LearnerError
from models.training.record import Record
from models.training.store import ALIVE, Run
from models.training.story import story

TICK = 0.5
"""Seconds between two looks at a run that is under way."""

MOST_KERNELS = 16
PICTURES_IN_A_ROW = 8
LEAST = "4rem"


def show(run: Run) -> None:
    """Draw the stage; while somebody works on the run it follows by itself."""
    alive = run.state.stage in ALIVE
    st.fragment(_look, run_every=TICK if alive else None)(run.id, alive)


def _look(name: str, alive: bool) -> None:
    run = engine.trainings().read(name)
    if not run or controls.get(training_runs.RunLink, "run") != name or (run.state.stage in ALIVE) != alive:
        st.rerun(scope="app")
    record = engine.trainings().record(name)
    classes = record.get("classes")
    class_names = [] if classes is None else [str(name) for name in classes]
    with st.container(key="run_stage"):
        _buttons(run)
        _progress(run, record)
        _says(run, record, len(class_names))
        training_after.result(run, record)
        if len(record.rows("batches")):
            learning.show_curves(record, ended=not alive)
            _pictures(record, class_names)
            _inside(record, ended=not alive)


def _buttons(run: Run) -> None:
    """What can be told to a run in its present state."""
    if not training_runs.own(run):
        _foreign(run)
        return
    stage = run.state.stage
    with st.container(key="run_buttons", horizontal=True):
        if stage == "running":
            _button("pause", ":material/pause:", run, "pause")
        if stage == "paused":
            _button("go", ":material/play_arrow:", run, "go", kind="primary")
            _button("batch", ":material/skip_next:", run, "batch")
            _button("epoch", ":material/fast_forward:", run, "epoch")
        if stage in ALIVE:
            _button("stop", ":material/stop:", run, "stop", "asked")
        else:
            if stage != "finished" and run.state.epoch and not _diverged(run):
                words = i18n.raw("training.resume")
                st.button(words, icon=":material/play_arrow:", on_click=training_runs.resume, args=(run.id,), key="run_resume")
            again = i18n.raw("training.again")
            st.button(again, icon=":material/restart_alt:", on_click=training_runs.again, args=(run.id,), key="run_again")
            new = i18n.raw("training.change")
            st.button(new, icon=":material/tune:", on_click=training_runs.change_settings, args=(run.id,), key="run_change")


def _button(what: str, icon: str, run: Run, command: str, value: str = "", kind: str = "secondary") -> None:
    st.button(
        i18n.raw(f"training.{what}"),
        icon=icon,
        on_click=training_runs.command,
        args=(run.id, command, value),
        key=f"run_{what}",
        type="primary" if kind == "primary" else "secondary",
    )


def _foreign(run: Run) -> None:
    """Somebody else's run can be watched; one whose owner has gone can be taken over."""
    with st.container(key="run_buttons", horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/visibility: {i18n.text('training.watching')}")
        if engine.trainings().is_orphaned(run.id):
            st.button(i18n.raw("training.adopt"), on_click=training_runs.adopt, args=(run.id,), key="run_adopt")


def _progress(run: Run, record: Record) -> None:
    """How far it is, in one line and a bar."""
    now, stage = record.progress(), run.state.stage
    place = engine.trainings().position(run.id)
    if stage == "queued":
        warm = engine.engine().is_warm("training") or (place and place.ahead)
        if place and place.ahead:
            line = i18n.text("training.queued", ahead=place.ahead, seconds=span(place.seconds))
        else:
            line = i18n.text("training.next" if warm else "training.warming")
        st.progress(0.0, line)
        if place and place.ahead:
            st.caption(i18n.text("training.queued_beside"))
    elif stage == "preparing" or not now:
        st.progress(0.0, i18n.text(f"training.stages.{stage}", epoch=run.state.epoch))
    else:
        share = min(max(now["step"] / max(now["steps"], 1), 0.0), 1.0)
        line = i18n.text(f"training.stages.{stage}", epoch=run.state.epoch)
        if stage in ALIVE:
            line += " " + i18n.text(
                "training.at", epoch=min(int(now["epoch"]) + 1, int(now["epochs"])), epochs=int(now["epochs"])
            )
        if stage in ALIVE and now["images_per_second"]:
            pace = f"{now['images_per_second']:,.0f}"
            line += " " + i18n.text("training.numbers", seconds=span(now["seconds_left"]), images=pace)
        st.progress(share, line)


def _says(run: Run, record: Record, classes: int) -> None:
    """The sentence that says what is going on; what went wrong in words."""
    if run.state.error:
        rate = float(run.training.get("learning_rate", 0.001)) / 10
        smaller = {i18n.raw("training.smaller_steps", rate=f"{rate:g}"): partial(training_runs.change_settings, run.id, rate)}
        mends = smaller if _diverged(run) and training_runs.own(run) else {}
        problems.show(LearnerError(run.state.error["code"], **run.state.error["values"]), mends, key="run_problem")
        return
    code, values = story(record, classes, ended=run.state.stage not in ALIVE)
    with st.container(key="run_story"):
        if code != "waiting":
            st.markdown(f":material/school: {i18n.text(f'training.story.{code}', **values)}")
        reason = "interrupted" if run.state.stage == "interrupted" else run.state.reason
        if reason:
            st.markdown(f":material/flag: {i18n.text(f'training.reasons.{reason}', epoch=run.state.epoch)}")


def _diverged(run: Run) -> bool:
    """Whether going on would end in the same way: the same numbers come again."""
    return run.state.error is not None and run.state.error["code"] == "training_diverged"


def _pictures(record: Record, class_names: Sequence[str]) -> None:
    """A few pictures that nobody trains on, and what the network takes them for now."""
    shown, labels, scores = (record.get(name) for name in ("pictures", "labels", "scores"))
    if shown is None or labels is None or scores is None:
        return
    guesses, sure = scores.argmax(axis=1), scores.max(axis=1)
    names = [class_name(name) for name in class_names]
    titles, alternatives = [], []
    for guess, share, label in zip(guesses.tolist(), sure.tolist(), labels.tolist(), strict=True):
        mark = "✓" if guess == label else "✗"
        titles.append(f"{mark} {names[guess]} {100 * share:.0f} %")
        right = {"true": names[label], "guess": names[guess], "share": f"{100 * share:.0f}"}
        alternatives.append(i18n.raw("training.picture", **right))
    st.subheader(i18n.text("training.pictures"), anchor=False)
    label = i18n.raw("training.pictures")
    pictures("run_pictures", shown, titles, label=label, columns=PICTURES_IN_A_ROW, least=LEAST, alternatives=alternatives)
    right_now = int((guesses == labels).sum())
    st.caption(i18n.text("training.pictures_reading", right=right_now, count=len(labels)))


def _inside(record: Record, *, ended: bool) -> None:
    """The kernels of the first layer, and how strongly each layer is pulled."""
    kernels = record.get("kernels")
    if kernels is not None:
        st.subheader(i18n.text("training.kernels"), anchor=False)
        shown = kernels.mean(axis=2)[..., :MOST_KERNELS].astype(np.float32)
        titles = [i18n.raw("convolution.filter", number=number + 1) for number in range(shown.shape[2])]
        maps("run_kernels", shown, titles, label=i18n.raw("training.kernels"), tile=70, palette="weights", hint=False)
        more = kernels.shape[2] > 1
        st.caption(i18n.text("training.kernels_mean" if more else "training.kernels_reading", channels=kernels.shape[2]))
    learning.show_gradients(record, ended=ended)
