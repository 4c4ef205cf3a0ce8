"""From the description in a file to a plan: Sequential and Functional networks, also within one another."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from models.errors import LearnerError
from models.network.keras_file.kinds import MERGING
from models.network.keras_file.operations import is_operation, translate
from models.network.keras_file.parts import arguments, check_class, check_rest, entrance, part_name, place, shown
from models.network.keras_file.plan import DEEPEST_NESTING, MOST_CALLS, Call, Part, Plan
from models.network.keras_file.wiring import calls, ends

MODELS: Mapping[str, tuple[str, ...]] = {
    "Sequential": ("keras", "keras.models", "keras.src.models.sequential"),
    "Functional": ("keras", "keras.models", "keras.src.models.functional"),
}
"""Class of a network -> the modules it may be said to come from."""

CONTENTS = frozenset(("layers", "input_layers", "output_layers", "build_input_shape"))
LARGEST_SIDE = 1024
MOST_CHANNELS = 512


def describe(config: Mapping[str, Any]) -> Plan:
    """The network that a file's `config.json` describes.

    Raises:
        LearnerError: see `network`, and `network_input_refused` (received) when what comes in is no picture.
    """
    plan = network(config, "", 0)
    shape = plan.shape if len(plan.shape) == 3 else (*plan.shape, 1)
    sides_fit = len(shape) == 3 and all(side is None or side <= LARGEST_SIDE for side in shape[:2])
    if not sides_fit or shape[2] is None or shape[2] > MOST_CHANNELS:
        raise LearnerError("network_input_refused", received=shown(plan.shape))
    return plan


def network(config: Any, above: str, depth: int) -> Plan:
    """The network that `config` describes, whose weights are in the group `above`.

    Raises:
        LearnerError: `network_own_model` (kind), `network_not_understood` (place), `network_inputs`, `network_outputs`
            (count), `network_not_connected` (layer), `too_many_layers` (count, limit), `nested_too_deeply` (limit), and
            for single layers those of `models.network.keras_file.parts` and `operations`.
    """
    if depth > DEEPEST_NESTING:
        raise LearnerError("nested_too_deeply", limit=DEEPEST_NESTING)
    if not is_model(config):
        raise LearnerError("network_own_model", kind=shown(config.get("class_name")))
    name, inside = part_name(config), config["config"]
    layers = inside.get("layers")
    if not isinstance(layers, list):
        raise LearnerError("network_not_understood", place=name)
    if len(layers) > MOST_CALLS:
        raise LearnerError("too_many_layers", count=len(layers), limit=MOST_CALLS)
    try:
        for field in set(inside) - CONTENTS:
            check_rest(field, inside[field])
    except ValueError as error:
        raise LearnerError("network_own_model", kind=config["class_name"]) from error
    plan = (chain if config["class_name"] == "Sequential" else graph)(name, inside, above, depth)
    check_size(plan)
    return plan


def is_model(config: Mapping[str, Any]) -> bool:
    """Whether `config` describes one of Keras' own kinds of network."""
    kind = config.get("class_name")
    known = isinstance(kind, str) and config.get("module") in MODELS.get(kind, ())
    return known and config.get("registered_name") in (None, kind)


def chain(name: str, inside: Mapping[str, Any], above: str, depth: int) -> Plan:
    """A Sequential model."""
    first, *layers = inside["layers"] or [{}]
    if not isinstance(first, dict) or first.get("class_name") != "InputLayer":
        raise LearnerError("network_inputs", count=0)
    entry, shape = entrance(first)
    last, parts = Call(entry), []
    counts: Counter[str] = Counter()
    for layer in layers:
        parts.append(part(layer, ((last,),), above, counts, depth))
        last = Call(parts[-1].name)
    return Plan(name, shape, entry, last, tuple(parts), chain=True)


def graph(name: str, inside: Mapping[str, Any], above: str, depth: int) -> Plan:
    """A Functional model."""
    layers = {part_name(layer): layer for layer in inside["layers"]}
    if len(layers) < len(inside["layers"]):
        raise LearnerError("network_not_understood", place=name)
    inputs, outputs = ends(inside, "input_layers"), ends(inside, "output_layers")
    entries = [layer for layer in layers.values() if layer["class_name"] == "InputLayer"]
    if len(inputs) != 1 or len(entries) != 1:
        raise LearnerError("network_inputs", count=max(len(inputs), len(entries)))
    if len(outputs) != 1:
        raise LearnerError("network_outputs", count=len(outputs))
    entry, shape = entrance(entries[0])
    counts: Counter[str] = Counter()
    parts = tuple(wired(layer, above, counts, depth) for layer in layers.values() if layer is not entries[0])
    leaving = outputs[0]
    if layers.get(leaving.part, {}).get("class_name") == "Functional":
        leaving = Call(leaving.part, leaving.number - 1)  # Keras counts the making of an inner Functional model as a call
    return Plan(name, shape, entry, leaving, parts)


def wired(layer: Mapping[str, Any], above: str, counts: Counter[str], depth: int) -> Part:
    """One layer of a Functional model."""
    if is_operation(layer):
        return translate(layer, part_name(layer))
    sources = calls(layer)
    tensors = tuple(tuple(given for given in call if isinstance(given, Call)) for call in sources)
    several = layer["class_name"] in MERGING
    if any(len(kept) != len(call) or (len(kept) != 1 and not several) for kept, call in zip(tensors, sources, strict=True)):
        raise LearnerError("network_not_connected", layer=part_name(layer))
    return part(layer, tensors, above, counts, depth)


def part(layer: Any, sources: tuple[tuple[Call, ...], ...], above: str, counts: Counter[str], depth: int) -> Part:
    """One layer that gets its inputs from `sources`."""
    name = part_name(layer)
    where = place(layer, above, counts)
    if is_model(layer):
        return Part(name, layer["class_name"], where, sources, {}, network(layer, f"{where}/", depth + 1))
    check_class(layer, name)
    return Part(name, layer["class_name"], where, sources, arguments(layer, name))


def check_size(plan: Plan) -> None:
    """Refuse two layers of one name, and more layers than are taken."""
    names = Counter([plan.entry, *(part.name for part in plan.parts)])
    if max(names.values()) > 1:
        raise LearnerError("network_not_understood", place=plan.name)
    if plan.calls > MOST_CALLS:
        raise LearnerError("too_many_layers", count=plan.calls, limit=MOST_CALLS)
