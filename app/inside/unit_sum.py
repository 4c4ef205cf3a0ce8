"""How a weighted sum adds up: a map of a convolution, a dense unit, and what softmax makes of all units."""

from typing import Any

import numpy as np
import streamlit as st

from app import i18n
from app.components.back import back
from app.components.passage import Shown, passage
from app.components.step import Named, step
from app.components.terms import Powers, Sums, product_terms, softmax_terms
from app.inside.choice import Chosen
from app.inside.unit_words import function, go, is_picture, pin, short, title
from models.network.place_values import Pair, Softmax
from models.network.unit_values import Behind, Source, Story, Summed, UnitSum

ABOUT = {
    "Conv2D": "conv",
    "DepthwiseConv2D": "depthwise",
    "SeparableConv2D": "separable",
    "Conv2DTranspose": "transposed",
    "Dense": "dense_maps",
}


def show_sum(chosen: Chosen, story: Story, made: Summed, point: Pair) -> None:
    """The step in between, and under it every product of one place."""
    about = i18n.text(f"unit.about.{ABOUT[story.kind]}")
    st.markdown(f"{about} {_group(chosen, story, made)}".strip())
    reach = float(np.abs(made.total).max())
    named = Named(
        titles=[title(chosen, source) for source in made.sources],
        short=[short(chosen, source) for source in made.sources],
        map=title(chosen, Source(story.layer, story.map)),
        rest=others(made.others),
        off=i18n.raw("unit.off", off=f"{made.off:.1g}", reach=f"{reach:.3g}") if made.off else i18n.raw("unit.exact"),
        function=function(story.bent.function) if story.bent else "",
    )
    pixels = is_picture(made.sources[0], made.inputs)
    step("unit_step", made, story.bent, named, point, pixels=pixels, on={"place": pin, "source": go})


def _group(chosen: Chosen, story: Story, made: Summed) -> str:
    """What is said of a filter that does not look at all input maps."""
    if story.kind != "Conv2D":
        return ""
    layer = made.sources[0].layer
    shape = next((entry.shape for entry in chosen.inventory.layers if entry.name == layer), chosen.image.shape)
    seen = len(made.sources) + made.others
    return i18n.text("unit.group", seen=seen, all=shape[-1]) if shape[-1] and seen < shape[-1] else ""


def others(count: int) -> str:
    """What stands at the terms that are summed in one."""
    return i18n.raw("unit.one_other") if count == 1 else i18n.raw("unit.others", count=f"{count:,}")


def show_unit(chosen: Chosen, made: UnitSum, own: Source) -> None:
    """A dense unit: drawn back onto the maps that its inputs were, and its strongest inputs."""
    st.markdown(i18n.text("unit.about.dense"))
    if made.behind:
        st.markdown(i18n.text("unit.behind", layer=made.behind.sources[0].layer or i18n.raw("unit.picture")))
        maps, inputs = st.columns(2, gap="large")
        with maps:
            _back(chosen, own, made, made.behind)
        with inputs:
            _strongest(chosen, made)
    else:
        _strongest(chosen, made)


def _back(chosen: Chosen, own: Source, made: UnitSum, behind: Behind) -> None:
    titles = [title(chosen, source) for source in behind.sources]
    labels = {"map": title(chosen, own), "rest": others(behind.others)}
    pixels = is_picture(behind.sources[0], behind.inputs)
    back("unit_back", made, behind, titles, labels, pixels=pixels, on_source=go)


def _strongest(chosen: Chosen, made: UnitSum) -> None:
    st.markdown(f"**{i18n.text('unit.strongest', count=len(made.sources))}**")
    heads = [i18n.raw("unit.input"), i18n.raw("unit.value_weight"), i18n.raw("unit.product"), ""]
    labels = {"rest": others(made.others), "bias": i18n.raw("step.bias"), "sum": i18n.raw("step.sum")}
    words = {"label": i18n.raw("unit.strongest", count=len(made.sources)), "heads": heads, "labels": labels}
    words |= {"note": i18n.raw("microscope.rounding")}
    rest = made.rest if made.others else None
    product_terms("unit_terms", _inputs(chosen, made), Sums(rest, made.bias, made.total), words, go)


def _inputs(chosen: Chosen, made: UnitSum) -> list[dict[str, Any]]:
    """The strongest inputs; those that were places of maps are named as such."""
    found = []
    for index, source in enumerate(made.sources):
        name, link = title(chosen, source), source
        if made.behind:
            row, col, number = made.behind.places[index]
            link = Source(made.behind.sources[0].layer, number)
            name = f"{title(chosen, link)} [{row}, {col}]"
        entry = {"title": name, "value": made.values[index], "weight": made.weights[index]}
        found.append(entry | ({"source": link._asdict()} if link.layer else {}))
    return found


def show_bent(chosen: Chosen, story: Story, made: UnitSum) -> None:
    """What the activation function makes of the unit's sum, on its curve; what one unit says of two classes."""
    bent = story.bent
    if bent is None or bent.across:
        return
    own = Source(story.layer, story.map)
    total = np.full((1, 1), made.total, np.float32)
    shown = Shown(
        "function",
        [total],
        bent.after,
        [own],
        [i18n.raw("step.sum")],
        title(chosen, own),
        curve=bent.curve,
        function=function(bent.function),
    )
    passage("unit_bent", shown, (0, 0), pixels=(False, False), on_place=pin, on_source=go)
    if bent.function == "sigmoid" and story.shape == (1,) and len(chosen.class_names) == 2:
        second = round(100 * float(bent.after[0, 0]), 1)
        names = {"first": chosen.class_names[0], "second": chosen.class_names[1]}
        st.markdown(i18n.text("unit.two_classes", **names, share=f"{second:.1f}", rest=f"{100 - second:.1f}"))


def show_softmax(chosen: Chosen, story: Story, found: Softmax) -> None:
    """Every exponential, their sum, and each one's share of it."""
    st.markdown(f"**{i18n.text('unit.softmax')}**")
    st.markdown(i18n.text("unit.softmax_reading"))
    terms = [
        {
            "title": short(chosen, Source(story.layer, unit)),
            "number": number,
            "power": power,
            "chosen": unit == story.map,
            "source": {"layer": story.layer, "map": unit},
        }
        for unit, number, power in zip(found.units, found.numbers, found.powers, strict=True)
    ]
    heads = [i18n.raw(f"unit.softmax_{head}") for head in ("class", "number", "power", "value", "probability")]
    labels = {"rest": others(found.others), "sum": i18n.raw("step.sum")}
    words = {"label": i18n.raw("unit.softmax"), "heads": [*heads, ""], "labels": labels, "note": i18n.raw("unit.softmax_note")}
    rest = found.rest if found.others else None
    softmax_terms("unit_softmax", terms, Powers(rest, found.total, found.largest), words, go)
