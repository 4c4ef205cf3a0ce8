"""One map of one layer, down to one multiplication: how it came about, and what it sees of the picture."""

import streamlit as st

from app import controls, i18n
from app.inside import asking, unit_passage, unit_reach, unit_sum
from app.inside.choice import Chosen
from app.inside.unit_look import UnitLook
from app.inside.unit_words import short
from models.network.unit_values import PlaceStory, Source, Story, Summed, UnitSum

SPECS = (UnitLook,)


def show(chosen: Chosen, layer: str, map: int, row: int, col: int) -> None:
    """Draw everything about the map number `map` of `layer`; a negative `row` or `col` is the middle."""
    asked = {"picture": chosen.image, "layer": layer, "map": map}
    with st.container(key="unit"):
        shown = _heading(chosen, layer, map)
        story: Story | None = asking.asked("unit_story", chosen, **asked, shown=shown)
        place: PlaceStory | None = asking.asked("place_story", chosen, **asked, row=row, col=col) if story else None
        if story is None or place is None:
            return
        if isinstance(story.made, Summed):
            unit_sum.show_sum(chosen, story, story.made, place)
            _together(chosen, story, place)
            unit_reach.show(chosen, story, place)
        else:
            _other(chosen, story, place)


def _other(chosen: Chosen, story: Story, place: PlaceStory) -> None:
    """How the number came about on the left, what it sees on the right."""
    if isinstance(story.made, UnitSum):
        unit_sum.show_unit(chosen, story.made, Source(story.layer, story.map))
    left, right = st.columns(2, gap="large")
    with left:
        if isinstance(story.made, UnitSum):
            unit_sum.show_bent(chosen, story, story.made)
        else:
            unit_passage.show(chosen, story, place)
        _together(chosen, story, place)
    with right if story.bent or not isinstance(story.made, UnitSum) else left:
        unit_reach.show(chosen, story, place)


def _together(chosen: Chosen, story: Story, place: PlaceStory) -> None:
    """An activation function that looks at all maps, or units, of the place."""
    if place.softmax:
        unit_sum.show_softmax(chosen, story, place.softmax)
    elif story.bent and story.bent.across:
        st.markdown(i18n.text("unit.across", function=story.bent.function))


def _heading(chosen: Chosen, layer: str, map: int) -> int:
    """Draw what this is about; returns how many input maps are to stand apart."""
    entry = next((entry for entry in chosen.inventory.layers if entry.name == layer), None)
    last = ((entry.shape[-1] or map + 1) - 1) if entry else map
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = short(chosen, Source(layer, min(map, last)))
        st.subheader(i18n.text("unit.heading", name=name, layer=layer), anchor=False)
        if entry and entry.weighted:
            with st.container(key="unit_shown", width=260):
                return int(controls.ask(UnitLook, "shown")["shown"])
    return int(controls.get(UnitLook, "shown"))
