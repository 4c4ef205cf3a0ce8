"""`/overview`: any network at a glance, for the learner's picture, and down to one multiplication."""

import streamlit as st

from app.inside import choice, unit
from app.inside.overview_look import OverviewLook
from app.stage import overview as stage

SPECS = (*choice.SPECS, OverviewLook, *unit.SPECS)


def show() -> None:
    """Draw the page."""
    with st.container(key="overview_page"):
        chosen = choice.choose()
        with st.container(key="overview_map"):
            shown = stage.show_map(chosen) if chosen is not None else None
    if chosen is None or shown is None:
        return
    layer, number, row, col = stage.unit(chosen, shown)
    unit.show(chosen, chosen.inventory.layers[layer].name, number, row, col)
