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
        heading, body, sight = st.container(), st.container(), st.container()
        with heading:
            shown = _heading(chosen, layer, map)
        story: Story | None = asking.asked("unit_story", chosen, **asked, shown=shown)
        place: PlaceStory | None = asking.asked("place_story", chosen, **asked, row=row, col=col) if story else None
        if story is None or place is None:
            return
        with body:
            _made(chosen, story, place)
        with sight:
            unit_reach.show(chosen, story, place)


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


def _made(chosen: Chosen, story: Story, place: PlaceStory) -> None:
    match story.made:
        case Summed():
            unit_sum.show_sum(chosen, story, story.made, place)
        case UnitSum():
            unit_sum.show_unit(chosen, story, story.made)
        case _:
            unit_passage.show(chosen, story, place)
    if place.softmax:
        unit_sum.show_softmax(chosen, story, place.softmax)
    elif story.bent and story.bent.across:
        st.markdown(i18n.text("unit.across", function=story.bent.function))
