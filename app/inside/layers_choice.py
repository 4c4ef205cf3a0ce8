"""The network that the learner has built, untrained."""

import streamlit as st

from app import controls, i18n, session
from app.network import network_input
from models.hyperparameters import declared, defaults
from models.network.preprocessing import of_shape
from models.network.source import NetworkSource
from models.specs.training import TrainingSpec


def choose() -> NetworkSource:
    """Draw the network in one line, the seed of its weights, and the way to where it is built; returns it.

    Raises:
        LearnerError: as `Spec`, for a seed that cannot be.
    """
    refused = network_input.take_link()
    if refused:
        session.visit().problems.append(refused[1])
    spec = network_input.current()
    line = network_input.written(spec)
    st.code(f"{line.input}: {line.layers}", language=None)
    page = session.pages().get("network")
    if page:
        st.page_link(page, label=i18n.raw("inside.change"), icon=":material/edit:")
    seed = _seed()
    return NetworkSource("layers", "", 0, line.input, line.layers, seed, preprocessing=of_shape(spec.input_shape))


def _seed() -> int:
    now = controls.get(TrainingSpec, "seed")
    with st.popover(i18n.raw("inside.drawn_by", seed=now), icon=":material/casino:", type="tertiary"):
        st.markdown(i18n.text("inside.untrained_text"))
        declaration = declared(TrainingSpec)["seed"]
        seed = controls.widget(TrainingSpec.__name__, "seed", declaration, defaults(TrainingSpec)["seed"], typed=True)
    return TrainingSpec(seed=seed).seed
