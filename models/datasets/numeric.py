"""Arrays from files that may hold anything: bytes of a known shape are taken, everything else is refused, nothing is run."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import prod
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import LearnerError

Bytes = NDArray[np.uint8]
LONGEST_HEADER = 1000
UNREADABLE = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)
"""What the readers of the standard library and of NumPy raise for damaged and hostile files."""


class Readable(Protocol):
    """An open file of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


@dataclass(frozen=True)
class Expected:
    """The array that a file must hold: its shape, and for labels the number that all of them are below."""

    shape: tuple[int, ...]
    below: int = 256


class OtherArrayError(Exception):
    """A file holds another array than expected: `received` is its shape and type."""

    def __init__(self, shape: Iterable[int], dtype: Any) -> None:
        super().__init__()
        self.received = f"{_written(shape)} {dtype}"


def guarded(path: Path, read: Callable[[], Bytes], expected: Expected) -> Bytes:
    """What `read` finds in `path`.

    Raises:
        LearnerError: `dataset_damaged` (file, reason: "unreadable", "shape" or "labels"; expected, received).
    """
    shape = _written(expected.shape)
    try:
        array = read()
        if array.shape != expected.shape:
            raise OtherArrayError(array.shape, array.dtype)
    except OtherArrayError as error:
        numbers = {"reason": "shape", "expected": f"{shape} uint8", "received": error.received}
        raise LearnerError("dataset_damaged", file=path.name, **numbers) from error
    except UNREADABLE as error:
        numbers = {"reason": "unreadable", "expected": f"{shape} uint8", "received": type(error).__name__}
        raise LearnerError("dataset_damaged", file=path.name, **numbers) from error
    if array.max() >= expected.below:
        limits = {"expected": expected.below - 1, "received": int(array.max())}
        raise LearnerError("dataset_damaged", file=path.name, reason="labels", **limits)
    return array


def _written(shape: Iterable[int]) -> str:
    return "x".join(str(size) for size in shape)


def read_npz(path: Path, expected: Mapping[str, Expected]) -> dict[str, Bytes]:
    """The arrays called as in `expected` of a NumPy archive.

    Each array's header is judged before its numbers are read, so that a small file cannot fill the memory.
    """
    return {name: guarded(path, partial(_member, path, name, wanted), wanted) for name, wanted in expected.items()}


def _member(path: Path, name: str, expected: Expected) -> Bytes:
    with zipfile.ZipFile(path) as archive, archive.open(f"{name}.npy") as file:
        version = np.lib.format.read_magic(file)
        reader = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}[version]
        shape, column_major, dtype = reader(file, max_header_size=LONGEST_HEADER)
        if shape != expected.shape or dtype != np.uint8:
            raise OtherArrayError(shape, dtype)
        return _shaped(file, shape, "F" if column_major else "C")


def _shaped(file: Readable, shape: tuple[int, ...], order: Any = "C") -> Bytes:
    size = prod(shape)
    data = file.read(size + 1)
    if len(data) != size:
        raise ValueError(f"expected {size} bytes")
    return np.frombuffer(data, np.uint8).reshape(shape, order=order)


def read_idx(path: Path, expected: Expected) -> Bytes:
    """The array of a gzipped IDX file of bytes.

    Source: the format as described on https://yann.lecun.com/exdb/mnist/: two zeros, 8 for bytes, the number of axes, then
    each axis' length as four bytes, the highest first.
    """
    return guarded(path, lambda: _idx(path, expected), expected)


def _idx(path: Path, expected: Expected) -> Bytes:
    with gzip.open(path) as file:
        start = file.read(4)
        if start[:3] != b"\0\0\x08" or start[3] > 4:
            raise ValueError("expected an IDX file of bytes")
        shape = tuple(int(size) for size in np.frombuffer(file.read(4 * start[3]), ">u4"))
        if shape != expected.shape:
            raise OtherArrayError(shape, np.dtype(np.uint8))
        return _shaped(file, shape)


def readable(path: Path) -> bool:
    """Whether there is such a file."""
    with suppress(OSError):
        return path.is_file()
    return False
