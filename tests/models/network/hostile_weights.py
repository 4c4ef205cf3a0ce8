"""Files whose weights are missing, lie, or stand elsewhere: name -> (bytes, code of the refusal)."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import h5py  # type: ignore[import-untyped]
import numpy as np

from tests.models.network.keras_files import PARTS, replaced, weighed

File = tuple[bytes, str]
Make = Callable[[], File]
KERNEL = "layers/conv2d/vars/0"
BIAS = "layers/conv2d/vars/1"
SECRET = Path(tempfile.gettempdir()) / "convscope-secret.h5"


def other(path: str, make: Callable[[h5py.Group, str], object]) -> Callable[[h5py.File], object]:
    """Something else in the place of one dataset."""

    def change(file: h5py.File) -> None:
        group, name = file[path].parent, path.rsplit("/", 1)[1]
        del file[path]
        make(group, name)

    return change


def secret_numbers() -> None:
    """A file of numbers on this machine that nobody should be able to ask for."""
    with h5py.File(SECRET, "w") as file:
        file["0"] = np.ones((3, 3, 1, 3), np.float32)


def virtual(group: h5py.Group, name: str) -> None:
    """A dataset whose numbers stand in another file."""
    layout = h5py.VirtualLayout((3, 3, 1, 3), "f4")
    layout[:] = h5py.VirtualSource(str(SECRET), "0", (3, 3, 1, 3))
    group.create_virtual_dataset(name, layout)


def never_written(group: h5py.Group, name: str) -> None:
    """A dataset that is declared and holds nothing."""
    group.create_dataset(name, (3, 3, 1, 3), "f4")


SHAPE = (3, 3, 1, 3)
ONES = np.ones(SHAPE, np.float32)
CHANGES: dict[str, tuple[Callable[[h5py.File], object], str]] = {
    "a kernel is missing": (lambda file: file.pop(KERNEL), "network_weights_missing"),
    "all of a layer is missing": (lambda file: file.pop("layers/conv2d"), "network_weights_missing"),
    "everything is missing": (lambda file: file.clear(), "network_weights_missing"),
    "an array too many": (lambda file: file.__setitem__("layers/conv2d/vars/2", ONES), "network_weights_missing"),
    "under another name": (lambda file: file.move(KERNEL, "layers/conv2d/vars/kernel"), "network_weights_odd"),
    "another shape": (
        other(KERNEL, lambda group, name: group.create_dataset(name, data=ONES[..., 0])),
        "network_weights_shape",
    ),
    "a giant": (other(KERNEL, lambda group, name: group.create_dataset(name, (2**20, 2**20), "f4")), "network_weights_shape"),
    "not a number": (lambda file: file[KERNEL].__setitem__(0, np.nan), "network_weights_not_finite"),
    "infinite": (lambda file: file[BIAS].__setitem__(0, np.inf), "network_weights_not_finite"),
    "too large for float32": (
        other(KERNEL, lambda group, name: group.create_dataset(name, data=np.full(SHAPE, 1e300))),
        "network_weights_not_finite",
    ),
    "a link elsewhere": (
        other(KERNEL, lambda group, name: group.__setitem__(name, h5py.SoftLink("/" + BIAS))),
        "network_weights_odd",
    ),
    "a link to itself": (
        other(KERNEL, lambda group, name: group.__setitem__(name, h5py.SoftLink("/" + KERNEL))),
        "network_weights_odd",
    ),
    "a link to another file": (
        other(KERNEL, lambda group, name: group.__setitem__(name, h5py.ExternalLink(str(SECRET), "0"))),
        "network_weights_odd",
    ),
    "a group in another file": (
        lambda file: (file.pop("layers/conv2d"), file.__setitem__("layers/conv2d", h5py.ExternalLink(str(SECRET), "/"))),
        "network_weights_odd",
    ),
    "numbers in another file": (
        other(KERNEL, lambda group, name: group.create_dataset(name, SHAPE, "f4", external=[(str(SECRET), 0, 108)])),
        "network_weights_odd",
    ),
    "numbers of a system file": (
        other(KERNEL, lambda group, name: group.create_dataset(name, SHAPE, "f4", external=[("/etc/passwd", 0, 108)])),
        "network_weights_odd",
    ),
    "a virtual dataset": (other(KERNEL, virtual), "network_weights_odd"),
    "texts": (other(KERNEL, lambda group, name: group.create_dataset(name, SHAPE, h5py.string_dtype())), "network_weights_odd"),
    "objects": (other(KERNEL, lambda group, name: group.create_dataset(name, SHAPE, h5py.ref_dtype)), "network_weights_odd"),
    "rows of any length": (
        other(KERNEL, lambda group, name: group.create_dataset(name, SHAPE, h5py.vlen_dtype(np.float32))),
        "network_weights_odd",
    ),
    "records": (other(KERNEL, lambda group, name: group.create_dataset(name, SHAPE, [("a", "f4")])), "network_weights_odd"),
    "complex numbers": (other(KERNEL, lambda group, name: group.create_dataset(name, data=ONES + 1j)), "network_weights_odd"),
    "yes and no": (other(KERNEL, lambda group, name: group.create_dataset(name, data=ONES > 0)), "network_weights_odd"),
    "bytes without meaning": (
        other(KERNEL, lambda group, name: group.create_dataset(name, data=np.zeros(SHAPE, "V4"))),
        "network_weights_odd",
    ),
    "nothing at all": (
        other(KERNEL, lambda group, name: group.create_dataset(name, data=h5py.Empty("f4"))),
        "network_weights_odd",
    ),
    "packed": (
        other(KERNEL, lambda group, name: group.create_dataset(name, data=ONES, compression="gzip")),
        "network_weights_odd",
    ),
    "in pieces": (other(KERNEL, lambda group, name: group.create_dataset(name, data=ONES, chunks=True)), "network_weights_odd"),
    "growing": (
        other(KERNEL, lambda group, name: group.create_dataset(name, data=ONES, maxshape=(None, 3, 1, 3))),
        "network_weights_odd",
    ),
    "never written": (other(KERNEL, never_written), "network_weights_odd"),
    "a group for a dataset": (other(KERNEL, lambda group, name: group.create_group(name)), "network_weights_odd"),
    "a dataset for a group": (
        lambda file: (file.pop("layers/conv2d/vars"), file.__setitem__("layers/conv2d/vars", ONES)),
        "network_weights_odd",
    ),
    "a circle": (
        lambda file: (file.pop("layers/conv2d"), file.__setitem__("layers/conv2d", file["layers"])),
        "network_weights_missing",
    ),
}
"""Name -> (change of the weights, code of the refusal)."""


def changed(change: Callable[[h5py.File], object], code: str) -> File:
    return weighed(change), code


def damaged(data: bytes) -> File:
    return replaced(weights=data), "network_file_damaged"


def weights() -> Iterator[tuple[str, Make]]:
    """Every hostile file of weights."""
    for name, (change, code) in CHANGES.items():
        yield f"weights: {name}", partial(changed, change, code)
    whole = PARTS["model.weights.h5"]
    others = {"none": b"", "a text": b"weights", "another format": b"PK\3\4" + bytes(1000)}
    cuts = {f"cut at {share}/20": whole[: len(whole) * share // 20] for share in range(1, 20)}
    for name, data in {**others, **cuts}.items():
        yield f"weights: {name}", partial(damaged, data)
