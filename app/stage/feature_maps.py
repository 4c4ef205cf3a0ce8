"""The page of all feature maps: how far maps differ over the depth of the network, and the maps of one block of layers."""

import streamlit as st

from app import controls, i18n, session
from app.components.depth import Series, Stage, depth
from app.components.map_cards import Card, Step, map_cards
from app.facts import feature_maps as facts
from app.figures import theme
from app.inside import asking
from app.inside.choice import Chosen
from app.inside.feature_maps_look import FeatureMapsLook
from app.inside.feature_maps_sides import STILL, Second
from app.inside.overview_look import OverviewLook
from app.inside.unit_words import short
from models.network.findings import Inventory
from models.network.map_blocks import MapBlock, map_blocks
from models.network.maps_compared import MapsCompared, MapsLook, StageMaps, StageNumbers, Tiles
from models.network.unit_values import Source

ROLES = {"feature": "feature_map", "activation": "activation_map", "pooled": "pooled_map"}


def asked(chosen: Chosen, second: Second | None, look: FeatureMapsLook) -> MapsCompared | None:
    """What the network computes for both sides; None when it could not, which the page has then explained."""
    move = second.move if second else STILL
    wanted = MapsLook(_layer(chosen.inventory), look.every, move, look.back and not move.still)
    payload = {"other": second.other, "second": second.image} if second and move.still else {}
    found: MapsCompared | None = asking.asked("layer_maps", chosen, image=chosen.image, look=wanted, **payload)
    return found


def _layer(inventory: Inventory) -> int:
    """The place of the layer that is looked at; the first that writes weighted sums where nobody has chosen one."""
    name = controls.get(OverviewLook, "layer")
    places = [place for place, entry in enumerate(inventory.layers) if entry.name == name]
    weighted = [place for place, entry in enumerate(inventory.layers) if entry.weighted]
    return next(iter((*places, *weighted)), 0)


def show_depth(chosen: Chosen, found: MapsCompared, second: Second | None) -> None:
    """The curve over all layers; a click chooses a block."""
    blue, orange, green, *_ = theme.RUNS
    if second is None:
        series = [Series(i18n.raw("feature_maps.zeros"), [entry.zeros for entry in found.numbers], green)]
    else:
        series = [Series(i18n.raw("feature_maps.changed"), [entry.changed for entry in found.numbers], orange)]
    if second and not second.move.still:
        left = [entry.left for entry in found.numbers]
        series.append(Series(i18n.raw("feature_maps.left"), left, blue, dashed=True))
    if second and second.other:
        series.append(Series(i18n.raw("feature_maps.unlike"), [entry.unlike for entry in found.numbers], blue, dashed=True))
    kind = "alone" if second is None else "moved" if not second.move.still else "beside"
    st.markdown(f"**{i18n.text(f'feature_maps.depth_{kind}')}**")
    depth(
        "maps_depth",
        [Stage(facts.named(chosen, entry), entry.block, _role(entry)) for entry in found.numbers],
        series,
        [chosen.inventory.layers[block.layers[0]].name for block in found.blocks],
        chosen=found.shown,
        label=i18n.raw(f"feature_maps.depth_{kind}"),
        hint=i18n.raw("feature_maps.depth_hint"),
        on_choose=lambda block: _choose(chosen.inventory, found.blocks[block]),
    )
    st.caption(i18n.text(f"feature_maps.reading_{kind}"))
    if second and second.other:
        st.caption(i18n.text("feature_maps.reading_unlike"))


def _role(numbers: StageNumbers) -> str:
    return ROLES.get(numbers.stage.sort, "input")


def _choose(inventory: Inventory, block: MapBlock) -> None:
    controls.change(OverviewLook, layer=inventory.layers[block.layers[0]].name, map=0, row=-1, col=-1)


def ask_block(chosen: Chosen) -> None:
    """Draw the choice of the block and how its maps are drawn."""
    blocks = map_blocks(chosen.inventory.layers)
    titles = {block.layers[0]: _title(chosen.inventory, block) for block in blocks}
    places = list(titles)
    now = max((place for place in places if place <= _layer(chosen.inventory)), default=places[0] if places else 0)
    with st.container(key="maps_controls", horizontal=True, vertical_alignment="bottom"):
        session.put("maps_block", now)
        st.selectbox(
            i18n.raw("feature_maps.block"),
            places,
            format_func=lambda place: titles[place],
            key="maps_block",
            on_change=lambda: _choose(chosen.inventory, blocks[places.index(int(session.value("maps_block")))]),
        )
        controls.ask(FeatureMapsLook, "scale", "every")


