"""Descriptions that carry code, lie, or describe what nobody can compute: name -> (bytes, code of the refusal).

`CANARY` is a command that would leave a file behind; no reader may ever run it.
"""

import base64
import json
import marshal
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.models.network.keras_files import CONFIG, Config, argument, layer_told, replaced, told

CANARY_FILE = Path(tempfile.gettempdir()) / "convscope-canary"
CANARY = f"open({str(CANARY_FILE)!r}, 'w').close()"
CODE = base64.b64encode(marshal.dumps(compile(CANARY, "canary", "exec"))).decode()
File = tuple[bytes, str]
Make = Callable[[], File]


def swapped(name: str, **layer: Any) -> bytes:
    """The plain network with another kind of layer under this name."""
    return layer_told(name, lambda told: told.update(layer))


def foreign(module: Any, class_name: Any, registered: Any = None, /, **config: Any) -> bytes:
    """The plain network with a layer from elsewhere."""
    inner = {"name": "conv", "trainable": True, **config}
    return swapped("conv", module=module, class_name=class_name, config=inner, registered_name=registered)


LAMBDA = {"class_name": "__lambda__", "config": {"value": CODE}}
OBJECTS: dict[str, Any] = {
    "a lambda": LAMBDA,
    "a lambda of the first kind": {"module": "builtins", "class_name": "function", "config": [CODE, None, None]},
    "a function": {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"},
    "a system call": {"module": "os", "class_name": "system", "config": {"command": CANARY}, "registered_name": None},
    "a process": {"module": "subprocess", "class_name": "Popen", "config": {"args": CANARY}, "registered_name": None},
    "a download": {"module": "keras.utils", "class_name": "get_file", "config": {"origin": "file:///etc/passwd"}},
    "a loader": {"module": "keras.saving", "class_name": "load_model", "config": {"filepath": "/tmp/x.keras"}},
    "Keras' own unpacker of code": {"module": "keras.src.utils.python_utils", "class_name": "func_load", "config": CODE},
    "a registered name": {"module": None, "class_name": "Canary", "config": {}, "registered_name": "tests>Canary"},
    "a registered name under a cover": {
        "module": "keras.initializers",
        "class_name": "Zeros",
        "config": {},
        "registered_name": "tests>Canary",
    },
    "code in an initializer": {"module": "keras.initializers", "class_name": "Constant", "config": {"value": LAMBDA}},
    "an array": {"class_name": "__numpy__", "config": {"value": [1], "dtype": "O"}},
    "a class that is a list": {"module": "keras.initializers", "class_name": ["Zeros"], "config": {}},
    "a name": "canary",
    "a path": "os.system",
    "a list of code": [LAMBDA],
}
"""Name -> what stands where Keras would make an object or call a function."""

FIELDS = ("activation", "kernel_initializer", "kernel_regularizer", "bias_constraint", "activity_regularizer", "dtype")

LAYERS_FROM_ELSEWHERE: dict[str, Make] = {
    "a Lambda layer": lambda: (foreign("keras.layers", "Lambda", function=LAMBDA), "network_lambda"),
    "a Lambda layer by name": lambda: (foreign("keras.layers", "Lambda", function="eval"), "network_lambda"),
    "a Lambda layer from elsewhere": lambda: (foreign("keras", "Lambda", function=LAMBDA), "network_lambda"),
    "a saved model": lambda: (foreign("keras.layers", "TFSMLayer", filepath="/tmp/x"), "network_unknown_layer"),
    "a Torch module": lambda: (foreign("keras.layers", "TorchModuleWrapper", module=CODE), "network_unknown_layer"),
    "a recurrent layer": lambda: (foreign("keras.layers", "LSTM", units=3), "network_unknown_layer"),
    "a wrapper": lambda: (foreign("keras.layers", "TimeDistributed", layer=LAMBDA), "network_unknown_layer"),
    "an attribute of Keras": lambda: (foreign("keras.layers", "__builtins__"), "network_unknown_layer"),
    "a layer of its own": lambda: (foreign("__main__", "Mine", "tests>Mine"), "network_own_layer"),
    "a registered layer": lambda: (foreign("keras.layers", "Conv2D", "tests>Canary"), "network_own_layer"),
    "a layer of another package": lambda: (foreign("builtins", "Conv2D"), "network_own_layer"),
    "a layer from inside Keras": lambda: (foreign("keras.src.layers", "Conv2D"), "network_own_layer"),
    "a system call as layer": lambda: (foreign("os", "system", command=CANARY), "network_own_layer"),
    "a process as operation": lambda: (foreign("keras.src.ops.core", "Map", function=LAMBDA), "network_own_layer"),
    "an operation that no layer does": lambda: (foreign("keras.src.ops.numpy", "Einsum"), "network_own_layer"),
    "a module that is a list": lambda: (foreign(["os"], "system"), "network_own_layer"),
    "a class that is a list": lambda: (foreign("keras.layers", ["Conv2D"]), "network_not_understood"),
    "a class that is missing": lambda: (layer_told("conv", lambda layer: layer.pop("class_name")), "network_not_understood"),
    "a function as layer's hook": lambda: (
        layer_told("conv", lambda layer: layer.update(hook=LAMBDA)),
        "network_not_understood",
    ),
}

NETWORKS: dict[str, Callable[[Config], Any]] = {
    "network_own_model": lambda config: config.update(class_name="Mine", registered_name="tests>Mine"),
    "network_own_model ": lambda config: config.update(module="__main__"),
    "network_own_model  ": lambda config: config.update(registered_name="tests>Functional"),
    "network_own_model   ": lambda config: config["config"].update(get_config=LAMBDA),
    "network_not_understood": lambda config: config.update(config=[]),
    "network_not_understood ": lambda config: config["config"].update(layers=None),
    "network_not_understood  ": lambda config: config["config"]["layers"].append("layer"),
    "network_not_understood   ": lambda config: config["config"]["layers"].append(config["config"]["layers"][1]),
    "network_inputs": lambda config: config["config"].update(input_layers=[["picture", 0, 0], ["conv", 0, 0]]),
    "network_inputs ": lambda config: config["config"]["layers"].pop(0),
    "network_outputs": lambda config: config["config"].update(output_layers=[]),
    "network_outputs ": lambda config: config["config"].update(output_layers={"a": ["conv", 0, 0], "b": ["dense", 0, 0]}),
    "network_outputs  ": lambda config: config["config"].update(output_layers=["picture", 0, 0]),
    "network_not_connected": lambda config: config["config"].update(output_layers=["nowhere", 0, 0]),
    "network_not_connected ": lambda config: config["config"].update(output_layers=["dense", 7, 0]),
    "network_not_connected  ": lambda config: config["config"].update(output_layers=["dense", -1, 0]),
    "network_not_connected   ": lambda config: config["config"].update(output_layers=[LAMBDA]),
    "too_many_layers": lambda config: config["config"].update(layers=config["config"]["layers"] * 200),
}
"""Code of the refusal (with blanks, to be another key) -> change of the description."""


def deep(levels: int, calls: int) -> bytes:
    """Networks within networks, each calling the inner one several times."""

    def change(config: Config) -> None:
        for _ in range(levels):
            inner = {**CONFIG, "config": {**config["config"], "name": "inner"}, "name": "inner"}
            inner["inbound_nodes"] = [tensor("picture")] * calls
            config["config"] = {**config["config"], "layers": [CONFIG["config"]["layers"][0], inner]}
            config["config"]["output_layers"] = ["inner", calls, 0]

    return told(change)


def tensor(name: Any, number: Any = 0, output: Any = 0) -> dict[str, Any]:
    """What flows into a call."""
    history = {"shape": [None, 7, 5, 3], "dtype": "float32", "keras_history": [name, number, output]}
    return {"args": [{"class_name": "__keras_tensor__", "config": history}], "kwargs": {}}


WIRES: dict[str, Any] = {
    "nothing": [],
    "no list": "conv",
    "many calls": [tensor("picture")] * 10_000,
    "itself": [tensor("conv")],
    "a later one": [tensor("dense")],
    "nowhere": [tensor("nowhere")],
    "a later call": [tensor("picture", 1)],
    "a call before the first": [tensor("picture", -1)],
    "a call that is a list": [tensor("picture", [0])],
    "a second output": [tensor("picture", 0, 1)],
    "a name that is a list": [tensor(["picture"])],
    "the words of Keras 2": [[["picture", 0, 0, {"function": LAMBDA}]]],
    "a lambda": [{"args": [LAMBDA], "kwargs": {}}],
    "an argument besides": [{**tensor("picture"), "kwargs": {"function": LAMBDA}}],
    "arguments that are a list": [{**tensor("picture"), "kwargs": [1]}],
    "a number": [{"args": [3.0], "kwargs": {}}],
    "a type": [{"args": [{"class_name": "__typespec__", "config": {"module": "os"}}], "kwargs": {}}],
    "null": [None],
}
"""Name -> what flows into the convolution."""

VALUES: dict[str, tuple[str, str, Any, str]] = {
    "a billion filters": ("conv", "filters", 10**9, "network_value_refused"),
    "filters that the file does not hold": ("conv", "filters", 65_536, "network_weights_shape"),
    "a window larger than the map": ("conv", "kernel_size", [200, 200], "network_weights_shape"),
    "a very large window": ("conv", "kernel_size", [10**6, 1], "network_value_refused"),
    "three sides": ("conv", "kernel_size", [1, 1, 1], "network_value_refused"),
    "a negative stride": ("conv", "strides", [-1, 1], "network_value_refused"),
    "a stride of 0": ("conv", "strides", 0, "network_value_refused"),
    "half a filter": ("conv", "filters", 2.5, "network_value_refused"),
    "filters that are a text": ("conv", "filters", "3", "network_value_refused"),
    "filters that are true": ("conv", "filters", True, "network_value_refused"),
    "padding that is code": ("conv", "padding", LAMBDA, "network_value_refused"),
    "padding of another kind": ("conv", "padding", "causal", "network_value_refused"),
    "the channels first": ("conv", "data_format", "channels_first", "network_channels_first"),
    "no batch normalisation of ours": ("norm", "renorm", True, "network_value_refused"),
    "an axis out of nowhere": ("norm", "axis", 9, "network_value_refused"),
    "an axis that is too large": ("norm", "axis", 2, "network_weights_shape"),
    "epsilon below zero": ("norm", "epsilon", -1.0, "network_value_refused"),
    "numbers of another kind": ("conv", "dtype", "int8", "network_value_refused"),
    "quantised": ("dense", "quantization_config", {"mode": "int8"}, "network_value_refused"),
    "a name with a path": ("conv", "name", "../conv", "network_layer_name"),
    "a name that is very long": ("conv", "name", "a" * 1000, "network_layer_name"),
    "a name that is empty": ("conv", "name", "", "network_layer_name"),
    "a name that is no text": ("conv", "name", {"a": 1}, "network_layer_name"),
    "a name with markup": ("conv", "name", "<script>alert(1)</script>", "network_layer_name"),
    "another name": ("conv", "name", "other", "network_not_understood"),
    "no picture": ("picture", "batch_shape", [None, 100], "network_input_refused"),
    "a very large picture": ("picture", "batch_shape", [None, 10**6, 10**6, 1], "network_input_refused"),
    "a picture of very many channels": ("picture", "batch_shape", [None, 9, 7, 10**6], "network_input_refused"),
    "unknown channels": ("picture", "batch_shape", [None, 9, 7, None], "network_input_refused"),
    "a film": ("picture", "batch_shape", [None, 9, 9, 7, 1], "network_input_refused"),
    "a shape that is code": ("picture", "batch_shape", LAMBDA, "network_input_refused"),
    "a picture of text": ("picture", "dtype", "string", "network_input_refused"),
    "a ragged picture": ("picture", "ragged", True, "network_input_refused"),
    "a picture that does not fit": ("picture", "batch_shape", [None, 2, 2, 1], "network_layer_does_not_fit"),
    "another picture": ("picture", "batch_shape", [None, 9, 9, 1], "network_weights_shape"),
}
"""Name -> (layer, argument, value, code of the refusal)."""


def layer(kind: str, **config: Any) -> dict[str, Any]:
    """The description of a layer of Keras."""
    named = {"name": kind.lower(), **config}
    return {"module": "keras.layers", "class_name": kind, "config": named, "registered_name": None}


def chained(*layers: dict[str, Any], shape: tuple[int | None, ...] = (1000, 1000, 3)) -> bytes:
    """A Sequential network without weights."""
    entry = layer("InputLayer", batch_shape=[None, *shape], dtype="float32")
    inner = {
        "name": "chain",
        "layers": [entry, *({**one, "config": {**one["config"], "name": f"l{n}"}} for n, one in enumerate(layers))],
    }
    network = {"module": "keras", "class_name": "Sequential", "config": inner, "registered_name": None}
    return replaced(config=json.dumps(network).encode())


GROWING: dict[str, Make] = {
    "enlarged without end": lambda: (
        chained(*[layer("UpSampling2D", size=[256, 256])] * 8),
        "network_maps_too_large",
    ),
    "padded without end": lambda: (
        chained(*[layer("ZeroPadding2D", padding=[[1024, 1024], [1024, 1024]])] * 30),
        "network_maps_too_large",
    ),
    "copied without end": lambda: (chained(*[layer("ReLU")] * 300), "network_maps_too_large"),
    "pooled for ever": lambda: (
        chained(*[layer("MaxPooling2D", pool_size=[256, 256], strides=[1, 1], padding="same")] * 3),
        "network_too_slow",
    ),
    "pooled away": lambda: (chained(layer("MaxPooling2D", pool_size=200), shape=(9, 7, 3)), "network_layer_does_not_fit"),
    "cropped away": lambda: (chained(layer("Cropping2D", cropping=9), shape=(None, None, 3)), ""),
    "cropped away whatever comes": lambda: (
        chained(layer("Cropping2D", cropping=600), shape=(None, None, 3)),
        "network_no_size_fits",
    ),
    "a chain without layers": lambda: (chained(), "network_outputs"),
    "a chain that begins nowhere": lambda: (told(lambda c: c.update(CHAIN_WITHOUT_INPUT)), "network_inputs"),
    "a shape that does not fit": lambda: (chained(layer("Reshape", target_shape=[7, 7])), "network_layer_does_not_fit"),
    "axes that do not exist": lambda: (chained(layer("Permute", dims=[1, 2])), "network_layer_does_not_fit"),
    "numbers that overflow": lambda: (
        chained(*[layer("Rescaling", scale=1e30, offset=1.0)] * 3, shape=(9, 7, 3)),
        "network_does_not_answer",
    ),
    "a mean that does not fit": lambda: (
        chained(layer("Normalization", axis=[-1], mean=[1.0] * 5, variance=[1.0] * 5), shape=(9, 7, 3)),
        "network_layer_does_not_fit",
    ),
    "nested very deep": lambda: (deep(6, 1), "nested_too_deeply"),
    "nested and called over and over": lambda: (deep(3, 20), "too_many_layers"),
}

CHAIN_WITHOUT_INPUT: Config = {
    "module": "keras",
    "class_name": "Sequential",
    "config": {"name": "chain", "layers": [layer("ReLU")]},
    "registered_name": None,
}


def valued(change: tuple[str, str, Any], code: str) -> File:
    return argument(*change), code


def wired(nodes: Any, code: str) -> File:
    return swapped("conv", inbound_nodes=nodes), code


def described(change: Callable[[Config], Any], code: str) -> File:
    return told(change), code


def networks() -> Iterator[tuple[str, Make]]:
    """Every hostile description."""
    for place in FIELDS:
        for name, value in OBJECTS.items():
            code = "network_value_refused" if place == "dtype" and not isinstance(value, dict) else "network_own_function"
            yield f"{name} as {place}", partial(valued, ("conv", place, value), code)
    yield from LAYERS_FROM_ELSEWHERE.items()
    yield from GROWING.items()
    for code, change in NETWORKS.items():
        yield f"network: {code}", partial(described, change, code.strip())
    for name, nodes in WIRES.items():
        yield f"fed from {name}", partial(wired, nodes, "too_many_layers" if name == "many calls" else "network_not_connected")
    for name, (layer_name, field, value, code) in VALUES.items():
        yield name, partial(valued, (layer_name, field, value), code)
