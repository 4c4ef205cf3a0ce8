"""Data sets as files of Keras' own names and layout, filled with numbers drawn by lot, and as they must not be."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RANDOM = np.random.default_rng(3)


def labels(count: int) -> NDArray[np.uint8]:
    return (np.arange(count) % 10).astype(np.uint8)


def mnist_arrays() -> dict[str, NDArray[np.uint8]]:
    sizes = {"train": 60_000, "test": 10_000}
    pictures = {f"x_{part}": np.zeros((size, 28, 28), np.uint8) for part, size in sizes.items()}
    pictures["x_test"][7] = RANDOM.integers(0, 256, (28, 28))
    return pictures | {f"y_{part}": labels(size) for part, size in sizes.items()}


def write_mnist(folder: Path) -> Path:
    path = folder / "mnist.npz"
    np.savez_compressed(path, allow_pickle=False, **mnist_arrays())
    return path


def idx(array: NDArray[np.uint8]) -> bytes:
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def write_fashion(folder: Path) -> Path:
    place = folder / "fashion-mnist"
    place.mkdir(parents=True)
    arrays = mnist_arrays()
    for part, short in (("train", "train"), ("t10k", "test")):
        for kind, letter in (("images-idx3", "x"), ("labels-idx1", "y")):
            data = gzip.compress(idx(arrays[f"{letter}_{short}"]), compresslevel=1)
            (place / f"{part}-{kind}-ubyte.gz").write_bytes(data)
    return place


def batch(seed: int) -> dict[bytes, Any]:
    random = np.random.default_rng(seed)
    of_class = [int(label) for label in random.integers(0, 10, 10_000)]
    pictures = random.integers(0, 256, (10_000, 3072), dtype=np.uint8)
    names = [f"picture_{number}.png".encode() for number in range(10_000)]
    return {b"batch_label": b"one of five", b"labels": of_class, b"data": pictures, b"filenames": names}


def python_2(content: dict[bytes, Any]) -> bytes:
    """A batch as the real set's were pickled: operation by operation as Python 2 and its NumPy wrote them."""

    def text(data: bytes) -> bytes:
        return b"U" + bytes([len(data)]) + data if len(data) < 256 else b"T" + len(data).to_bytes(4, "little") + data

    def numbers(values: list[int]) -> bytes:
        return b"]q\x05(" + b"".join(b"K" + bytes([value]) for value in values) + b"e"

    pictures = content[b"data"]
    array = b"cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\x09(K\x01"
    sizes = b"".join(b"M" + size.to_bytes(2, "little") for size in pictures.shape) + b"\x86"
    kind = b"cnumpy\ndtype\nq\x0aU\x02u1K\x00K\x01\x87Rq\x0b(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
    names = b"](" + b"".join(text(name) for name in content[b"filenames"]) + b"e"
    items = [
        (b"batch_label", text(content[b"batch_label"])),
        (b"labels", numbers(content[b"labels"])),
        (b"data", array + sizes + kind + text(pictures.tobytes()) + b"tb"),
        (b"filenames", names),
    ]
    return b"\x80\x02}q\x01(" + b"".join(text(name) + value for name, value in items) + b"u."


def write_cifar(place: Path) -> Path:
    place.mkdir(parents=True)
    for number, name in enumerate([*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]):
        (place / name).write_bytes(python_2(batch(number)))
    return place
