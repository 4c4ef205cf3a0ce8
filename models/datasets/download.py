"""Full data sets over the network: the very files that Keras fetches, checked as Keras checks them, without Keras.

Keras itself tells nothing while it fetches, cannot be stopped, and raises a bare Exception. A file is whole, or not there.
"""

import hashlib
import http.client
import os
import shutil
import tarfile
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from models.datasets.official import FILES, folder, present
from models.errors import LearnerError
from models.training.files import replace, unfinished

MEGABYTES = {"mnist": 11.5, "fashion_mnist": 30.9, "cifar10": 170.5}
"""What has to come over the network."""

AT_ONCE = 2**17
PATIENCE = 20.0
"""Seconds that a server may say nothing."""

GOOGLE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"


@dataclass(frozen=True)
class Source:
    """A file on the network: where, its place in Keras' folder, and its SHA-256, empty where Keras names none."""

    address: str
    file: str
    digest: str = ""


SOURCES: dict[str, tuple[Source, ...]] = {
    "mnist": (Source(f"{GOOGLE}mnist.npz", "mnist.npz", "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"),),
    "fashion_mnist": tuple(Source(GOOGLE + Path(file).name, file) for file in FILES["fashion_mnist"]),
    "cifar10": (
        Source(
            "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
            "cifar-10-python.tar.gz",
            "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
        ),
    ),
}
"""Name -> what Keras 3.15 fetches."""


class StoppedError(Exception):
    """Nobody wants the files any more."""


def download(name: str, tell: Callable[[int, int], None], stopped: Callable[[], bool]) -> bool:
    """Fetch a set into the folder where `DATASETS[name]()` looks for it; returns whether it is there.

    Files that are there already are left alone.

    Args:
        name: in `SOURCES`.
        tell: is told how many bytes are here, and of how many.
        stopped: asked again and again; once it says yes, nothing more is fetched.

    Raises:
        LearnerError: `download_failed` (dataset, megabytes, folder, reason).
        ValueError: for another name.
    """
    if name not in SOURCES:
        raise ValueError(f"name: expected one of {', '.join(SOURCES)}; received {name!r}")
    done, total = 0, round(MEGABYTES[name] * 1e6)
    try:
        for source in SOURCES[name] if not present(name) else ():
            path = folder() / source.file
            if not path.is_file():
                _fetch(source, path, partial(_tell, tell, done, total), stopped)
            done += path.stat().st_size
            if source.file.endswith(".tar.gz"):
                _unpack(path, FILES[name])
    except StoppedError:
        return False
    except (OSError, http.client.HTTPException, tarfile.TarError, ValueError) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        reason = str(getattr(error, "reason", error)).partition("\n")[0][:200] or type(error).__name__
        numbers = {"megabytes": MEGABYTES[name], "folder": str(folder())}
        raise LearnerError("download_failed", dataset=name, reason=reason, **numbers) from error
    return True


def _tell(tell: Callable[[int, int], None], before: int, total: int, here: int) -> None:
    tell(before + here, total)


def address_of(source: Source) -> str:
    """Where it is fetched from: `CONVSCOPE_MIRROR` is a host's own folder with the same file names."""
    mirror = os.environ.get("CONVSCOPE_MIRROR", "").strip()
    return f"{mirror.rstrip('/')}/{source.address.rpartition('/')[2]}" if mirror else source.address


def _fetch(source: Source, path: Path, tell: Callable[[int], None], stopped: Callable[[], bool]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, new, here = hashlib.sha256(), unfinished(path), 0
    try:
        with urllib.request.urlopen(address_of(source), timeout=PATIENCE) as answer, new.open("xb") as file:
            while data := answer.read(AT_ONCE):
                if stopped():
                    raise StoppedError
                digest.update(data)
                here += file.write(data)
                tell(here)
        if source.digest and digest.hexdigest() != source.digest:
            raise ValueError(f"{source.file} is another file (SHA-256)")
        replace(new, path)
    finally:
        with suppress(OSError):
            new.unlink()


def _unpack(archive: Path, wanted: tuple[str, ...]) -> None:
    """The `wanted` files of an archive, and no other."""
    with tarfile.open(archive) as tar:
        for name in wanted:
            member: Any = tar.extractfile(name)
            if member is None:
                raise ValueError(f"{archive.name} has no {name}")
            path = archive.parent / name
            path.parent.mkdir(exist_ok=True)
            new = unfinished(path)
            with new.open("xb") as file:
                shutil.copyfileobj(member, file)
            replace(new, path)
