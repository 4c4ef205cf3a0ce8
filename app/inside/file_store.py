"""Where the network files of visitors are, until they go: in a private folder, not in this process's memory."""

import atexit
import hashlib
import shutil
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from models.settings import setting

PREFIX = "convscope-files-"
GRACE = 150.0
"""Seconds: Streamlit tells of a tab that was closed, and likewise of a network that was gone for a moment."""

FORGOTTEN = 2 * 86_400.0
"""Seconds after which a folder that a killed process left is swept away."""


class FileStore:
    """Files by the SHA-256 of their bytes: a class of thirty that brings the same file brings it once.

    All together take at most `CONVSCOPE_FILES_MB` (400); where a new one needs room, those go first that were held longest ago.
    """

    def __init__(self, megabytes: float) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._limit = megabytes * 2**20
        self._lock = threading.Lock()
        self._holders: dict[str, dict[str, float]] = {}

    def keep(self, visitor: str, data: bytes) -> str:
        """Keep a file as long as `visitor` is there; returns its name, the SHA-256 of `data`.

        Raises:
            OSError: when the disk is full.
        """
        name = hashlib.sha256(data).hexdigest()
        with self._lock:
            self._make_room(len(data), name)
            if not self.path(name).is_file():
                new = self.path(name).with_suffix(".new")
                try:
                    new.write_bytes(data)
                    new.replace(self.path(name))
                finally:
                    new.unlink(missing_ok=True)
            self._holders.setdefault(name, {})[visitor] = time.monotonic()
        return name

    def path(self, name: str) -> Path:
        """Where the file is, or was."""
        return self.folder / f"{name}.keras"

    def hold(self, visitor: str, name: str) -> None:
        """The visitor still looks at the file."""
        with self._lock:
            if self.path(name).is_file():
                self._holders.setdefault(name, {})[visitor] = time.monotonic()

    def drop(self, visitor: str, name: str) -> None:
        """The visitor needs the file no more."""
        with self._lock:
            self._drop(visitor, name)

    def leave(self, visitor: str, since: float | None = None) -> None:
        """The visitor has gone; with `since`, what was held after that moment stays."""
        with self._lock:
            for name, holders in list(self._holders.items()):
                if visitor in holders and (since is None or holders[visitor] <= since):
                    self._drop(visitor, name)

    def leave_later(self, visitor: str) -> None:
        """The visitor seems to have gone."""
        timer = threading.Timer(GRACE, self.leave, (visitor, time.monotonic()))
        timer.daemon = True
        timer.start()

    def close(self) -> None:
        """Take everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _drop(self, visitor: str, name: str) -> None:
        holders = self._holders.get(name, {})
        holders.pop(visitor, None)
        if not holders:
            self._remove(name)

    def _remove(self, name: str) -> None:
        self._holders.pop(name, None)
        with suppress(OSError):
            self.path(name).unlink(missing_ok=True)

    def _make_room(self, size: int, new: str) -> None:
        sizes = {path.stem: path.stat().st_size for path in self.folder.glob("*.keras")}
        total = sum(sizes.values()) + (0 if new in sizes else size)
        by_age = sorted(sizes, key=lambda name: max(self._holders.get(name, {}).values(), default=0.0))
        for name in by_age:
            if total <= self._limit:
                return
            if name != new:
                self._remove(name)
                total -= sizes[name]


@cache
def file_store() -> FileStore:
    """The one of this process; it goes with the process."""
    sweep()
    store = FileStore(setting("CONVSCOPE_FILES_MB", 400))
    atexit.register(store.close)
    return store


def sweep() -> None:
    """Take away the folders of processes that were killed long ago."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(folder, ignore_errors=True)
