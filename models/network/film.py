"""Kernels of one layer over the epochs, cut to what fits on a page and through a wire."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array
from models.network.learnt import Change, change, norms, spread
from models.network.learnt_values import Answers, Film, FilmLook, KernelSet, Numbers

PAGE = 24
FEW_SLICES = 4
BARS = 41
MOST_CLASSES = 10
MOST_EPOCHS = 60
AT_ONCE = 24_000
"""Numbers of the kernels of one page, in one epoch."""

IN_ALL = 600_000
"""Numbers of the kernels of one page in all epochs."""

MAPS_IN_ALL = 1_200_000
"""Numbers of their maps in all epochs; each is a byte."""

KEPT_IN_ALL = 6_000_000
"""Numbers of all kernels of the layer in all epochs, while a film is made."""


class Page(NamedTuple):
    """The number of a page of filters, from 0, how many there are, and the numbers of its filters."""

    number: int
    of: int
    filters: Numbers


def per_page(known: KernelSet, look: FilmLook) -> int:
    """How many filters a page has: 24, or fewer large ones."""
    filters, slices, rows, cols = (int(size) for size in known.values.shape)
    return max(1, min(PAGE, filters, AT_ONCE // (shown_slices(slices, look) * rows * cols)))


def shown_slices(slices: int, look: FilmLook) -> int:
    """How many slices of a kernel are shown."""
    return slices if look.slices == "all" else min(slices, FEW_SLICES)


def most_epochs(known: KernelSet, look: FilmLook) -> int:
    """How many epochs fit; at least the first and the last."""
    _, slices, rows, cols = (int(size) for size in known.values.shape)
    shown = rows * cols * (per_page(known, look) * shown_slices(slices, look) + slices)
    return max(2, min(MOST_EPOCHS, IN_ALL // shown, KEPT_IN_ALL // int(known.values.size)))


def thinned(epochs: Sequence[int], most: int, kept: int) -> tuple[int, ...]:
    """At most `most` (2 or more) of `epochs`, evenly, with the first and the last; and `kept`, where that is one of them."""
    if len(epochs) <= most:
        return tuple(epochs)
    places = np.linspace(0, len(epochs) - 1, most).round().astype(int)
    return tuple(sorted({epochs[place] for place in places} | ({kept} & set(epochs))))


def page_of(known: KernelSet, look: FilmLook) -> Page:
    """Which filters are on the page that `look` wants, by the kernels of the last epoch."""
    size, count = per_page(known, look), len(known.values)
    pages = -(-count // size)
    page = min(look.page, pages - 1)
    return Page(page, pages, order(known.values, look)[page * size : (page + 1) * size])


def film(layer: str, epochs: tuple[int, ...], found: Sequence[tuple[KernelSet, Answers]], look: FilmLook) -> Film:
    """What `found`, kernels and answers after each of `epochs`, shows of `layer`.

    Args:
        layer: its name.
        epochs: in order.
        found: the answers with the maps of those filters alone that `page_of` the last kernels names, and all of one size.
        look: which part of it.

    Raises:
        ValueError: when there is not one of `found` for each epoch.
    """
    if not found or len(found) != len(epochs):
        raise ValueError(f"found: expected one for each of {len(epochs)} epochs; received {len(found)}")
    first, last = found[0][0], found[-1][0]
    count = len(last.values)
    page, pages, filters = page_of(last, look)
    chosen = min(look.chosen, count - 1)
    places = strongest(last.values[filters], shown_slices(last.values.shape[1], look))
    whole = strongest(last.values[[chosen]], last.values.shape[1])[0]
    changed = [change(first.values, kernels.values) for kernels, _ in found] if len(found) > 1 else [unchanged(count)]
    reach = max(float(max(-kernels.values.min(), kernels.values.max())) for kernels, _ in found)
    spreads = [spread(kernels.values, reach, BARS) for kernels, _ in found]
    maps, reaches = small([answer.maps for _, answer in found])
    classes = told([answer.chances for _, answer in found])
    return Film(
        layer=layer,
        form=last.form,
        picture=last.picture,
        epochs=epochs,
        count=count,
        pages=pages,
        page=page,
        filters=tuple(int(number) for number in filters),
        slices=last.values.shape[1],
        channels=np.take_along_axis(last.channels[filters], places, axis=1),
        kernels=np.stack([_slices(kernels.values[filters], places) for kernels, _ in found]),
        norms=np.stack([lengths(kernels.values[filters]) for kernels, _ in found]),
        biases=np.stack([kernels.biases[filters] for kernels, _ in found]),
        chosen=chosen,
        whole=np.stack([kernels.values[chosen][whole] for kernels, _ in found]),
        whole_channels=last.channels[chosen][whole],
        maps=maps,
        reaches=reaches,
        map_shape=found[-1][1].whole,
        weights=last.values.size,
        reach=reach,
        shares=np.stack([one.shares for one in spreads]),
        means=np.array([one.mean for one in spreads], np.float32),
        deviations=np.array([one.deviation for one in spreads], np.float32),
        classes=classes,
        chances=np.stack([answer.chances[list(classes)] for _, answer in found]),
        moved=np.stack([one.lengths for one in changed]),
        alike=np.stack([one.alike for one in changed]),
    )


def unchanged(count: int) -> Change:
    """Of a network with one epoch: nothing has moved."""
    return Change(np.zeros(count, np.float32), np.ones(count, np.float32))


def lengths(values: Array) -> Array:
    """The length of each kernel (filters, slices, rows, cols), with all its slices."""
    return norms(values.reshape(len(values), -1, 1))


def order(values: Array, look: FilmLook) -> Numbers:
    """The numbers of all filters, as `look` wants them."""
    if look.order == "strongest":
        return np.argsort(-lengths(values), kind="stable").astype(np.int32)
    return np.arange(len(values), dtype=np.int32)


def strongest(values: Array, count: int) -> Numbers:
    """(filters, count): the places of the longest slices of each kernel, the longest first; as they are where few are all."""
    filters, slices = values.shape[:2]
    if slices <= min(count, FEW_SLICES):
        return np.tile(np.arange(slices, dtype=np.int32), (filters, 1))
    return np.argsort(-norms(values), axis=1, kind="stable")[:, :count].astype(np.int32)


def _slices(values: Array, places: Numbers) -> Array:
    return np.take_along_axis(values, places[:, :, None, None], axis=1)


def small(maps: Sequence[Array]) -> tuple[NDArray[np.int8], Array]:
    """(epochs, filters, height, width) in steps, and (epochs, filters), the number that 127 steps stand for."""
    stacked = np.stack(maps)
    reaches = np.abs(stacked).max(axis=(2, 3))
    steps = np.rint(stacked / np.where(reaches > 0, reaches, 1)[:, :, None, None] * 127)
    return steps.astype(np.int8), reaches.astype(np.float32)


def shrunk(maps: Array, epochs: int) -> Array:
    """`maps` (filters, height, width), smaller where those of so many epochs would be too much."""
    factor = min(1.0, (MAPS_IN_ALL / (epochs * maps.size)) ** 0.5)
    if factor == 1:
        return maps
    height, width = (max(1, int(side * factor)) for side in maps.shape[1:])
    return np.stack([cv2.resize(one, (width, height), interpolation=cv2.INTER_AREA).reshape(height, width) for one in maps])


def told(chances: Sequence[Array]) -> tuple[int, ...]:
    """The classes that are told of: all of a few, else those that were the most probable ones at any time."""
    if len(chances[0]) <= MOST_CLASSES:
        return tuple(range(len(chances[0])))
    peaks = np.max(chances, axis=0)
    return tuple(sorted(int(number) for number in np.argsort(-peaks, kind="stable")[:MOST_CLASSES]))
