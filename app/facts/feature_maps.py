"""What the page of all feature maps says about numbers: of one kind of map, and of how maps follow a moved picture."""

import streamlit as st

from app import i18n
from app.inside.choice import Chosen
from app.inside.unit_words import function
from models.network.maps_compared import MapsCompared, StageMaps, StageNumbers
from models.network.picture_moves import Move

STAYS = 0.1
"""A row of numbers that changes less than this is said to stay."""

EXACT = 0.005
FOLLOWS = 1 / 3
PARTLY = 0.8
"""Of the change so much is left where maps follow exactly; well; in part."""


def named(chosen: Chosen, numbers: StageNumbers) -> str:
    """A stage with its layer, as plain text."""
    return f"{chosen.inventory.layers[numbers.stage.layer].name} · {short(numbers)}"


def short(numbers: StageNumbers) -> str:
    """What the maps of a stage are called, short."""
    return i18n.raw(f"network_map.shorts.{word(numbers)}")


def word(numbers: StageNumbers) -> str:
    """The name of a stage's sort in the words."""
    sort = numbers.stage.sort
    return f"{sort}_row" if len(numbers.shape) == 1 and sort in ("feature", "activation", "output") else sort


def origin(chosen: Chosen, numbers: StageNumbers) -> str:
    """Which layer wrote the maps of a stage, and of what shape they are."""
    entry = chosen.inventory.layers[numbers.stage.layer]
    shape = " × ".join(map(str, numbers.shape))
    if numbers.stage.sort == "activation":
        own = "own_function" if entry.weighted else "function_layer"
        return i18n.raw(f"feature_maps.{own}", layer=entry.name, function=function(entry.function), shape=shape)
    if numbers.stage.sort == "feature" and entry.function:
        return i18n.raw("feature_maps.before", layer=entry.name, function=function(entry.function), shape=shape)
    return f"{entry.name} · {shape}"


def about(stage: StageMaps, compared: bool) -> list[tuple[str, bool]]:
    """Sentences about all maps of a stage; the second of each says whether it stands out."""
    numbers, said = stage.numbers, list[tuple[str, bool]]()
    low, high = (amount(limit) for limit in numbers.limits)
    said.append((i18n.raw("feature_maps.range", low=low, high=high, zeros=percent(numbers.zeros)), False))
    if numbers.dead and len(numbers.shape) == 3:
        said.append((i18n.raw("feature_maps.dead", dead=numbers.dead, total=numbers.shape[-1]), True))
    if numbers.changed is not None:
        related = "–" if numbers.correlation is None else f"{numbers.correlation:.2f}".replace("-", "−")
        values = {"changed": percent(numbers.changed), "difference": amount(numbers.difference or 0.0), "correlation": related}
        said.append((i18n.raw("feature_maps.differs", **values), False))
    if numbers.left is not None:
        said.append((i18n.raw("feature_maps.left_by", left=percent(numbers.left)), False))
    if numbers.unlike is not None:
        said.append((i18n.raw("feature_maps.unlike_by", unlike=percent(numbers.unlike)), False))
    if compared and numbers.changed is None:
        shape = " × ".join(map(str, numbers.other_shape or ()))
        said.append((i18n.raw("feature_maps.other_shape", shape=shape) if shape else i18n.raw("feature_maps.no_other"), False))
    return said


def percent(share: float) -> str:
    """A share, 0 to 1, in per cent; what is not quite nothing does not become 0."""
    return f"{100 * share:.3g}" if share >= 0.001 or share == 0 else "< 0.1"


def amount(value: float) -> str:
    """A number with three digits and a real minus."""
    return f"{value:.3g}".replace("-", "−")


def moves(chosen: Chosen, found: MapsCompared, move: Move) -> None:
    """One sentence on the block that is shown, one on the end of the network."""
    own = [stage.numbers for stage in found.stages if stage.numbers.changed is not None]
    last = found.numbers[-1]
    said = [_moved(chosen, own[-1], move)] if own else []
    if last.changed is not None and (not own or last.stage != own[-1].stage):
        said.append(_moved(chosen, last, move))
    for sentence in said:
        st.markdown(sentence.replace(" %", "\u00a0%"))


def _moved(chosen: Chosen, numbers: StageNumbers, move: Move) -> str:
    name = named(chosen, numbers)
    changed = numbers.changed or 0.0
    if numbers.left is None:
        said = "stays" if changed < STAYS else "does_not_stay"
        return i18n.text(f"feature_maps.{said}", name=name, changed=percent(changed))
    values = {"name": name, "changed": percent(changed), "left": percent(numbers.left)}
    said = i18n.text("feature_maps.moved_back", **values, way=_way(numbers, move))
    return f"{said} {i18n.text(f'feature_maps.{verdict(numbers)}')}{_between(numbers, move)}"


def verdict(numbers: StageNumbers) -> str:
    """How well maps follow: the name of a sentence in the words."""
    changed, left = numbers.changed or 0.0, numbers.left or 0.0
    if changed < EXACT:
        return "same"
    if left < EXACT:
        return "exactly"
    return "follows" if left < FOLLOWS * changed else "partly" if left < PARTLY * changed else "not_following"


def _way(numbers: StageNumbers, move: Move) -> str:
    """How maps were laid back, with the learner's numbers."""
    if not move.only_shifts or not numbers.shift:
        return i18n.raw("feature_maps.way_back")
    ways = []
    for axis, pixels, shift in (("rows", move.down, numbers.shift[0]), ("columns", move.right, numbers.shift[1])):
        if pixels:
            stride = f"{pixels / shift:g}"
            ways.append(i18n.raw(f"feature_maps.way_{axis}", pixels=abs(pixels), stride=stride, shift=f"{abs(shift):g}"))
    return i18n.raw("feature_maps.way_and").join(ways)


def _between(numbers: StageNumbers, move: Move) -> str:
    if not move.only_shifts:
        return f" {i18n.text('feature_maps.only_shifts')}"
    uneven = numbers.shift and any(shift % 1 for shift in numbers.shift)
    return f" {i18n.text('feature_maps.between')}" if uneven else ""
