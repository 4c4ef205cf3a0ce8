"""Network files of visitors: kept as long as somebody is there, bounded, never more than once."""

import tempfile
import threading
from collections.abc import Iterator
from hashlib import sha256

import pytest

from app.inside import file_store
from app.inside.file_store import FileStore

A, B, C = b"a" * 300_000, b"b" * 300_000, b"c" * 300_000


@pytest.fixture
def store() -> Iterator[FileStore]:
    made = FileStore(megabytes=1)
    yield made
    made.close()


def test_a_file_is_kept_under_the_name_of_its_bytes(store: FileStore) -> None:
    name = store.keep("ada", A)
    assert name == sha256(A).hexdigest()
    assert store.path(name).read_bytes() == A


def test_a_file_goes_with_the_last_who_holds_it(store: FileStore) -> None:
    name = store.keep("ada", A)
    assert store.keep("ben", A) == name
    store.leave("ada")
    assert store.path(name).is_file()
    store.drop("ben", name)
    assert not store.path(name).exists()
    assert list(store.folder.iterdir()) == []


def test_somebody_who_comes_back_in_time_has_lost_nothing(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[threading.Thread] = []
    monkeypatch.setattr(file_store, "GRACE", 0.0)
    monkeypatch.setattr(threading.Timer, "start", lambda timer: started.append(timer))
    back, gone = store.keep("ada", A), store.keep("ada", B)
    store.leave_later("ada")
    store.hold("ada", back)
    for timer in started:
        timer.run()
    assert store.path(back).is_file()
    assert not store.path(gone).exists()


def test_where_room_is_needed_the_one_held_longest_ago_goes(store: FileStore) -> None:
    first, second, third = (store.keep(visitor, data) for visitor, data in (("ada", A), ("ben", B), ("cem", C)))
    store.hold("ada", first)
    fourth = store.keep("dan", b"d" * 300_000)
    assert [store.path(name).is_file() for name in (first, second, third, fourth)] == [True, False, True, True]
    store.hold("ben", second)
    assert not store.path(second).exists()


def test_nobody_else_reads_the_folder_and_it_goes_with_the_process(store: FileStore) -> None:
    store.keep("ada", A)
    assert store.folder.stat().st_mode & 0o077 == 0
    store.close()
    assert not store.folder.exists()


def test_what_a_killed_process_left_is_swept_away(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(store.folder.parent))
    file_store.sweep()
    assert store.folder.exists()
    monkeypatch.setattr(file_store, "PREFIX", store.folder.name)
    monkeypatch.setattr(file_store, "FORGOTTEN", -1.0)
    file_store.sweep()
    assert not store.folder.exists()
