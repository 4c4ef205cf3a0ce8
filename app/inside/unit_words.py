"""How maps, units and places are called, and what a click on one of them does."""

from typing import Any

from app import controls, i18n
from app.components.microscope import CHANNEL_NAMES
from app.inside.choice import Chosen
from app.inside.overview_look import OverviewLook
from models.arrays import Array
from models.hyperparameters import declared
from models.network.unit_values import Source


def title(chosen: Chosen, source: Source) -> str:
    """A map, or a unit, with its layer, as plain text."""
    if not source.layer:
        return (
            f"{i18n.raw('unit.picture')} · {short(chosen, source)}" if chosen.image.shape[2] > 1 else i18n.raw("unit.picture")
        )
    return f"{source.layer} · {short(chosen, source)}"


def short(chosen: Chosen, source: Source) -> str:
    """A map, or a unit, without its layer."""
    if not source.layer:
        names = CHANNEL_NAMES if chosen.image.shape[2] == 3 else (i18n.raw("unit.picture"),)
        return names[min(source.map, len(names) - 1)]
    if is_answer(chosen, source.layer):
        return class_name(chosen, source.map)
    return i18n.raw("unit.unit" if units(chosen, source.layer) else "unit.map", number=source.map)


def units(chosen: Chosen, layer: str) -> bool:
    """Whether a layer writes a row of units, not maps."""
    return any(entry.name == layer and len(entry.shape) == 1 for entry in chosen.inventory.layers)


def is_answer(chosen: Chosen, layer: str) -> bool:
    """Whether the units of a layer are the network's answers."""
    last = chosen.inventory.layers[-1]
    return last.name == layer and len(last.shape) == 1 and last.shape[0] == len(chosen.class_names)


def class_name(chosen: Chosen, number: int) -> str:
    """The class that a unit of the answer stands for."""
    return chosen.class_names[number] if number < len(chosen.class_names) else str(number)


def function(name: str) -> str:
    """The name of an activation function, as people write it."""
    known = {"leakyrelu": "leaky_relu"}.get(name, name)
    return i18n.raw(f"choices.activation.{known}") if i18n.has(f"choices.activation.{known}") else name


def is_picture(source: Source, values: Array) -> bool:
    """Whether the numbers are brightnesses of the picture itself."""
    return not source.layer and bool(values.min() >= 0 and values.max() <= 1)


def pin(place: Any) -> None:
    """Callback: look at another place of the same map."""
    if not isinstance(place, dict):
        return
    limits = declared(OverviewLook)
    taken = {name: limits[name].take(place.get(name)) for name in ("row", "col")}
    if None not in taken.values():
        controls.change(OverviewLook, **taken)


def go(source: Any) -> None:
    """Callback: look at another map, in its middle."""
    if not isinstance(source, dict) or not source.get("layer"):
        return
    limits = declared(OverviewLook)
    taken = {name: limits[name].take(source.get(name)) for name in ("layer", "map")}
    if None not in taken.values():
        controls.change(OverviewLook, **taken, row=-1, col=-1)
