"""How the picture goes into a network of unknown origin: asked for, with a guess that says why."""

from functools import partial

import streamlit as st

from app import controls, i18n
from models.hyperparameters import declared
from models.network.findings import Opening
from models.specs.preprocessing import PreprocessingSpec

WITH_MEAN = ("standard", "shifted")


def use(spec: PreprocessingSpec) -> None:
    """Set every control."""
    controls.change(PreprocessingSpec, **vars(spec))


def current() -> PreprocessingSpec:
    """What the controls say."""
    return PreprocessingSpec(**{name: controls.get(PreprocessingSpec, name) for name in declared(PreprocessingSpec)})


def ask(opening: Opening) -> None:
    """Draw the controls, what was guessed and why, and the way back to it."""
    now, colour = current(), opening.inventory.shape[2:] == (3,)
    with st.expander(i18n.text("inside.preprocessing"), expanded=True, icon=":material/tune:"):
        with st.container(key="preprocessing_fields"):
            controls.ask(PreprocessingSpec, "value_range")
            if now.value_range in WITH_MEAN:
                controls.ask(PreprocessingSpec, "mean")
            if now.value_range == "standard":
                controls.ask(PreprocessingSpec, "deviation")
            if None not in opening.inventory.shape[:2]:
                controls.ask(PreprocessingSpec, "fit")
            controls.ask(PreprocessingSpec, "ground")
            if colour:
                controls.ask(PreprocessingSpec, "channel_order")
        _guess(opening, same=current() == opening.guess)


def _guess(opening: Opening, *, same: bool) -> None:
    why = i18n.text(f"inside.guess.{opening.reason}", detail=opening.detail)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/lightbulb: {why}")
        if not same:
            st.button(
                i18n.raw("inside.back_to_guess"),
                key="back_to_guess",
                icon=":material/undo:",
                on_click=partial(use, opening.guess),
                type="tertiary",
            )
