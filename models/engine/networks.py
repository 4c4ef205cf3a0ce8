"""Networks that a worker keeps open. Only workers import this module, and with it Keras."""

import hashlib
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import keras

from models.arrays import BatchArray
from models.errors import LearnerError
from models.network.build import build
from models.network.findings import Opening
from models.network.guess import guess
from models.network.inventory import inventory
from models.network.load import load_model
from models.network.notation import parse
from models.network.preprocessing import numbers
from models.network.shapes import walk
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.network import NetworkSpec
from models.specs.preprocessing import PreprocessingSpec
from models.specs.training import TrainingSpec
from models.training.plain import from_plain
from models.training.steps import path_of
from models.training.store import Run, Store

MOST_OPEN = 24
MOST_NUMBERS = 40_000_000
"""Weights of all open networks together: 160 MB."""


MOST_PARAMETERS = 150_000_000
"""Of one network: VGG-16 has 138 million, and takes 1.3 GB of a worker while it is built."""


class Opened(NamedTuple):
    """A network that is ready to be looked at. It is shared by all who ask: never change it.

    Attributes:
        model: built, with its weights.
        class_names: of its answers; empty where nobody knows them.
        preprocessing: how `preprocess` works.
    """

    model: keras.Model
    class_names: tuple[str, ...]
    preprocessing: PreprocessingSpec

    def preprocess(self, images: BatchArray) -> BatchArray:
        """`images` (images, height, width, channels), 0 to 1, in the shape that the network takes, as its own numbers.

        Raises:
            LearnerError: `preprocessing_numbers`, `preprocessing_deviation`.
        """
        return numbers(images, self.preprocessing)


_open: OrderedDict[NetworkSource, tuple[keras.Model, tuple[str, ...]]] = OrderedDict()


def opened(source: NetworkSource) -> Opened:
    """The network of `source`, from the first time on kept open.

    Raises:
        LearnerError: `run_unknown` (run), `epoch_gone` (run, epoch, epochs), `network_file_gone`, `network_link_unknown`
            (received, options), `network_too_large_to_open` (parameters, limit), and those of
            `models.network.build.build` and `models.network.load.load_model`.
    """
    key = replace(source, preprocessing=PreprocessingSpec())
    if key in _open:
        _open.move_to_end(key)
    else:
        _open[key] = _made(source)
        while len(_open) > 1 and (len(_open) > MOST_OPEN or _numbers() > MOST_NUMBERS):
            _open.popitem(last=False)
    return Opened(*_open[key], source.preprocessing)


def open_network(source: NetworkSource) -> Opening:
    """What pages need to know of a network before they ask more.

    Raises:
        LearnerError: as `opened`.
    """
    model, class_names, _ = opened(source)
    return Opening(inventory(model), class_names, *guess(model))


def _numbers() -> int:
    return sum(model.count_params() for model, _ in _open.values())


def _made(source: NetworkSource) -> tuple[keras.Model, tuple[str, ...]]:
    match source.kind:
        case "layers":
            return build(affordable(parse(source.layers, source.input)), source.seed), ()
        case "run":
            return _of_run(source.name, source.epoch)
        case "shipped":
            return _shipped(source.name)
        case "file":
            return _of_file(source.path, source.name), ()
    raise ValueError(f"source: expected layers, run, shipped or file; received {source.kind!r}")


def affordable(spec: NetworkSpec) -> NetworkSpec:
    """`spec`, when a worker can hold it.

    Raises:
        LearnerError: `network_too_large_to_open` (parameters, limit), and those of `models.network.shapes.walk`.
    """
    total = sum(row.parameters for row in walk(spec))
    if total > MOST_PARAMETERS:
        raise LearnerError("network_too_large_to_open", parameters=f"{total:,}", limit=f"{MOST_PARAMETERS:,}")
    return spec


def _of_run(name: str, epoch: int) -> tuple[keras.Model, tuple[str, ...]]:
    store = Store()
    run = store.read(name)
    if not run:
        raise LearnerError("run_unknown", run=name)
    model = build(affordable(parse(run.layers, run.input)), from_plain(TrainingSpec, run.training).seed)
    if epoch:
        weights = store.weights(name, epoch)
        if not weights:
            raise LearnerError("epoch_gone", run=name, epoch=epoch, epochs=store.epochs(name))
        for variable in model.variables:
            variable.assign(weights[path_of(variable)])
    return model, class_names_of(store, run)


def _shipped(name: str) -> tuple[keras.Model, tuple[str, ...]]:
    card = SHIPPED.get(name)
    if not card:
        raise LearnerError("network_link_unknown", received=name, options=tuple(SHIPPED))
    return load_model(card.file().read_bytes()), card.made.class_names if card.made else ()


def class_names_of(store: Store, run: Run) -> tuple[str, ...]:
    """The classes of a run's data, as it told them when it began; none before."""
    names = store.record(run.id).get("classes")
    return () if names is None else tuple(str(name) for name in names)


def _of_file(path: str, digest: str) -> keras.Model:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise LearnerError("network_file_gone") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise LearnerError("network_file_gone")
    return load_model(data)
