"""Which data sets are being fetched: one download of each, however many ask for it."""

import threading
from collections.abc import Callable

from models.engine.job import Job
from models.engine.supervisor import Supervisor

LANE = "download"


class Download:
    """A set that is being fetched, or was.

    Attributes:
        name: of the set.
        job: raises what went wrong; its value is whether the set is there.
        here: bytes that have come.
        total: bytes in all; 0 before the first have come.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.here, self.total = 0, 0
        self.job = Job("fetch", {"name": name}, self._hear, lambda: None)

    def _hear(self, told: tuple[int, int]) -> None:
        self.here, self.total = told


class Downloads:
    """All downloads of one process. Any thread may call any method."""

    def __init__(self, engine: Callable[[], Supervisor]) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._downloads: dict[str, Download] = {}

    def start(self, name: str) -> Download:
        """Fetch a set; while it is under way this is the same download.

        Raises:
            LearnerError: `engine_busy`.
        """
        with self._lock:
            now = self._downloads.get(name)
            if now and not now.job.ready:
                return now
            new = Download(name)
            self._engine().put(LANE, new.job)
            self._downloads[name] = new
            return new

    def of(self, name: str) -> Download | None:
        """The last download of a set, until it is forgotten."""
        return self._downloads.get(name)

    def stop(self, name: str) -> None:
        """Fetch no more of it."""
        with self._lock:
            now = self._downloads.pop(name, None)
        if now:
            now.job.forget()
            now.job.command("stop")
            self._engine().ring()

    def forget(self, name: str) -> None:
        """Think no more of a download that has ended."""
        with self._lock:
            if name in self._downloads and self._downloads[name].job.ready:
                del self._downloads[name]
