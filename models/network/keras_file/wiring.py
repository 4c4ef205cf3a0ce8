"""What flows into the calls of a layer, as a description of a Functional model says it."""

from collections.abc import Mapping
from typing import Any

from models.errors import LearnerError
from models.network.keras_file.plan import MOST_CALLS, Call

Given = Call | float
"""One input of a call: what another layer's call gave, or a plain number."""

UNUSED = ("mask", "training")
"""Arguments of a call that say nothing about a picture: networks are looked at as they predict."""


def calls(layer: Mapping[str, Any]) -> tuple[tuple[Given, ...], ...]:
    """The inputs of every call of `layer`, in order.

    Raises:
        LearnerError: `network_not_connected` (layer), for anything but tensors and numbers; `too_many_layers`.
    """
    name = str(layer.get("name"))[:60]
    nodes = layer.get("inbound_nodes")
    if not isinstance(nodes, list) or not nodes:
        raise LearnerError("network_not_connected", layer=name)
    if len(nodes) > MOST_CALLS:
        raise LearnerError("too_many_layers", count=len(nodes), limit=MOST_CALLS)
    try:
        return tuple(inputs(node) for node in nodes)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise LearnerError("network_not_connected", layer=name) from error


def inputs(node: Mapping[str, Any]) -> tuple[Given, ...]:
    """The inputs of one call."""
    args, kwargs = node["args"], node["kwargs"]
    if set(node) != {"args", "kwargs"} or not isinstance(args, list) or not 1 <= len(args) <= 2:
        raise ValueError(node)
    if any(word not in UNUSED or value not in (None, True, False) for word, value in kwargs.items()):
        raise ValueError(kwargs)
    flat = args[0] if len(args) == 1 and isinstance(args[0], list) else args
    if not 1 <= len(flat) <= MOST_CALLS:
        raise ValueError(node)
    return tuple(given(entry) for entry in flat)


def given(entry: Any) -> Given:
    """One input."""
    if type(entry) in (int, float):
        return float(entry)
    if set(entry) != {"class_name", "config"} or entry["class_name"] != "__keras_tensor__":
        raise ValueError(entry)
    return call(entry["config"]["keras_history"])


def ends(inside: Mapping[str, Any], which: str) -> list[Call]:
    """What goes into a network, or comes out of it: `which` is "input_layers" or "output_layers".

    Raises:
        LearnerError: `network_not_connected` (layer).
    """
    found = inside.get(which)
    one = isinstance(found, list) and bool(found) and isinstance(found[0], str)
    entries = [found] if one else list(found.values()) if isinstance(found, dict) else found
    try:
        return [call(entry) for entry in entries or ()]
    except (LookupError, TypeError, ValueError) as error:
        raise LearnerError("network_not_connected", layer=which) from error


def call(history: Any) -> Call:
    """[name of the layer, number of the call, number of the output], the last always 0."""
    name, number, output = history
    if not isinstance(name, str) or type(number) is not int or not 0 <= number <= MOST_CALLS or output != 0:
        raise ValueError(history)
    return Call(name, number)
