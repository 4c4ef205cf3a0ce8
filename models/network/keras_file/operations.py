"""Arithmetic on tensors (`x + y`, `x / 255`, `keras.ops.relu(x)`) as the layers that compute the same."""

from collections.abc import Callable, Mapping
from typing import Any

from models.errors import LearnerError
from models.network.keras_file.kinds import KINDS
from models.network.keras_file.plan import Call, Part
from models.network.keras_file.wiring import Given, calls

MERGED: Mapping[tuple[str, str], str] = {
    ("keras.src.ops.numpy", "Add"): "Add",
    ("keras.src.ops.numpy", "Subtract"): "Subtract",
    ("keras.src.ops.numpy", "Multiply"): "Multiply",
    ("keras.src.ops.numpy", "Maximum"): "Maximum",
    ("keras.src.ops.numpy", "Minimum"): "Minimum",
    ("keras.src.ops.numpy", "Concatenate"): "Concatenate",
}
"""(module, class) of an operation on several tensors -> layer."""

APPLIED: Mapping[tuple[str, str], str] = {
    ("keras.src.ops.nn", "Relu"): "relu",
    ("keras.src.ops.nn", "Relu6"): "relu6",
    ("keras.src.ops.nn", "Sigmoid"): "sigmoid",
    ("keras.src.ops.nn", "Silu"): "silu",
    ("keras.src.ops.nn", "Softmax"): "softmax",
    ("keras.src.ops.numpy", "Tanh"): "tanh",
}
"""(module, class) of an operation on one tensor -> activation function."""


def is_operation(layer: Mapping[str, Any]) -> bool:
    """Whether `layer` stands for arithmetic that a layer can do."""
    return kind_of(layer) in {*MERGED, *APPLIED, RELU, *DIVIDED}


def kind_of(layer: Mapping[str, Any]) -> tuple[str, str]:
    """(module, class), or ("", "")."""
    module, kind = layer.get("module"), layer.get("class_name")
    return (module, kind) if isinstance(module, str) and isinstance(kind, str) else ("", "")


RELU = ("keras.src.activations.activations", "ReLU")
DIVIDED = (("keras.src.ops.numpy", "Divide"), ("keras.src.ops.numpy", "TrueDivide"))


def translate(layer: Mapping[str, Any], name: str) -> Part:
    """The layer called `name` that does what the operation `layer` does.

    Raises:
        LearnerError: `network_operation` (layer, kind), when no layer does.
    """
    refused = LearnerError("network_operation", layer=name, kind=kind_of(layer)[1])
    config = layer.get("config")
    given = calls(layer)
    if not isinstance(config, dict) or len(given) != 1:
        raise refused
    try:
        kind, arguments = meaning(kind_of(layer), config, given[0])
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise refused from error
    tensors = tuple(entry for entry in given[0] if isinstance(entry, Call))
    return Part(name, kind, "", (tensors,), arguments)


def meaning(kind: tuple[str, str], config: Mapping[str, Any], given: tuple[Given, ...]) -> tuple[str, dict[str, Any]]:
    """(layer, its arguments) for an operation on `given`."""
    tensors = [entry for entry in given if isinstance(entry, Call)]
    if kind in MERGED and len(tensors) == len(given):
        axis = {"axis": KINDS["Concatenate"]["axis"](config["axis"])} if kind[1] == "Concatenate" else {}
        return MERGED[kind], axis
    if len(given) == 2 and len(tensors) == 1:
        number = next(entry for entry in given if not isinstance(entry, Call))
        scale, offset = LINEAR[kind[1], isinstance(given[0], Call)](number)
        return "Rescaling", {"scale": scale, "offset": offset}
    if len(given) != 1:
        raise ValueError(kind)
    if kind == RELU:
        return "ReLU", {field: reader(config[field]) for field, reader in KINDS["ReLU"].items()}
    if config.get("axis", -1) != -1:
        raise ValueError(config)
    return "Activation", {"activation": APPLIED[kind]}


LINEAR: Mapping[tuple[str, bool], Callable[[float], tuple[float, float]]] = {
    ("Add", True): lambda number: (1.0, number),
    ("Add", False): lambda number: (1.0, number),
    ("Subtract", True): lambda number: (1.0, -number),
    ("Subtract", False): lambda number: (-1.0, number),
    ("Multiply", True): lambda number: (number, 0.0),
    ("Multiply", False): lambda number: (number, 0.0),
    ("Divide", True): lambda number: (1 / number, 0.0),
    ("TrueDivide", True): lambda number: (1 / number, 0.0),
}
"""(operation with a number, whether the tensor stands first) -> (factor, summand) of the tensor."""
