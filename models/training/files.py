"""Files that are whole or not there, whenever a program is killed."""

import io
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

UNFINISHED = ".new-"
GONE = ".gone-"
OLD = 3600.0
"""Seconds after which what somebody began and never finished is swept away."""


def data_folder() -> Path:
    """Where runs are kept: `CONVSCOPE_DATA`, or a folder of this user's cache."""
    given = os.environ.get("CONVSCOPE_DATA", "").strip()
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "convscope"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/convscope"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "convscope"


def unfinished(path: Path) -> Path:
    """A name beside `path` for what is to take its place."""
    return path.with_name(f"{UNFINISHED}{token_hex(6)}")


def write_bytes(path: Path, data: bytes) -> None:
    """Make `data` the contents of `path`: whoever reads it, whenever, finds the old contents or the new ones.

    Raises:
        OSError: a full disk, for one; then the old contents stay.
    """
    new = unfinished(path)
    try:
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def replace(new: Path, path: Path) -> None:
    """`os.replace`, with some patience where Windows refuses while another program reads the old file."""
    for _ in range(50):
        try:
            os.replace(new, path)
        except PermissionError:
            if sys.platform != "win32":
                raise
            time.sleep(0.02)
        else:
            return
    os.replace(new, path)


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """`values` as JSON; no NaN, which is null."""
    write_bytes(path, json.dumps(values, allow_nan=False, ensure_ascii=False, indent=1).encode())


def read_json(path: Path) -> dict[str, Any] | None:
    """What `write_json` wrote; None where there is nothing that one could read."""
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """`arrays`, numbers and texts, as one .npz file."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    write_bytes(path, buffer.getvalue())


def read_arrays(path: Path) -> Arrays | None:
    """What `write_arrays` wrote; None where there is nothing that one could read."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except Exception:  # a damaged archive raises whatever its reader stumbles over
        return None


def make_folder(path: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """A new folder with JSON `files`, there at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = unfinished(path)
    new.mkdir()
    try:
        for name, values in files.items():
            write_json(new / name, values)
        os.rename(new, path)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def remove_folder(path: Path) -> None:
    """Take a folder away: it is out of sight at once, however long its files take."""
    gone = path.with_name(f"{GONE}{token_hex(6)}")
    with suppress(OSError):
        os.rename(path, gone)
    shutil.rmtree(gone, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Take away what was begun or half removed long ago."""
    for prefix in (UNFINISHED, GONE):
        for path in folder.glob(f"{prefix}*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > OLD:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def size(folder: Path) -> int:
    """Bytes of all files in `folder`."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size
    return total