def _title(inventory: Inventory, block: MapBlock) -> str:
    names = [inventory.layers[place].name for place in dict.fromkeys(stage.layer for stage in block.stages)]
    return " → ".join(names if len(names) < 4 else [names[0], "…", names[-1]])


def show_block(chosen: Chosen, found: MapsCompared, second: Second | None, look: FeatureMapsLook) -> None:
    """Every map of the block that is shown."""
    if not found.stages:
        return
    st.markdown(_reading(chosen, found))
    beside = i18n.raw("feature_maps.laid") if second and look.back and not second.move.still else second.name if second else ""
    steps = [_step(chosen, stage, second, beside) for stage in found.stages]
    cards = [_card(chosen, found, at) for at in range(len(found.maps))]
    words = {name: i18n.raw(f"feature_maps.cards_{name}") for name in ("label", "hint", "none", "dead", "maps", "difference")}
    map_cards(
        "map_cards",
        steps,
        cards,
        compared=second is not None,
        scale=look.scale,
        smaller=found.smaller,
        chosen=int(controls.get(OverviewLook, "map")),
        words={**words, "zeros": i18n.raw("feature_maps.cards_zeros", zeros="{zeros}")},
        on_choose=lambda number: controls.change(OverviewLook, map=number, row=-1, col=-1, layer=_main(chosen, found)),
    )
    _notes(found)
    _way_on(chosen, found)


def _way_on(chosen: Chosen, found: MapsCompared) -> None:
    """To the page that takes the chosen map apart."""
    number, page = int(controls.get(OverviewLook, "map")), session.pages().get("overview")
    name = short(chosen, Source(_main(chosen, found), number))
    label = i18n.raw("feature_maps.into", layer=i18n.plain(_main(chosen, found)), name=i18n.plain(name))
    if page and number < found.total and st.button(label, icon=":material/search:", key="maps_into"):
        controls.change(OverviewLook, layer=_main(chosen, found))
        st.switch_page(page)


def _main(chosen: Chosen, found: MapsCompared) -> str:
    return chosen.inventory.layers[found.stages[0].numbers.stage.layer].name


def _reading(chosen: Chosen, found: MapsCompared) -> str:
    sorts = [stage.numbers.stage.sort for stage in found.stages]
    shown, total = len(found.maps), found.total
    if total == 1:
        return i18n.text("feature_maps.shown_one")
    said = i18n.text("feature_maps.shown_all" if shown == total else "feature_maps.shown_few", shown=shown, total=f"{total:,}")
    if "feature" in sorts and "activation" not in sorts:
        said += " " + i18n.text("feature_maps.no_function", layer=_main(chosen, found))
    return said


def _notes(found: MapsCompared) -> None:
    if any(stage.numbers.dead and len(stage.numbers.shape) == 3 for stage in found.stages):
        st.caption(i18n.text("feature_maps.dead_caution"))
    if found.smaller:
        st.caption(i18n.text("feature_maps.smaller"))


def _step(chosen: Chosen, stage: StageMaps, second: Second | None, beside: str) -> Step:
    numbers = stage.numbers
    sides: list[Tiles | None] = [stage.first]
    own = facts.short(numbers)
    if second:
        sides += [stage.second, stage.difference]
    return Step(
        i18n.raw(f"network_map.sorts.{facts.word(numbers)}"),
        own,
        facts.origin(chosen, numbers),
        _role(numbers),
        facts.about(stage, second is not None),
        [own, beside, i18n.raw("feature_maps.difference")],
        sides,
    )


def _card(chosen: Chosen, found: MapsCompared, at: int) -> Card:
    number = found.maps[at]
    layer = chosen.inventory.layers[found.stages[-1].numbers.stage.layer].name
    name = short(chosen, Source(layer, number))
    maps = [stage for stage in found.stages if stage.changes is not None and len(stage.numbers.shape) == 3]
    changes = [stage.changes[at] for stage in maps if stage.changes is not None]
    note = i18n.raw("feature_maps.card_changed", changed=facts.percent(float(changes[-1]))) if changes else ""
    told = []
    for stage in found.stages:
        low, high = (facts.amount(float(limit)) for limit in stage.first.ranges[at])
        zeros = facts.percent(float(stage.first.zeros[at]))
        told.append(f"{facts.short(stage.numbers)}: {i18n.raw('feature_maps.range', low=low, high=high, zeros=zeros)}")
    return Card(number, name, note, f"{name}. {'; '.join(told)}. {note}".strip())
