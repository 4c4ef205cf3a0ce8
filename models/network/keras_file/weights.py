"""The weights in a file: plain HDF5 arrays of numbers that stand in the file as they are, and nothing else."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import h5py  # type: ignore[import-untyped]
import numpy as np
from h5py import h5d, h5s

from models.arrays import Array
from models.errors import LearnerError
from models.network.keras_file.plan import Part

Sizes = tuple[int, ...]

UNREADABLE = (OSError, OverflowError, RuntimeError, LookupError, ValueError, TypeError, AttributeError, MemoryError)
"""What h5py raises when bytes are not what they say they are."""

LAYOUTS = (h5d.CONTIGUOUS, h5d.COMPACT)
KINDS = "fiu"
WIDTHS = (2, 4, 8)


class Weights:
    """The arrays of an open file. Before one is read, it is certain that the file holds just the bytes it needs."""

    def __init__(self, file: h5py.File, length: int) -> None:
        self._file = file
        self._length = length
        self._read = 0

    def arrays(self, part: Part, shapes: Sequence[Sizes]) -> list[Array]:
        """The arrays of one layer, float32, which must be of exactly these `shapes`.

        Raises:
            LearnerError: with `layer` and `kind`: `network_weights_missing` (expected, received: how many arrays),
                `network_weights_shape` (expected, received), `network_weights_odd` (no plain array of numbers),
                `network_weights_not_finite`.
        """
        where = {"layer": part.name, "kind": part.kind}
        try:
            group = self._group(part)
            count = 0 if group is None else len(group)
            if group is None or count != len(shapes):
                raise LearnerError("network_weights_missing", **where, expected=len(shapes), received=count)
            found = [self._dataset(group, str(number), where) for number in range(len(shapes))]
            for dataset, shape in zip(found, shapes, strict=True):
                if dataset.shape != shape:
                    raise LearnerError("network_weights_shape", **where, expected=shape, received=dataset.shape)
            arrays = [self._numbers(dataset, where) for dataset in found]
        except UNREADABLE as error:
            raise LearnerError("network_weights_odd", **where) from error
        if not all(np.isfinite(array).all() for array in arrays):
            raise LearnerError("network_weights_not_finite", **where)
        return arrays

    def _group(self, part: Part) -> h5py.Group | None:
        group: h5py.Group = self._file
        for name in (*part.place.split("/"), "vars"):
            if name not in group:
                return None
            group = hard(group, name)
            if not isinstance(group, h5py.Group):
                raise TypeError(name)
        return group

    def _dataset(self, group: h5py.Group, name: str, where: dict[str, str]) -> h5py.Dataset:
        dataset = hard(group, name) if name in group else None
        if not isinstance(dataset, h5py.Dataset) or not is_plain(dataset):
            raise LearnerError("network_weights_odd", **where)
        return dataset

    def _numbers(self, dataset: h5py.Dataset, where: dict[str, str]) -> Array:
        size, place = dataset.id.get_storage_size(), dataset.id.get_offset()
        within = dataset.id.get_create_plist().get_layout() == h5d.COMPACT or (place or 0) + size <= self._length
        # Names that stand for the same bytes would make a small file large.
        self._read += size
        if size != dataset.size * dataset.dtype.itemsize or not within or self._read > self._length:
            raise LearnerError("network_weights_odd", **where)
        numbers = np.empty(dataset.shape, np.float32)
        dataset.read_direct(numbers)
        return numbers


def hard(group: h5py.Group, name: str) -> h5py.Group | h5py.Dataset:
    """What `name` stands for, if it stands in this very file.

    Raises:
        TypeError: for a link to another place or another file; it is not followed.
    """
    if group.get(name, getlink=True, getclass=True) is not h5py.HardLink:
        raise TypeError(name)
    return group[name]


def is_plain(dataset: h5py.Dataset) -> bool:
    """Whether a dataset is an array of numbers that stands in this file in one piece, neither packed nor elsewhere."""
    plist = dataset.id.get_create_plist()
    number = dataset.dtype
    return (
        plist.get_layout() in LAYOUTS
        and plist.get_nfilters() == 0
        and plist.get_external_count() == 0
        and dataset.id.get_space().get_simple_extent_type() in (h5s.SIMPLE, h5s.SCALAR)
        and number.kind in KINDS
        and number.itemsize in WIDTHS
    )


@contextmanager
def opened(data: bytes) -> Iterator[Weights]:
    """The weights in the bytes of an HDF5 file.

    Raises:
        LearnerError: `network_file_damaged` (part), when it is none.
    """
    try:
        file = h5py.File(io.BytesIO(data), "r")
    except UNREADABLE as error:
        raise LearnerError("network_file_damaged", part="model.weights.h5") from error
    with file:
        yield Weights(file, len(data))
