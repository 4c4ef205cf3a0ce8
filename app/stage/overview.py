"""The map of a network on the page, and what of it a learner chooses."""

import hashlib
from dataclasses import replace

import streamlit as st

from app import controls, i18n, session
from app.components.network_map import Told, network_map
from app.components.network_map_answers import Chosen as Place
from app.inside import asking
from app.inside.choice import Chosen
from app.inside.overview_look import OverviewLook
from models.hyperparameters import declared
from models.network.findings import Inventory
from models.network.network_map import PICTURE, MapLook, NetworkMap, Ranking

MOST_LISTED = 60
"""Layers opened and blocks folded that an address holds."""


def show_map(chosen: Chosen) -> NetworkMap | None:
    """Draw the map of the chosen network; None when it could not be computed, which the page has then explained."""
    with st.container(key="network_map_controls", horizontal=True):
        controls.ask(OverviewLook, "kinds", "scale")
    look = MapLook(
        kinds=str(controls.get(OverviewLook, "kinds")),
        opened=opened(),
        folds=folds(),
        kept=_kept(chosen),
        chosen=_named(chosen.inventory),
    )
    shown: NetworkMap | None = asking.asked("network_map", chosen, image=chosen.image, look=look)
    if shown is None:
        return None
    _keep(chosen, shown)
    layers = chosen.inventory.layers
    told = Told(layers, chosen.class_names, str(controls.get(OverviewLook, "scale")), look.opened, unit(chosen, shown)[:2])

    def choose(place: Place) -> None:
        _choose(chosen.inventory, place)

    network_map("network_map", shown, told, {"chosen": choose, "opened": _open, "folded": _fold, "rank": _rank})
    st.caption(i18n.text("overview.reading"))
    return shown


def layer_of(inventory: Inventory) -> int:
    """The place of the chosen layer; of the first that writes weighted sums where there is no such layer, or none is chosen."""
    name = controls.get(OverviewLook, "layer")
    places = [place for place, entry in enumerate(inventory.layers) if entry.name == name]
    weighted = [place for place, entry in enumerate(inventory.layers) if entry.weighted]
    return next(iter((*places, *weighted)), 0 if inventory.layers else PICTURE)


def _named(inventory: Inventory) -> tuple[int, int]:
    """(place of the layer, map) that somebody chose; of the picture when nobody did."""
    named = any(entry.name == controls.get(OverviewLook, "layer") for entry in inventory.layers)
    return (layer_of(inventory), int(controls.get(OverviewLook, "map"))) if named else (PICTURE, 0)


def unit(chosen: Chosen, shown: NetworkMap) -> tuple[int, int, int, int]:
    """(place of the layer, map or unit, row, col) that is chosen, as far as there is such a one; -1 is the middle.

    Where nobody has chosen, it is the first map that is drawn of the first layer that writes weighted sums.
    """
    layer = layer_of(chosen.inventory)
    column = next((column for column in shown.columns if column.layer == layer and column.sort != "answer"), None)
    if _named(chosen.inventory)[0] == PICTURE and column and column.maps:
        return layer, column.maps[0], -1, -1
    shape = column.shape if column else chosen.inventory.layers[layer].shape
    sizes = [*(shape[:2] if len(shape) == 3 else (1, 1)), shape[-1] if shape else 1]
    given = [int(controls.get(OverviewLook, name)) for name in ("row", "col", "map")]
    row, col, number = (at if size is None else min(at, size - 1) for at, size in zip(given, sizes, strict=True))
    return layer, number, row, col


def opened() -> tuple[int, ...]:
    """The places of the layers that show all their maps."""
    return layers_in(str(controls.get(OverviewLook, "opened")))


def layers_in(text: str) -> tuple[int, ...]:
    """The places of layers in "2,5"; what is none is left out."""
    return tuple(int(part) for part in text.split(",") if _is_place(part))[:MOST_LISTED]


def folds() -> tuple[tuple[int, int], ...]:
    """The blocks that are folded or unfolded by hand, as first and last layer."""
    return blocks_in(str(controls.get(OverviewLook, "folds")))


def blocks_in(text: str) -> tuple[tuple[int, int], ...]:
    """The blocks in "4-9,10-15"; what is none is left out."""
    pairs = (part.split("-") for part in text.split(","))
    found = [pair for pair in pairs if len(pair) == 2 and all(map(_is_place, pair))]
    return tuple((int(first), int(last)) for first, last in found)[:MOST_LISTED]


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5


def _choose(inventory: Inventory, place: Place) -> None:
    layer, number, row, col = place
    if not 0 <= layer < len(inventory.layers):
        return
    limits = declared(OverviewLook)
    values = {"layer": inventory.layers[layer].name, "map": number, "row": row, "col": col}
    if all(limits[name].take(value) is not None for name, value in values.items()):
        controls.change(OverviewLook, **values)


def _open(layer: int) -> None:
    now = opened()
    left = tuple(other for other in now if other != layer)
    controls.change(OverviewLook, opened=",".join(map(str, left if layer in now else (*now, layer)[-MOST_LISTED:])))


def _fold(block: tuple[int, int]) -> None:
    now = folds()
    left = tuple(other for other in now if other != block)
    kept = left if block in now else (*now, block)[-MOST_LISTED:]
    controls.change(OverviewLook, folds=",".join(f"{first}-{last}" for first, last in kept))


def _rank(_: bool) -> None:
    session.visit().ranking = None


def _digest(chosen: Chosen) -> bytes:
    """Which picture in which epoch of the network."""
    return hashlib.blake2b(chosen.image.tobytes() + str(chosen.source.epoch).encode(), digest_size=16).digest()


def _network(chosen: Chosen) -> object:
    """All epochs of a run are one network here: its maps keep their places while it trains."""
    return replace(chosen.source, epoch=0)


def _kept(chosen: Chosen) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The maps that shall stay where they are; none for the picture that they were chosen by."""
    ranking = session.visit().ranking
    if ranking is None or ranking.network != _network(chosen) or ranking.picture == _digest(chosen):
        return ()
    return tuple(sorted(ranking.maps.items()))


def _keep(chosen: Chosen, shown: NetworkMap) -> None:
    """Remember which maps are drawn. An empty picture tells nothing of what is strong."""
    ranking, network, picture = session.visit().ranking, _network(chosen), _digest(chosen)
    if chosen.image.min() == chosen.image.max():
        return
    drawn = {column.layer: column.maps for column in shown.columns if len(column.maps) < column.shape[-1] and column.maps}
    if ranking is None or ranking.network != network:
        ranking = Ranking(network, picture, {})
    maps = {**drawn, **ranking.maps} if picture != ranking.picture else {**ranking.maps, **drawn}
    session.visit().ranking = Ranking(network, ranking.picture, maps)
