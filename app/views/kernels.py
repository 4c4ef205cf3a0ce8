"""`/kernels`: what the kernels of any network have learnt."""

import streamlit as st

from app import controls, i18n
from app.inside import choice, kernels_beside, kernels_firing, kernels_riddle
from app.inside.kernels_look import KernelsLook
from app.inside.overview_look import OverviewLook
from app.stage import kernels as stage

SPECS = (*choice.SPECS, controls.Part(OverviewLook, ("layer", "map")), KernelsLook)


def show() -> None:
    """Draw the page."""
    with st.container(key="kernels_page"):
        chosen = choice.choose()
    if chosen is None:
        return
    if not stage.layers(chosen):
        st.info(i18n.text("learnt.no_kernels"), icon=":material/grid_off:")
        return
    with st.container(key="kernel_controls", horizontal=True, vertical_alignment="bottom"):
        entry = stage.choose_layer(chosen)
        controls.ask(KernelsLook, "order", "slices", "scale")
        controls.ask(KernelsLook, "predict", disabled=chosen.source.kind not in kernels_riddle.KINDS)
    film = stage.film_of(chosen, entry.name)
    if film is None:
        return
    named = stage.names(chosen, entry, film)
    if not kernels_riddle.known(chosen, entry, film, named):
        return
    kernels_firing.ask_early(chosen, entry.name, film.chosen)
    stage.show(chosen, entry, film, named)
    kernels_beside.show(chosen, film, named)
    kernels_firing.show(chosen, entry.name, film.chosen, named.chosen)
