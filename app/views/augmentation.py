"""`/augmentation`: how training pictures are varied, and when a variant is no longer what it was."""

from functools import partial

import streamlit as st

from app import controls, i18n, image_input, problems
from app.facts import augmentation as facts
from app.facts import judging
from app.stage import augmentation as stage
from models.errors import LearnerError
from models.hyperparameters import declared
from models.specs.augmentation import AugmentationSpec
from models.specs.picture import PictureSpec
from models.specs.recipes import AUGMENTATIONS

SPECS = (PictureSpec, AugmentationSpec, stage.AugmentationLook)

MOVES = ("rotation", "shift_rows", "shift_cols", "zoom_low", "zoom_high", "shear", "flip_horizontal", "flip_vertical", "crop")
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "place": (":material/open_with:", (*MOVES, "fill_mode")),
    "colours": (":material/palette:", ("brightness", "contrast", "saturation", "hue")),
    "damage": (":material/broken_image:", ("noise", "erasing", "erasing_size")),
    "chance": (":material/casino:", ("seed",)),
}
COLOUR_ONLY = ("saturation", "hue")


def show() -> None:
    """Draw the page; what needs a worker process comes last, so that the frame stands at once."""
    image_input.choose()
    with st.container(key="bench"):
        with st.container(key="controls"):
            subject = _controls()
        varied = st.container(key="stage")
        with st.container(key="results"):
            spec = _spec(varied)
            if spec:
                stage.prepare(subject, spec)
            judging.show(subject.kind, subject.name)
            filled = st.container()
            facts.why()
            if spec:
                facts.code(spec, subject.shape)
    if spec:
        with varied:
            stage.show(subject, spec)
        with filled:
            facts.fill_modes(subject.example, spec)


def _controls() -> stage.Subject:
    with st.expander(i18n.text("augmentation.start"), expanded=True, icon=":material/rocket_launch:"):
        with st.container(key="recipes", horizontal=True):
            for name, recipe in {**AUGMENTATIONS, "nothing": AugmentationSpec()}.items():
                st.button(i18n.raw(f"recipes.{name}"), on_click=stage.use, args=(recipe,), key=f"recipe_{name}")
        controls.ask(stage.AugmentationLook, "pictures")
    picture = image_input.picture()
    subject = stage.subject(picture)
    if subject.stretched:
        st.caption(i18n.text("augmentation.stretched"))
    for group, (icon, names) in GROUPS.items():
        with st.expander(i18n.text(f"augmentation.{group}"), expanded=group == "place", icon=icon):
            for name in names:
                controls.ask(AugmentationSpec, name, disabled=name in COLOUR_ONLY and subject.shape[2] == 1)
            if group == "colours" and subject.shape[2] == 1:
                st.caption(i18n.text("augmentation.grey"))
    return subject


def _spec(place: st.delta_generator.DeltaGenerator) -> AugmentationSpec | None:
    """What the controls say; None when it cannot be, which `place` then explains, with the mends."""
    chosen = {name: controls.get(AugmentationSpec, name) for name in declared(AugmentationSpec)}
    try:
        return AugmentationSpec(**chosen)
    except LearnerError as error:
        buttons = {
            i18n.raw("augmentation.range_mend", low=f"{low:.2f}", high=f"{high:.2f}"): partial(
                controls.change, AugmentationSpec, zoom_low=low, zoom_high=high
            )
            for low, high in facts.mends(error.values["low"], error.values["high"])
        }
        with place:
            problems.show(error, buttons, key="range_problem")
        return None
