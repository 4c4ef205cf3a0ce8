"""What makes the chosen filter fire: the strongest patches of a data set, and the picture made by gradient ascent."""

import numpy as np
import streamlit as st

from app import i18n
from app.components.pictures import pictures
from app.inside import asking
from app.inside.choice import Chosen
from app.inside.firing_words import dream_said, said
from app.training.training_data import class_name
from models.network.firing_values import Dream, Firing
from models.specs.ascent import AscentSpec

SHOWN = 12


def show(chosen: Chosen, layer: str, number: int, name: str) -> None:
    """Draw the section for the filter `number` of `layer`, which is called `name`."""
    st.subheader(i18n.text("learnt.fires", name=name, layer=layer), anchor=False)
    st.markdown(i18n.text("learnt.fires_lead"))
    real, made = st.columns([3, 1], gap="large")
    with real:
        found: Firing | None = asking.asked("firing", chosen, layer=layer, map=number, count=SHOWN)
        if found is not None:
            _patches(found, name)
    with made:
        st.markdown(f"**{i18n.text('learnt.ascent')}**")
        _dream(chosen, layer, number, found)


def ask_early(chosen: Chosen, layer: str, number: int) -> None:
    """Let a worker begin with what `show` will ask."""
    asking.ask_early("firing", chosen, layer=layer, map=number, count=SHOWN)


def _patches(found: Firing, name: str) -> None:
    data = i18n.raw(f"choices.dataset.{found.dataset}") if i18n.has(f"choices.dataset.{found.dataset}") else found.dataset
    st.markdown(f"**{i18n.text('learnt.patches', data=data)}**")
    if not found.dead:
        titles = [
            i18n.raw("learnt.patch", name=class_name(found.class_names[label]), value=f"{patch.value:.3g}".replace("-", "−"))
            for label, patch in zip(found.labels, found.patches, strict=True)
        ]
        boxes = [patch.box for patch in found.patches]
        label = i18n.raw("learnt.patches_label", name=name)
        pictures("kernel_patches", found.pictures, titles, label=label, columns=6, least="5.5rem", boxes=boxes)
    for sentence in said(found):
        st.markdown(sentence)


def _dream(chosen: Chosen, layer: str, number: int, found: Firing | None) -> None:
    spec = AscentSpec()
    dream: Dream | None = asking.asked("dreams", chosen, layer=layer, maps=(number,), spec=spec)
    if dream is None:
        return
    drawn = np.rint(dream.pictures[:1] * 255).astype(np.uint8)
    pictures("kernel_dream", drawn, [""], label=i18n.raw("learnt.ascent"), columns=1, alternatives=[i18n.raw("learnt.ascent")])
    for sentence in dream_said(dream, 0, spec.steps, found):
        st.caption(sentence)
