"""`/training`: train the network in the background and watch it learn."""

from functools import partial

import streamlit as st

from app import controls, i18n, problems, session
from app.components import owner
from app.facts import training as facts
from app.facts import training_after, training_list
from app.inside import way_in
from app.network import network_input
from app.stage import training as stage
from app.training import training_data, training_recipes, training_runs, training_settings
from app.training.training_data import SHAPES, DataChoice
from app.training.training_runs import RunLink
from models import engine
from models.datasets.summary import Summary
from models.errors import LearnerError
from models.specs.training import TrainingSpec
from models.training.fit import misfit
from models.training.limits import too_much
from models.training.store import ALIVE, Run

SPECS = (RunLink, network_input.NetworkLine, DataChoice, SHAPES, *training_settings.PARTS)


def show() -> None:
    """Draw the page: a run, or what one needs before it can start."""
    owner.keep()
    engine.warm_up("training")
    training_runs.hold()
    wanted, run = controls.get(RunLink, "run"), training_runs.shown()
    if wanted and not run:
        new = {i18n.raw("training.new"): partial(training_runs.show, "")}
        problems.show(LearnerError("run_unknown", run=wanted), new, key="run_unknown")
    elif run:
        _run(run)
    else:
        _prepare()
    training_list.show(run)


def _run(run: Run) -> None:
    """A run: whatever moves is on the stage, what it was asked for beside it."""
    with st.container(key="bench"):
        with st.container(key="controls"), st.container(key="training_controls"):
            facts.asked(run)
            way_in.show(run.id, key="look_inside")
            if training_runs.own(run):
                if run.state.stage in ALIVE:
                    facts.rate(run)
                facts.label(run)
        with st.container(key="stage"):
            stage.show(run)
        with st.container(key="results"):
            if run.state.stage not in ALIVE:
                training_after.files(run, engine.trainings().record(run.id))


def _prepare() -> None:
    """Data, network and settings; what does not fit is explained with its mends, else there is the button."""
    refused = network_input.take_link()
    training_recipes.choose()
    with st.container(key="bench"):
        with st.container(key="controls"), st.container(key="training_controls"):
            with st.expander(i18n.text("training.data"), expanded=True, icon=":material/photo_library:"):
                training_data.ask()
                classes = st.container()
            training = training_settings.ask()
        with st.container(key="stage"):
            if refused:
                problems.show(refused[1], key="line_problem")
            told = facts.data(*training_settings.shares())
            if told:
                _start(told, training)
        with st.container(key="results"):
            if told:
                facts.show_data(told)
    if told:
        with classes:
            training_data.ask_classes(told.all_classes)


def _start(told: Summary, training: TrainingSpec | None) -> None:
    """The network, whether it fits, and the button."""
    network = network_input.current()
    facts.network(network)
    found = misfit(network, told.image_shape, len(told.class_names))
    if found:
        facts.explain(found)
    limit = too_much(int(told.counts[0].sum()), training.epochs) if training else None
    if limit:
        problems.show(limit, key="limit_problem")
    under_way = engine.trainings().of(session.owner())
    with st.container(horizontal=True, vertical_alignment="center", key="start"):
        if under_way:
            st.button(i18n.raw("training.under_way"), on_click=training_runs.show, args=(under_way,), key="to_under_way")
            return
        st.button(
            i18n.raw("training.start"),
            icon=":material/play_arrow:",
            type="primary",
            key="train",
            disabled=bool(found or limit) or training is None,
            on_click=training_runs.start,
            args=(training,),
        )
        if training and not found:
            st.caption(f"{facts.plan(told, training)} {facts.loss(network)}")
