"""What one number sees of the learner's picture, and what of it it really uses."""

import streamlit as st

from app import i18n
from app.components.reach import reach
from app.inside.choice import Chosen
from app.inside.unit_words import title
from models.network.place_values import PlaceStory
from models.network.unit_values import Source, Story


def show(chosen: Chosen, story: Story, place: PlaceStory) -> None:
    """The receptive field as a box over the picture, beside the gradient's footprint."""
    st.markdown(f"#### {i18n.text('unit.sees')}")
    name = title(chosen, Source(story.layer, story.map))
    number = name if len(story.shape) == 1 else f"{name} [{place.place[0]}, {place.place[1]}]"
    sees, uses = _sees(chosen, place, number), _uses(place)
    st.markdown(sees)
    whole = ((0, chosen.image.shape[0] - 1), (0, chosen.image.shape[1] - 1))
    reach("unit_reach", chosen.image, place.footprint, place.field or whole, sees=_bare(sees), uses=_bare(uses))
    if place.size != (1, 1):
        st.markdown(uses)
    st.caption(i18n.text("unit.uses_reading"))


def _sees(chosen: Chosen, place: PlaceStory, number: str) -> str:
    height, width = chosen.image.shape[:2]
    if place.field is None:
        return i18n.text("unit.sees_all", number=number, height=height, width=width)
    (top, bottom), (left, right) = place.field
    if place.size == (1, 1) and place.inside:
        return i18n.text("unit.sees_pixel", number=number, row=top, col=left)
    share = 100 * place.inside / (height * width)
    ends = {"top": top, "bottom": bottom, "left": left, "right": right}
    values = {"number": number} | {name: f"{end}".replace("-", "−") for name, end in ends.items()}
    said = i18n.text("unit.sees_box", **values, height=place.size[0], width=place.size[1], share=f"{share:.3g}")
    beyond = top < 0 or left < 0 or bottom >= height or right >= width
    return f"{said} {i18n.text('unit.sees_padding')}" if beyond else said


def _uses(place: PlaceStory) -> str:
    if not place.moving:
        return i18n.text("unit.uses_nothing")
    moving, core = (f"{100 * part / place.inside:.3g}" for part in (place.moving, place.core))
    return i18n.text(
        "unit.uses", inside=f"{place.inside:,}", moving=f"{place.moving:,}", share=moving, core=f"{place.core:,}", part=core
    )


def _bare(words: str) -> str:
    """Without Markdown's signs, for a text alternative."""
    return words.replace("\\", "").replace("**", "")
