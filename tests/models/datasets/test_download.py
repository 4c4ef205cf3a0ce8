"""Data sets over a network that these tests make themselves: a server that sends, stops, lies, or is not there."""

import functools
import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from models.datasets import download as module
from models.datasets.download import SOURCES, Source, address_of, download
from models.datasets.official import FILES, present
from models.errors import LearnerError


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files a mirror sends."""
    folder = tmp_path / "server"
    folder.mkdir()
    made = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    made.daemon_threads = False  # so that all of them have ended when the test has
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    monkeypatch.setenv("CONVSCOPE_MIRROR", f"http://127.0.0.1:{made.server_port}/")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    yield folder
    made.shutdown()
    thread.join()
    made.server_close()


def put(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """The file that the server has for MNIST, and its digest."""
    (folder / "mnist.npz").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    monkeypatch.setitem(SOURCES, "mnist", (Source(SOURCES["mnist"][0].address, "mnist.npz", digest),))


def fetched(name: str = "mnist") -> tuple[bool, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    return download(name, lambda here, total: told.append((here, total)), lambda: False), told


def test_a_set_is_fetched_with_progress(server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(server, monkeypatch, bytes(400_000))
    whole, told = fetched()
    assert whole
    assert present("mnist")
    assert told[-1] == (400_000, 11_500_000)
    assert [here for here, _ in told] == sorted(here for here, _ in told)
    (server / "mnist.npz").unlink()
    assert fetched() == (True, [])
    assert [path.name for path in (tmp_path / "keras/datasets").iterdir()] == ["mnist.npz"]


def test_one_that_is_stopped_leaves_nothing(server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(server, monkeypatch, bytes(400_000))
    assert download("mnist", lambda *_: None, lambda: True) is False
    assert list((tmp_path / "keras/datasets").iterdir()) == []


def test_another_file_is_refused(server: Path, tmp_path: Path) -> None:
    (server / "mnist.npz").write_bytes(b"another")
    with pytest.raises(LearnerError, match="download_failed") as error:
        fetched()
    assert "SHA-256" in error.value.values["reason"]
    assert list((tmp_path / "keras/datasets").iterdir()) == []


@pytest.mark.parametrize("mirror", ["", "http://127.0.0.1:9", "nonsense"])
def test_without_a_network_it_is_told_in_words(server: Path, mirror: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if mirror:
        monkeypatch.setenv("CONVSCOPE_MIRROR", mirror)
    with pytest.raises(LearnerError, match="download_failed") as error:
        fetched()
    assert error.value.values["dataset"] == "mnist"
    assert error.value.values["reason"]
    assert not list(server.iterdir())


def test_the_batches_of_an_archive_are_unpacked_and_nothing_else(
    server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(server / "cifar-10-python.tar.gz", "w:gz") as tar:
        for name in (*FILES["cifar10"], "../outside", "cifar-10-batches-py/other"):
            about = tarfile.TarInfo(name)
            about.size = 3
            tar.addfile(about, io.BytesIO(b"abc"))
    digest = hashlib.sha256((server / "cifar-10-python.tar.gz").read_bytes()).hexdigest()
    monkeypatch.setitem(SOURCES, "cifar10", (Source(SOURCES["cifar10"][0].address, "cifar-10-python.tar.gz", digest),))
    assert fetched("cifar10")[0]
    assert present("cifar10")
    batches = tmp_path / "keras/datasets/cifar-10-batches-py"
    assert sorted(path.name for path in batches.iterdir()) == sorted(Path(name).name for name in FILES["cifar10"])
    assert not (tmp_path / "keras/outside").exists()


def test_what_is_fetched_is_what_keras_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    monkeypatch.delenv("CONVSCOPE_MIRROR", raising=False)
    for name, sources in SOURCES.items():
        source = Path(getattr(keras.datasets, name).load_data.__code__.co_filename).read_text("utf-8")
        for entry in sources:
            assert address_of(entry).rpartition("/")[2] in source
            assert entry.digest in source
            assert module.GOOGLE in source or address_of(entry) in source
