"""What stands below the variants: fill modes, why only the training set, and the Keras program."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app import controls, i18n, waiting
from app.components.pictures import pictures
from models.hyperparameters import Choice, declared
from models.network.augmentation_steps import left_out, program
from models.specs.augmentation import AugmentationSpec

SHOWN_MOVE = AugmentationSpec(rotation=40, shift_rows=0.25, shift_cols=0.25, seed=3)
"""What is shown of the fill modes while the learner's settings move nothing."""


def why() -> None:
    """Why only the training set is varied, and when the layers do it."""
    st.subheader(i18n.text("augmentation.why"), anchor=False)
    st.markdown(i18n.text("augmentation.only_training"))


def code(spec: AugmentationSpec, shape: tuple[int, int, int]) -> None:
    """The chosen augmentation as a program, and what of it these pictures do not have."""
    st.subheader(i18n.text("augmentation.code"), anchor=False)
    if left_out(spec, shape[2]):
        st.caption(i18n.text("augmentation.grey"))
    text = program(spec, shape)
    if not text:
        st.caption(i18n.text("augmentation.no_code"))
        return
    with st.container(key="keras_code"):
        st.code(text, language="python")
    st.caption(i18n.text("augmentation.code_reading"))
    notes = {
        "contrast": spec.contrast,
        "crop": spec.crop,
        "noise": spec.noise,
        "zoom": (spec.zoom_low, spec.zoom_high) != (1, 1),
    }
    for name, said in notes.items():
        if said:
            st.caption(i18n.text(f"augmentation.code_{name}"))


def fill_modes(picture: NDArray[np.uint8], spec: AugmentationSpec) -> None:
    """One picture, moved in the same way with each fill mode; a click chooses one."""
    st.subheader(i18n.text("augmentation.fill_modes"), anchor=False)
    move = AugmentationSpec(
        rotation=spec.rotation,
        shift_rows=spec.shift_rows,
        shift_cols=spec.shift_cols,
        zoom_low=spec.zoom_low,
        zoom_high=spec.zoom_high,
        shear=spec.shear,
        seed=spec.seed,
    )
    shows = move.rotation or move.shift_rows or move.shift_cols or move.shear or move.zoom_low < 1
    # The fill mode is not in what is asked: all four come with one answer, whichever is chosen.
    shown = waiting.asked("fill_modes", picture[np.newaxis], move if shows else SHOWN_MOVE)
    if shown is None:
        return
    modes = _modes()
    pictures(
        "fill_modes",
        shown,
        [i18n.raw(f"choices.fill_mode.{mode}") for mode in modes],
        label=i18n.raw("augmentation.fill_modes"),
        chosen=modes.index(spec.fill_mode),
        on_choose=_choose,
    )
    st.caption(i18n.text("augmentation.fill_reading" if shows else "augmentation.fill_example"))


def _modes() -> tuple[str, ...]:
    declaration = declared(AugmentationSpec)["fill_mode"]
    return declaration.options if isinstance(declaration, Choice) else ()


def _choose(number: int) -> None:
    controls.change(AugmentationSpec, fill_mode=_modes()[number])


def mends(low: float, high: float) -> tuple[tuple[float, float], ...]:
    """The ranges that one from `low` down to `high` may have been meant to be: turned round, or one end moved to the other."""
    return ((high, low), (high, high), (low, low))
