"""`.keras` files for the tests: saved by Keras, taken apart, changed, put together again."""

import copy
import io
import json
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py  # type: ignore[import-untyped]
import keras
import numpy as np

from models.errors import LearnerError
from models.network.load import load_model

L = keras.layers
Config = dict[str, Any]


def saved(model: keras.Model) -> bytes:
    """The file that Keras makes of `model`."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras copies tensors in a way that NumPy gives up, and warns of lambdas
        path = Path(folder) / "network.keras"
        model.save(path)
        return path.read_bytes()


def varied(model: keras.Model, seed: int = 0) -> keras.Model:
    """`model` with every weight drawn anew, also those that begin as 0 and 1; variances stay positive."""
    draw = np.random.default_rng(seed)
    model.set_weights([draw.uniform(0.1, 0.9, weight.shape).astype(np.float32) for weight in model.get_weights()])
    for layer in model.layers:
        if isinstance(layer, L.Normalization) and layer.weights:
            layer.finalize_state()
    return model


def code_of(data: bytes) -> str:
    """The code of the refusal of `data`, or "" when it is taken."""
    try:
        load_model(data)
    except LearnerError as error:
        return error.code
    return ""


def parts_of(data: bytes) -> dict[str, bytes]:
    """Name -> bytes of what is in an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of `parts`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def plain_network() -> keras.Model:
    """A small network with weights of several kinds and a branch."""
    picture = keras.Input((9, 7, 1), name="picture")
    x = L.Conv2D(3, 3, activation="relu", name="conv")(picture)
    y = L.BatchNormalization(name="norm")(x)
    z = L.Flatten(name="flat")(L.Add(name="add")([x, y]))
    return keras.Model(picture, L.Dense(4, activation="softmax", name="dense")(z), name="network")


PLAIN = saved(plain_network())
PARTS = parts_of(PLAIN)
CONFIG: Config = json.loads(PARTS["config.json"])
LAYERS = [layer["name"] for layer in CONFIG["config"]["layers"]]


def replaced(**parts: bytes) -> bytes:
    """The plain network's file with other `config`, `metadata` or `weights`."""
    names = {"config": "config.json", "metadata": "metadata.json", "weights": "model.weights.h5"}
    return packed({**PARTS, **{names[name]: data for name, data in parts.items()}})


def told(change: Callable[[Config], Any]) -> bytes:
    """The plain network's file after `change` of its description."""
    config = copy.deepcopy(CONFIG)
    change(config)
    return replaced(config=json.dumps(config).encode())


def layer_told(name: str, change: Callable[[Config], Any]) -> bytes:
    """The plain network's file after `change` of the description of one layer."""
    return told(lambda config: change(config["config"]["layers"][LAYERS.index(name)]))


def argument(name: str, field: str, value: Any) -> bytes:
    """The plain network's file with another argument of one layer."""
    return layer_told(name, lambda layer: layer["config"].update({field: value}))


def weighed(change: Callable[[h5py.File], Any]) -> bytes:
    """The plain network's file after `change` of its weights."""
    stream = io.BytesIO(PARTS["model.weights.h5"])
    with h5py.File(stream, "r+") as file:
        change(file)
    return replaced(weights=stream.getvalue())


def sequential(*layers: keras.Layer, shape: tuple[int | None, ...] = (9, 7, 3)) -> keras.Model:
    """A chain of layers for a picture of `shape`."""
    return keras.Sequential([keras.Input(shape), *layers])
