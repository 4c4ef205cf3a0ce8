"""One map of one layer, down to one multiplication: how it came about, and what it sees of the picture."""

import streamlit as st

from app import controls, i18n
from app.inside import asking, unit_passage, unit_reach, unit_sum
from app.inside.choice import Chosen
from app.inside.unit_look import UnitLook
from app.inside.unit_words import short
from models.network.place_values import Pair, PlaceStory
from models.network.planes import place_in
from models.network.unit_values import Moved, Source, Story, Summed, UnitSum

SPECS = (UnitLook,)


def show(chosen: Chosen, layer: str, map: int, row: int, col: int) -> None:
    """Draw everything about the map number `map` of `layer`; a negative `row` or `col` is the middle."""
    with st.container(key="unit"):
        shown = _heading(chosen, layer, map)
        story: Story | None = asking.asked("unit_story", chosen, picture=chosen.image, layer=layer, map=map, shown=shown)
        if story is None:
            return
        point = place_in(story.shape, row, col)
        match story.made:
            case Summed():
                unit_sum.show_sum(chosen, story, story.made, point)
                _seen(chosen, story, point)
            case UnitSum():
                unit_sum.show_unit(chosen, story.made, Source(story.layer, story.map))
                _beside(chosen, story, story.made, point)
            case _:
                _passed(chosen, story, point)


def _placed(chosen: Chosen, story: Story, point: Pair) -> PlaceStory | None:
    """What is told of the place alone. It is asked for late: what stands above is there meanwhile, and stays where it is."""
    asked = {"picture": chosen.image, "layer": story.layer, "map": story.map, "row": point[0], "col": point[1]}
    place: PlaceStory | None = asking.asked("place_story", chosen, **asked)
    return place


def _seen(chosen: Chosen, story: Story, point: Pair) -> None:
    """What all maps of the place have to say to each other, and what the place sees."""
    place = _placed(chosen, story, point)
    if place:
        _together(chosen, story, place)
        unit_reach.show(chosen, story, place)


def _beside(chosen: Chosen, story: Story, made: UnitSum, point: Pair) -> None:
    """What becomes of a unit's sum, beside what the unit sees."""
    if not story.bent:
        _seen(chosen, story, point)
        return
    left, right = st.columns(2, gap="large")
    with left:
        unit_sum.show_bent(chosen, story, made)
    with right:
        place = _placed(chosen, story, point)
        if place:
            unit_reach.show(chosen, story, place)
    if place:
        with left:
            _together(chosen, story, place)


def _passed(chosen: Chosen, story: Story, point: Pair) -> None:
    """How a number came out of a layer without weighted sums, beside what it sees."""
    left, right = st.columns(2, gap="large")
    moved = isinstance(story.made, Moved)
    with left:
        place = _placed(chosen, story, point) if moved else None
        unit_passage.show(chosen, story, point, place.came_from if place else None)
    with right:
        place = place or _placed(chosen, story, point)
        if place:
            unit_reach.show(chosen, story, place)
    if place:
        with left:
            _together(chosen, story, place)


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
