"""What pages ask about what makes a filter fire."""

from collections import OrderedDict
from dataclasses import replace

import numpy as np

from models.arrays import Array
from models.engine.firing_data import Shown, costs, shown_to
from models.engine.networks import Opened, opened
from models.network.dream import dream, shape_of
from models.network.firing import Responses, patches_of, responses
from models.network.firing_values import Dream, Firing
from models.network.run import runner
from models.network.source import NetworkSource
from models.specs.ascent import AscentSpec

MOST_KEPT = 6
"""Layers of which the responses are kept: the next filter of the same layer costs nothing."""

MOST_PRODUCTS = 100_000_000_000
"""Of one ascent, some seconds; a step goes through the network and back, which is about three times the way there."""

THERE_AND_BACK = 3

_kept: OrderedDict[tuple[NetworkSource, str, str], tuple[Shown, Responses]] = OrderedDict()


def firing(source: NetworkSource, layer: str, map: int, count: int, data: str = "") -> Firing:
    """To what a filter responds in the pictures of the network's own data set, or in pictures of its kind.

    Args:
        source: the network.
        layer: its name, as in `models.network.inspect.activation_maps`.
        map: the number of the filter, from 0.
        count: how many patches at most.
        data: the name of a data set that comes with Convscope, to see that one instead.

    Raises:
        LearnerError: those of `opened` and of `models.engine.firing_data.shown_to`.
        ValueError: for a layer or a filter that the network does not have.
    """
    network = opened(source)
    shown, found = _responses(source, network, layer, data)
    patches = patches_of(network.model, found, map, count)
    pictures = [patch.image for patch in patches]
    strongest, labels = found.strongest[:, map], shown.dataset.labels[shown.numbers]
    return Firing(
        dataset=shown.dataset.name,
        class_names=shown.dataset.class_names,
        seen=len(shown.numbers),
        of=len(shown.dataset),
        before=found.before,
        patches=tuple(patch._replace(image=int(shown.numbers[patch.image])) for patch in patches),
        labels=tuple(int(label) for label in labels[pictures]),
        pictures=shown.pictures(pictures),
        fires=float((strongest > 0).mean()),
        active=float(found.active[map]),
        by_class=means(strongest, labels, len(shown.dataset.class_names)),
        lowest=float(found.lowest[map]),
        highest=float(found.highest[map]),
        dead=bool(found.dead[map]),
    )


def means(values: Array, labels: Array, classes: int) -> Array:
    """The mean of `values` in each class; NaN where there is none."""
    counts, sums = np.bincount(labels, minlength=classes), np.bincount(labels, values, minlength=classes)
    with np.errstate(invalid="ignore"):
        return np.asarray(sums / counts, np.float32)


def _responses(source: NetworkSource, network: Opened, layer: str, data: str) -> tuple[Shown, Responses]:
    key = (source, layer, data)
    if key not in _kept:
        shown = shown_to(source, network.model, layer, data)
        batches = map(network.preprocess, shown.batches())
        _kept[key] = shown, responses(network.model, layer, batches)
    _kept.move_to_end(key)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return _kept[key]


def dreams(source: NetworkSource, layer: str, maps: tuple[int, ...], spec: AscentSpec) -> Dream:
    """`models.network.dream.dream` for some filters, in as many steps as are quick: at least one, at most `spec.steps`."""
    network = opened(source)
    picture = shape_of(runner(network.model).network.shape, spec)
    products = THERE_AND_BACK * len(maps) * costs(network.model, layer, picture)[0]
    steps = max(1, min(spec.steps, MOST_PRODUCTS // max(products, 1)))
    return dream(network.model, layer, maps, replace(spec, steps=steps), network.preprocess)
