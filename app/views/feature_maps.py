"""`/feature-maps`: one picture through all layers; what follows when it moves, and where two pictures or networks part."""

import streamlit as st

from app import controls
from app.facts import feature_maps as facts
from app.facts import feature_maps_guess
from app.inside import choice
from app.inside import feature_maps_sides as sides
from app.inside.choice import Chosen
from app.inside.feature_maps_look import FeatureMapsLook
from app.inside.overview_look import OverviewLook
from app.stage import feature_maps as stage

SPECS = (*choice.SPECS, controls.Part(OverviewLook, ("layer", "map")), FeatureMapsLook)


def show() -> None:
    """Draw the page."""
    chosen = choice.choose()
    if chosen is not None:
        _show(chosen)


def _show(chosen: Chosen) -> None:
    second = sides.choose(chosen)
    over = st.container(key="maps_over")
    stage.ask_block(chosen)
    look = sides.look()
    found = stage.asked(chosen, second, look)
    if found is None:
        return
    with over:
        asks = look.predict and second is not None and not second.move.still
        if asks and not feature_maps_guess.revealed(chosen, found):
            return
        stage.show_depth(chosen, found, second)
        if second and not second.move.still:
            facts.moves(chosen, found, second.move)
    stage.show_block(chosen, found, second, look)
