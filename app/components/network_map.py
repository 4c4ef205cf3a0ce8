"""The map of a network: every layer's maps for one picture, columns from left to right, with the lines between them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import i18n
from app.components import component, pack
from app.components.answers import news
from app.components.network_map_answers import CHECKS
from app.figures import theme
from models.network.findings import LayerEntry
from models.network.network_map import MANY, PICTURE, Column, Link, NetworkMap

_network_map = component("network_map.js")

ROLES = {"picture": "input", "feature": "feature_map", "activation": "activation_map", "answer": "activation_map"}
SCALED = ("feature", "activation", "output")
"""Columns that have a colour scale."""

MADE_BY = (("Pool", "pooled"), ("Normalization", "normalised"), ("Add", "sum"), ("Concatenate", "joined"))
"""Part of a layer's kind -> what its maps are called."""

TOP_CLASSES = 12
"""As in network_map_layout.js: of more classes the most probable are shown."""


@dataclass(frozen=True)
class Told:
    """What the map says beside its numbers: the layers by their places, the names of the classes, what shares one colour scale
    ("layer", "block", "network"), the layers that show all their maps, and (place of layer, map) that is chosen.
    """

    layers: Sequence[LayerEntry]
    classes: Sequence[str]
    scale: str
    opened: tuple[int, ...]
    chosen: tuple[int, int]


@dataclass
class _Buffers:
    """All arrays, one behind the other; JSON says where each begins."""

    pixels: list[NDArray[np.uint8]] = field(default_factory=list)
    values: list[NDArray[np.float32]] = field(default_factory=list)
    adds: list[NDArray[np.float32]] = field(default_factory=list)
    top: list[NDArray[np.int32]] = field(default_factory=list)

    @staticmethod
    def put(parts: list[Any], array: NDArray[Any]) -> list[int]:
        """Append `array`; returns [offset, count]."""
        offset = sum(part.size for part in parts)
        parts.append(array.ravel())
        return [offset, array.size]

    def arrays(self) -> dict[str, NDArray[Any]]:
        kinds = {"pixels": np.uint8, "values": np.float32, "adds": np.float32, "top": np.int32}
        return {name: np.concatenate([np.zeros(0, kind), *getattr(self, name)]).astype(kind) for name, kind in kinds.items()}


def network_map(key: str, shown: NetworkMap, told: Told, on: Mapping[str, Callable[[Any], None]]) -> None:
    """Draw the map.

    Args:
        key: Streamlit's key.
        shown: what the network computed.
        told: what is said beside it.
        on: what is done with what people did: "chosen" gets `Chosen`, "opened" the place of a layer, "folded" (first, last) of
            a block, "rank" True. All are checked to be such, not that there is such a layer, map or block.
    """
    buffers = _Buffers()
    header = {
        "columns": [_column(shown, at, told, buffers) for at in range(len(shown.columns))],
        "groups": [{**group._asdict(), "title": title_of(group.sort, group.name, group.number)} for group in shown.groups],
        "classes": list(told.classes),
        "chosen": told.chosen,
        "reranked": shown.reranked,
        "words": i18n.section("network_map"),
        "colours": theme.for_browser(),
    }

    def act(name: str) -> Callable[[], None]:
        def done() -> None:
            answer = CHECKS[name](news(key, name))
            if answer is not None:
                on[name](answer)

        return done

    acts = {f"on_{name}_change": act(name) for name in CHECKS}
    _network_map(data=pack(header, buffers.arrays()), key=key, **acts)


def title_of(sort: str, name: str, number: int) -> str:
    """What a block is called: as its layers are, or by its number."""
    return name or i18n.raw(f"network_map.{'stage' if sort == 'stage' else 'block'}", number=number)


def _column(shown: NetworkMap, at: int, told: Told, buffers: _Buffers) -> dict[str, Any]:
    column = shown.columns[at]
    made = {
        "layer": column.layer,
        "sort": column.sort,
        "row": column.is_row,
        "total": column.shape[-1],
        "maps": column.maps,
        "block": column.block,
        "dead": column.dead,
        "limits": column.limits,
        "links": [_link(shown, link, column, buffers) for link in column.links],
        **_names(shown, column, told),
    }
    if column.sort in SCALED:
        made |= _scale(shown, at, told.scale)
    if column.is_row:
        made["offset"], made["cells"] = buffers.put(buffers.values, column.numbers)
        made["each"] = column.each
    else:
        made["offset"], _ = buffers.put(buffers.pixels, column.numbers)
        made |= {"height": column.shape[0], "width": column.shape[1], "thumb": column.numbers.shape[1:] or None}
        made |= {"ranges": column.ranges.tolist(), "zeros": column.zeros.tolist()}
        made["composite"] = column.layer == PICTURE and column.shape[2] == 3
        made["openable"] = column.sort in SCALED and column.shape[2] > MANY
        made["opened"] = column.layer in told.opened
    if column.sort == "answer":
        made |= _answer(shown, column, told.classes)
    return made


