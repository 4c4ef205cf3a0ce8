"""One layer of a description: its class and every argument compared with the lists of `kinds`."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from models.errors import LearnerError
from models.network.keras_file.kinds import FAMILIES, KINDS, READ_AND_DROPPED
from models.network.keras_file.plan import Shape
from models.network.keras_file.values import NotBuiltInError, Reader, either, flag, floats, many, name, one_of, optional, whole

COMMON: Mapping[str, Reader] = {"name": name, "trainable": flag, "dtype": floats}
DESCRIBED = frozenset(
    ("module", "class_name", "config", "registered_name", "build_config", "name", "inbound_nodes", "shared_object_id")
)
SHAPE = many(optional(whole(1, 10**9)), 2, 5)
PICTURES = either(floats, one_of("uint8"))
LONGEST_SHOWN = 60


def shown(value: Any) -> str:
    """Something from a file, cut so that it fits into a sentence."""
    text = "x".join("?" if side is None else str(side) for side in value) if isinstance(value, tuple) else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def part_name(layer: Any) -> str:
    """The name of a layer, once it is sure that this is one.

    Raises:
        LearnerError: `network_not_understood` (place), `network_layer_name` (received).
    """
    config = layer.get("config") if isinstance(layer, dict) else None
    if not isinstance(config, dict) or not isinstance(layer.get("class_name"), str):
        raise LearnerError("network_not_understood", place="layers")
    try:
        given = str(name(config.get("name")))
    except ValueError as error:
        raise LearnerError("network_layer_name", received=shown(config.get("name"))) from error
    if layer.get("name", given) != given:
        raise LearnerError("network_not_understood", place=given)
    return given


def check_class(layer: Mapping[str, Any], layer_name: str) -> None:
    """Refuse whatever is not one of Keras' own layers that stand in `KINDS`.

    Raises:
        LearnerError: `network_lambda` (layer), `network_own_layer`, `network_unknown_layer` (layer, kind).
    """
    kind = layer["class_name"]
    where = {"layer": layer_name, "kind": shown(kind)}
    if kind == "Lambda":
        raise LearnerError("network_lambda", layer=layer_name)
    if layer.get("module") != "keras.layers" or layer.get("registered_name") is not None:
        raise LearnerError("network_own_layer", **where)
    if kind not in KINDS:
        raise LearnerError("network_unknown_layer", **where)
    if not set(layer) <= DESCRIBED:
        raise LearnerError("network_not_understood", place=layer_name)


def arguments(layer: Mapping[str, Any], layer_name: str) -> dict[str, Any]:
    """The arguments that the layer is made with, its name left out.

    Raises:
        LearnerError: `network_channels_first`, `network_own_function`, `network_value_refused` (layer, kind, field, received).
    """
    kind = layer["class_name"]
    taken = {}
    for field, value in layer["config"].items():
        where = {"layer": layer_name, "kind": kind, "field": shown(field)}
        if field == "data_format" and value == "channels_first":
            raise LearnerError("network_channels_first", layer=layer_name, kind=kind)
        try:
            if field == "trainable":
                taken[field] = flag(value)
            elif field in KINDS[kind]:
                taken[field] = KINDS[kind][field](value)
            else:
                check_rest(field, value)
        except NotBuiltInError as error:
            raise LearnerError("network_own_function", **where, received=shown(written(value))) from error
        except ValueError as error:
            raise LearnerError("network_value_refused", **where, received=shown(value)) from error
    return taken


def check_rest(field: str, value: Any) -> None:
    """Refuse an argument that is not used, unless it says nothing that would matter."""
    family = field.rsplit("_", 1)[-1]
    if field in COMMON:
        COMMON[field](value)
    elif field == "data_format":
        optional(one_of("channels_last"))(value)
    elif field in READ_AND_DROPPED:
        READ_AND_DROPPED[field](value)
    elif family in FAMILIES:
        FAMILIES[family](value)
    elif value is not None and value is not False:
        raise ValueError(value)


def written(value: Any) -> str:
    """What a file calls a function or an object."""
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("registered_name") or value.get("class_name"))


def entrance(layer: Mapping[str, Any]) -> tuple[str, Shape]:
    """(name, shape without the batch axis) of an `InputLayer`.

    Raises:
        LearnerError: `network_input_refused` (received).
    """
    entry = part_name(layer)
    config = layer["config"]
    try:
        shape: Shape = SHAPE([None, *config["batch_shape"][1:]])[1:]
        PICTURES(config.get("dtype"))
    except (LookupError, TypeError, ValueError) as error:
        raise LearnerError("network_input_refused", received=shown(config.get("batch_shape"))) from error
    if config.get("sparse") or config.get("ragged") or layer.get("module") != "keras.layers" or layer.get("registered_name"):
        raise LearnerError("network_input_refused", received=shown(shape))
    return entry, shape


def place(layer: Mapping[str, Any], above: str, counts: Counter[str]) -> str:
    """The group of a file that holds the weights of `layer`, the next one in the group `above`.

    Keras calls the groups after the classes, counted: "layers/conv2d", "layers/conv2d_1".
    """
    snake = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", layer["class_name"])
    snake = re.sub("([a-z])([A-Z])", r"\1_\2", snake).lower()
    counts[snake] += 1
    number = f"_{counts[snake] - 1}" if counts[snake] > 1 else ""
    return f"{above}layers/{snake}{number}"
