"""Whose browser is there: an owner is, as long as one of its sessions lives."""

import threading
import time
from collections.abc import Callable

from models.settings import setting


class Leases:
    """The sessions of all owners. Any thread may call any method.

    Args:
        leave: is told of an owner who has been away for `CONVSCOPE_GRACE_SECONDS` (90), in a thread of its own.
    """

    def __init__(self, leave: Callable[[str], None]) -> None:
        self._leave = leave
        self._lock = threading.Lock()
        self._sessions: dict[str, set[str]] = {}
        self._left: dict[str, float] = {}

    def hold(self, owner: str, session: str) -> None:
        """A session of `owner` is there."""
        with self._lock:
            self._sessions.setdefault(owner, set()).add(session)

    def release(self, owner: str, session: str) -> None:
        """A session of `owner` has gone."""
        with self._lock:
            sessions = self._sessions.get(owner, set())
            sessions.discard(session)
            if not sessions:
                self._sessions.pop(owner, None)
        self.watch(owner)

    def is_there(self, owner: str) -> bool:
        """Whether a session of `owner` lives."""
        return owner in self._sessions

    def watch(self, owner: str) -> None:
        """When `owner` is not there, see again after the time of grace."""
        with self._lock:
            if owner in self._sessions:
                return
            self._left[owner] = moment = time.monotonic()
        timer = threading.Timer(setting("CONVSCOPE_GRACE_SECONDS", 90), self._see, (owner, moment))
        timer.daemon = True
        timer.start()

    def _see(self, owner: str, moment: float) -> None:
        with self._lock:
            if owner in self._sessions or self._left.get(owner) != moment:
                return
            del self._left[owner]
        self._leave(owner)
