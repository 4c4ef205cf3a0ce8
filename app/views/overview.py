"""`/overview`: any network at a glance, for the learner's picture, and down to one multiplication."""

import streamlit as st

from app.inside import choice
from app.inside.overview_look import OverviewLook
from app.stage import overview as stage

SPECS = (*choice.SPECS, OverviewLook)


def show() -> None:
    """Draw the page."""
    with st.container(key="overview_page"):
        chosen = choice.choose()
        with st.container(key="overview_map"):
            if chosen is not None:
                stage.show_map(chosen)