def _names(shown: NetworkMap, column: Column, told: Told) -> dict[str, str]:
    if column.layer == PICTURE:
        name, kind = i18n.raw("network_map.picture"), ""
    else:
        name, kind = told.layers[column.layer].name, told.layers[column.layer].kind
    sort = _added(shown, column) if column.sort == "answer" else _sort(column, kind)
    if column.block:
        (title,) = [title_of(g.sort, g.name, g.number) for g in shown.groups if (g.first, g.last) == column.block]
        name = title
    return {
        "name": name,
        "kind": kind,
        "shape": " × ".join(f"{size:,}" for size in column.shape),
        "label": i18n.raw(f"network_map.sorts.{sort}"),
        "short": i18n.raw(f"network_map.shorts.{sort}"),
        "role": "pooled_map" if sort == "pooled" else ROLES.get(column.sort, "input"),
    }


def _added(shown: NetworkMap, column: Column) -> str:
    """Which word says where probabilities come from: from the network itself, or from a function that was added."""
    if shown.says:
        return "answer"
    return "answer_sigmoid" if shown.columns[column.links[0].column].shape == (1,) else "answer_softmax"


def _sort(column: Column, kind: str) -> str:
    """Which word says what a column shows."""
    if column.sort == "output" and not column.is_row:
        return next((word for part, word in MADE_BY if part in kind), "output")
    return f"{column.sort}_row" if column.is_row and column.sort in SCALED else column.sort


def _scale(shown: NetworkMap, at: int, scale: str) -> dict[str, Any]:
    """The limits of the colours; columns that share a scale have the same largest value."""
    own = _sharing(shown, at, scale)
    mates = [
        other.limits
        for place, other in enumerate(shown.columns)
        if other.sort in SCALED and _sharing(shown, place, scale) == own
    ]
    reach = max(max(-low, high) for low, high in mates) or 1.0
    # Weighted sums keep the colours of signed numbers also where none is negative just now.
    signed = shown.columns[at].sort == "feature" or shown.columns[at].limits[0] < 0
    high = max(high for _, high in mates)
    return {"signed": signed, "scale": (-reach, reach) if signed else (0.0, high if high > 0 else 1.0)}


def _sharing(shown: NetworkMap, at: int, scale: str) -> Any:
    """What a column shares its scale with: equal for those that share one."""
    if scale == "network":
        return True
    outer = [(group.first, group.last) for group in shown.groups if group.depth == 0 and group.start <= at <= group.end]
    return outer[0] if scale == "block" and outer else shown.columns[at].layer


def _link(shown: NetworkMap, link: Link, column: Column, buffers: _Buffers) -> dict[str, Any]:
    made: dict[str, Any] = {"column": link.column, "sort": link.sort, "shift": link.shift, "factor": link.factor}
    made["channels"] = shown.columns[link.column].shape[-1]
    if link.strengths is not None:
        made["strengths"] = buffers.put(buffers.adds, link.strengths)
    if link.top is not None and link.adds is not None:
        made |= {"top": buffers.put(buffers.top, link.top), "adds": buffers.put(buffers.adds, link.adds)}
        made["units"] = column.shape[0]
    return made


def _answer(shown: NetworkMap, column: Column, classes: Sequence[str]) -> dict[str, Any]:
    """Few classes keep their places; of many the most probable are shown, in their order."""
    count = len(column.numbers)
    best = np.argsort(-column.numbers, kind="stable")[:TOP_CLASSES].tolist()
    named = [f"{classes[number] if number < len(classes) else number} {100 * column.numbers[number]:.1f} %" for number in best]
    return {
        "order": list(range(count)) if count <= TOP_CLASSES else best,
        "spoken": ", ".join(named),
        "note": "" if shown.says else i18n.raw("network_map.added"),
    }
