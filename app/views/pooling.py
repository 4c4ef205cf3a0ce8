"""`/pooling`: one number for each window, on the learner's picture or on feature maps of it."""

from functools import partial

import numpy as np
import streamlit as st

from app import controls, feature_input, i18n, image_input, problems
from app.facts import pooling as facts
from app.stage import pool_window
from app.stage import pooling as stage
from app.stage import pooling_kinds as kinds
from app.stage.pooling import PoolLook, Subject
from models.arrays import FeatureMaps, ImageArray
from models.errors import LearnerError
from models.ops.activation import relu
from models.ops.mends import pool_mends
from models.ops.pool import pool
from models.specs.operations import FilterSpec, PoolSpec
from models.specs.picture import PictureSpec

SPECS = (PictureSpec, PoolSpec, PoolLook, feature_input.SIZE, FilterSpec)


def show() -> None:
    """Draw the page."""
    image_input.choose()
    with st.container(key="bench"):
        with st.container(key="controls"):
            subject, spec = _controls()
        with st.container(key="stage"):
            pooled = _pooled(subject, spec)
            known = not controls.get(PoolLook, "predict") or pooled is None or facts.predicted(subject.values, spec)
            stage.show_microscope(subject, spec, pooled, known)
        with st.container(key="results"):
            if pooled is not None:
                _results(subject, spec, pooled, known)


def _controls() -> tuple[Subject, PoolSpec]:
    window, shown = st.container(), st.container()
    with shown:
        picture = image_input.picture()
        subject = _subject(picture)
    with window, st.expander(i18n.text("pooling.window"), expanded=True, icon=":material/tune:"):
        spec = pool_window.ask()
        controls.ask(PoolLook, "predict")
    return subject, spec


def _subject(picture: image_input.Picture) -> Subject:
    with st.expander(i18n.text("pooling.what"), expanded=True, icon=":material/layers:"):
        pooled = controls.ask(PoolLook, "pooled")["pooled"]
        image = _negative(picture) if controls.ask(PoolLook, "invert")["invert"] else picture.image
    if pooled == "picture":
        return Subject(image, pooled, picture.pixels)
    features: FeatureMaps = feature_input.layer(image)
    return Subject(relu(features) if pooled == "relu" else features, pooled, pixels=False)


def _negative(picture: image_input.Picture) -> ImageArray:
    whole = 1.0 if picture.pixels else picture.image.max() + picture.image.min()
    return np.asarray(whole - picture.image, dtype=np.float32)


def _pooled(subject: Subject, spec: PoolSpec) -> FeatureMaps | None:
    try:
        return pool(subject.values, spec)
    except LearnerError as error:
        buttons = {}
        for mend in pool_mends(*subject.values.shape[:2]):
            for field, value in mend.items():
                label = i18n.raw("mends.padding_same") if value == "same" else i18n.raw("mends.window", value=value)
                buttons[label] = partial(_mend, field, value)
        problems.show(error, buttons, key="window_problem")
        return None


def _mend(field: str, value: int | str) -> None:
    controls.change(PoolSpec, **{field: value})
    if field == "size" and controls.get(PoolLook, "follow"):
        controls.change(PoolSpec, stride=value)


def _results(subject: Subject, spec: PoolSpec, pooled: FeatureMaps, known: bool) -> None:
    stage.show_maps(subject, pooled)
    if not known:
        return
    facts.show(subject.values, spec)
    try:
        kinds.show_kinds(subject, spec)
        if subject.pixels and subject.kind == "picture":
            kinds.show_ink(subject, spec)
    except LearnerError as error:  # the windows of a global kind reach everything; a small window may still not fit
        problems.show(error, key="kinds_problem")
