"""The batches of CIFAR-10, which are pickles: their numbers are picked out, nothing of them is ever run.

Unpickling a file calls what the file names; even an unpickler that allows NumPy's own functions only lets the file choose
their arguments. So the file is not unpickled: `pickletools.genops` lists its operations without doing any, and the pictures
and labels are among their arguments.
"""

import pickletools
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from models.datasets.numeric import Bytes, Expected, guarded

LARGEST_FILE = 40_000_000
MOST_OPERATIONS = 200_000
NUMBERS = ("BININT", "BININT1", "BININT2", "INT")
LABELS = "labels"
ENCODING = "latin1"
"""Python 3 writes bytes for Python 2 as text, and this word after it."""


def read_batch(path: Path, images: Expected, labels: Expected) -> tuple[Bytes, Bytes]:
    """(pictures, labels) of one batch, in the order of the file.

    Args:
        path: a dict pickled by Python 2, or by Python 3 up to protocol 4, with "data", a NumPy array of bytes, and "labels",
            a list.
        images: (pictures, numbers of a picture).
        labels: (pictures,).

    Raises:
        LearnerError: `dataset_damaged`, see `guarded`.
    """
    found: list[Bytes] = []

    def read(part: int) -> Bytes:
        if not found:
            found.extend(_numbers(path, images.shape))
        return found[part]

    return guarded(path, lambda: read(0), images), guarded(path, lambda: read(1), labels)


def _numbers(path: Path, shape: tuple[int, ...]) -> tuple[Bytes, Bytes]:
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"expected at most {LARGEST_FILE} bytes")
    size = int(np.prod(shape))
    image_bytes, column_major, by_columns, in_labels = b"", False, False, False
    labels: list[int] = []
    for operation, argument, _ in islice(pickletools.genops(path.read_bytes()), MOST_OPERATIONS):
        if operation.name in ("NEWTRUE", "NEWFALSE"):
            by_columns = operation.name == "NEWTRUE"
        if argument == ENCODING:
            continue
        if isinstance(argument, str | bytes):
            in_labels = argument in (LABELS, LABELS.encode())
            if len(argument) == size:
                # NumPy writes whether the columns come first before it writes the bytes, and nothing else of that kind.
                image_bytes, column_major = _as_bytes(argument), by_columns
        elif in_labels and operation.name in NUMBERS:
            labels.append(int(str(argument)))
    pictures = np.frombuffer(image_bytes, np.uint8)
    if pictures.size == size:
        pictures = pictures.reshape(shape, order="F" if column_major else "C")
    return pictures, np.frombuffer(bytes(labels), np.uint8)


def _as_bytes(text: Any) -> bytes:
    return text if isinstance(text, bytes) else str(text).encode("latin-1")
