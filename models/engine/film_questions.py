"""What pages ask about the kernels of a layer: over the epochs, trained and untrained, and how good both networks are."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

import keras
import numpy as np

from models.arrays import ImageArray
from models.datasets.dataset import Indices
from models.engine.firing_data import MOST_PRODUCTS, as_taken, costs, own
from models.engine.networks import opened
from models.errors import LearnerError
from models.network.build import build
from models.network.film import film, most_epochs, page_of, shrunk, thinned
from models.network.learnt import answers, kernel_set
from models.network.learnt_values import Answers, Film, FilmLook, Judged, KernelSet
from models.network.notation import parse
from models.network.outputs import probabilities
from models.network.run import runner
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.training import TrainingSpec
from models.training.files import Arrays
from models.training.judge import parts_of
from models.training.plain import from_plain
from models.training.steps import path_of
from models.training.store import Store

MOST_JUDGED = 1000
AT_ONCE = 100
MOST_MODELS = 3
MOST_WEIGHTS = 10_000_000
"""Numbers of all kept epochs together: 40 MB."""

MOST_RIGHT = 200

_right: OrderedDict[NetworkSource, int] = OrderedDict()
_models: OrderedDict[str, keras.Model] = OrderedDict()
_weights: OrderedDict[tuple[str, int], Arrays] = OrderedDict()


def untrained(source: NetworkSource) -> NetworkSource | None:
    """The same network before its first batch; None where nobody knows it, or `source` is not trained."""
    if source.kind == "run" and source.epoch:
        return replace(source, epoch=0)
    if source.kind == "shipped" and source.name in SHIPPED:
        card = SHIPPED[source.name]
        seed = card.training.seed
        return NetworkSource("layers", input=card.input, layers=card.layers, seed=seed, preprocessing=source.preprocessing)
    return None


def kernel_film(source: NetworkSource, epochs: tuple[int, ...], layer: str, picture: ImageArray, look: FilmLook) -> Film:
    """Kernels, their maps of one picture and the network's answers, epoch by epoch.

    Args:
        source: the network; of a run any epoch.
        epochs: of a run those that there are, in order, from 0; otherwise they are left to this function.
        layer: one that writes weighted sums, see `models.network.inspect.inventory`.
        picture: (height, width, channels), 0 to 1, before its preprocessing.
        look: which part of it.

    Raises:
        LearnerError: those of `opened`.
        ValueError: for an unknown layer, and for one without kernels.
    """
    source = replace(source, epoch=epochs[-1]) if source.kind == "run" else source
    network = opened(source)
    known = kernel_set(network.model, layer)
    images = network.preprocess(picture[None])
    if source.kind == "run":
        epochs = thinned(epochs, most_epochs(known, look), look.epoch)
    elif source.kind == "shipped":
        epochs = (0, SHIPPED[source.name].training.epochs)
    else:
        epochs = (0,)
    filters = page_of(known, look).filters

    def looked(model: keras.Model) -> tuple[KernelSet, Answers]:
        made = answers(model, layer, images)
        # What is not shown goes at once: of large maps and many epochs there would be too much.
        return kernel_set(model, layer), made._replace(maps=shrunk(made.maps[filters], len(epochs)))

    return film(layer, epochs, [looked(model) for model in _at(source, epochs)], look)


def _at(source: NetworkSource, epochs: tuple[int, ...]) -> Iterator[keras.Model]:
    """The network after each of `epochs`; of a run it is one model, which the next one changes."""
    if source.kind == "run":
        model = _model(source.name)
        for epoch in epochs:
            kept = _epoch(source.name, epoch, model)
            for variable in model.variables:
                variable.assign(kept[path_of(variable)])
            yield model
        return
    before = untrained(source)
    yield from (opened(known).model for known in (before, source) if known)


def _model(name: str) -> keras.Model:
    """A model of the run that belongs to this file: others may not be changed."""
    if name not in _models:
        run = Store().read(name)
        if not run:
            raise LearnerError("run_unknown", run=name)
        _models[name] = build(parse(run.layers, run.input), from_plain(TrainingSpec, run.training).seed)
        _weights[name, 0] = {path_of(variable): variable.numpy() for variable in _models[name].variables}
        while len(_models) > MOST_MODELS:
            gone, _ = _models.popitem(last=False)
            for key in [key for key in _weights if key[0] == gone]:
                del _weights[key]
    _models.move_to_end(name)
    return _models[name]


def _epoch(name: str, epoch: int, model: keras.Model) -> Arrays:
    key = (name, epoch)
    if key not in _weights:
        kept = Store().weights(name, epoch)
        if not kept:
            raise LearnerError("epoch_gone", run=name, epoch=epoch, epochs=Store().epochs(name))
        size = model.count_params()
        while (len(_weights) + 1) * size > MOST_WEIGHTS and any(key[1] for key in _weights):
            del _weights[next(key for key in _weights if key[1])]
        _weights[key] = kept
    return _weights[key]


def kernel_judged(source: NetworkSource) -> Judged | None:
    """How good a trained network and the same untrained one are on pictures that neither has learnt from.

    None where there is no untrained one.

    Raises:
        LearnerError: those of `opened`, of `models.datasets.choose.data_of`, and `network_without_classes`.
    """
    before = untrained(source)
    if before is None:
        return None
    network = opened(source)
    graph = runner(network.model).network
    data = own(source, graph.shape)
    test = test_part(source)
    picture = tuple(size or known for size, known in zip((*graph.shape, 1)[:3], data.image_shape, strict=True))
    products = costs(network.model, graph.steps[graph.output].name, picture)[0]
    count = min(len(test), MOST_JUDGED, max(AT_ONCE, MOST_PRODUCTS // max(products, 1)))
    chosen = test[np.arange(count) * len(test) // count]
    images = as_taken(data, chosen, picture, source.preprocessing).astype(np.float32) / np.float32(255)
    right = []
    for one in (before, source):
        if one not in _right:
            guesses = [
                probabilities(opened(one).model, network.preprocess(images[start : start + AT_ONCE])).argmax(axis=1)
                for start in range(0, count, AT_ONCE)
            ]
            _right[one] = int((np.concatenate(guesses) == data.labels[chosen]).sum())
        right.append(_right[one])
    while len(_right) > MOST_RIGHT:
        _right.popitem(last=False)
    return Judged(right[0], right[1], count, len(test), data.name)


def test_part(source: NetworkSource) -> Indices:
    """The numbers of the pictures that were kept for the end."""
    if source.kind == "shipped":
        card = SHIPPED[source.name]
        return card.parts(own(source, ())).test
    run = Store().read(source.name)
    if not run:
        raise LearnerError("run_unknown", run=source.name)
    return parts_of(own(source, ()), from_plain(TrainingSpec, run.training)).test
