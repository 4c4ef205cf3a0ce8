"""How a map came out of a layer without weighted sums: pooling, normalisation, activation, merging, moving, passing on."""

from dataclasses import replace
from typing import Any

import streamlit as st

from app import i18n
from app.components.passage import Shown, passage
from app.components.terms import Sums, product_terms
from app.inside.choice import Chosen
from app.inside.unit_words import function, go, is_picture, pin, short, title
from models.arrays import Array
from models.network.place_values import CameFrom, Pair
from models.network.unit_values import Function, Merged, Moved, Normalised, Other, Passed, Pooled, Scaled, Source, Story


def show(chosen: Chosen, story: Story, point: Pair, found: tuple[CameFrom, ...] | None) -> None:
    """Draw the maps before and after, the place in them, and its lines; `found` is where the place's number is from."""
    about, shown = _told(story)
    st.markdown(i18n.text(f"unit.about.{about}", layer=story.kind))
    own = Source(story.layer, story.map)
    shown = replace(shown, titles=[title(chosen, source) for source in shown.sources], title=title(chosen, own))
    if isinstance(story.made, Moved):
        origins = [(at[0], at[1]) for at in _places(story.made, found or ())]
        shown = replace(shown, origins=origins)
    picture = bool(shown.sources) and is_picture(shown.sources[0], shown.inputs[0])
    kept = picture and isinstance(story.made, Passed | Moved | Pooled)
    passage("unit_passage", shown, point, pixels=(picture, kept), on_place=pin, on_source=go)
    if isinstance(story.made, Moved) and found is not None:
        _came_from(chosen, story.made, found, float(story.made.moved[point]))


def _told(story: Story) -> tuple[str, Shown]:
    """The name of the sentence about the layer, and what is shown; titles come later."""
    made = story.made
    match made:
        case Pooled():
            about = f"global_{made.kind}" if made.whole else made.kind
            return about, _shown(made.kind, made.source, made.values, made.pooled, walk=made.walk)
        case Normalised():
            about = "normalised_learnt" if made.learnt else "normalised_here"
            numbers = {"epsilon": made.epsilon, "gamma": made.gamma, "beta": made.beta}
            planes = {"mean": made.mean, "variance": made.variance}
            return about, _shown("normalised", made.source, made.values, made.normalised, numbers=numbers, planes=planes)
        case Scaled():
            numbers = {"scale": made.scale, "offset": made.offset}
            return "scaled", _shown("scaled", made.source, made.values, made.scaled, numbers=numbers)
        case Merged():
            kind = "average_of" if made.kind == "average" else made.kind
            inputs = [made.values[..., place] for place in range(made.values.shape[-1])]
            return f"merged_{made.kind}", Shown(kind, inputs, made.merged, made.sources, (), "")
        case Passed():
            return f"passed_{made.kind}", _shown("passed", made.source, made.values, made.values)
        case Moved():
            return "moved", _shown("moved", made.source, made.values, made.moved)
        case Function():
            return _function(story, made)
        case Other():
            inputs = [] if made.values is None else [made.values]
            return "other", Shown("other", inputs, made.written, [made.source] if made.source else [], (), "")
    raise TypeError(f"made: expected a step without weighted sums; received {type(made).__name__}")


def _shown(kind: str, source: Source, values: Array, output: Array, **more: Any) -> Shown:
    return Shown(kind, [values], output, [source], (), "", **more)


def _function(story: Story, made: Function) -> tuple[str, Shown]:
    bent = story.bent
    if bent is None:
        return "passed_same", _shown("passed", made.source, made.values, made.values)
    kind = "other" if bent.across else "function"
    shown = _shown(kind, made.source, made.values, bent.after, curve=bent.curve, function=function(bent.function))
    return "across" if bent.across else "function", shown


def _places(made: Moved, parts: tuple[CameFrom, ...]) -> list[tuple[int, ...]]:
    """Where on the map that is shown the pinned number is from."""
    found = [part.place for part in parts]
    return [at for at in found if len(at) == 2 or (len(at) == 3 and at[2] == made.source.map)]


def _came_from(chosen: Chosen, made: Moved, found: tuple[CameFrom, ...], value: float) -> None:
    """Where the pinned number, `value`, was before."""
    if not found:
        st.markdown(i18n.text("unit.padding"))
    elif len(found) == 1 and abs(found[0].factor - 1) < 1e-6:
        st.markdown(i18n.text("unit.came_from", place=_place(chosen, made, found[0])))
    else:
        heads = [i18n.raw("unit.input"), i18n.raw("unit.value_share"), i18n.raw("unit.product"), ""]
        labels = {"rest": i18n.raw("unit.further"), "bias": "", "sum": i18n.raw("step.sum")}
        words = {"label": i18n.raw("unit.mixed"), "heads": heads, "labels": labels, "note": i18n.raw("microscope.rounding")}
        terms = [{"title": _place(chosen, made, part), "value": part.value, "weight": part.factor} for part in found]
        whole = abs(sum(part.value * part.factor for part in found) - value) < 1e-4 * max(1.0, abs(value))
        rest = None if whole else value - sum(part.value * part.factor for part in found)
        st.markdown(i18n.text("unit.mixed"))
        product_terms("unit_came", terms, Sums(rest, None, value), words, go)


def _place(chosen: Chosen, made: Moved, part: CameFrom) -> str:
    at = part.place
    if len(at) == 1:
        return f"{made.source.layer} [{at[0]}]"
    number = at[2] if len(at) == 3 else 0
    name = short(chosen, Source(made.source.layer, number))
    return f"{made.source.layer or i18n.raw('unit.picture')} · {name} [{at[0]}, {at[1]}]"
