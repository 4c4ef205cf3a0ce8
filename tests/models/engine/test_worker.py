"""A worker on its own: who is let in, and what is left behind."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from tempfile import mkdtemp

import pytest

from models.engine import message
from models.engine.memory import resident_megabytes

ROOT = Path(__file__).parents[3]
KEY = b"k" * 32


@contextmanager
def worker(address: Path) -> Iterator[subprocess.Popen[bytes]]:
    told = {
        "address": str(address),
        "key": KEY.hex(),
        "questions": "tests.models.engine.drastic",
        "megabytes": 1000,
        "background": False,
    }
    with subprocess.Popen([sys.executable, "-m", "models.engine.worker"], cwd=ROOT, stdin=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write(json.dumps(told).encode() + b"\n")
        process.stdin.flush()
        yield process
        process.kill()


def let_in(address: Path, key: bytes) -> Connection:
    for _ in range(300):
        try:
            return Client(str(address), authkey=key)
        except (FileNotFoundError, ConnectionRefusedError):
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.mark.skipif(sys.platform == "win32", reason="the address is a path")
def test_a_stranger_is_turned_away_and_the_supervisor_still_gets_in() -> None:
    folder = Path(mkdtemp())
    with worker(folder / "worker") as process:
        with pytest.raises(AuthenticationError):
            let_in(folder / "worker", b"x" * 32)
        with let_in(folder / "worker", KEY) as connection:
            assert message.read(connection.recv_bytes()) == message.READY
            assert not folder.exists(), "once the supervisor is in, nobody else can knock"
            connection.send_bytes(message.write(("echo", {"number": 7})))
            assert message.read(connection.recv_bytes()) == ("answer", {"number": 7}, None)
        assert process.wait(30) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the address is a path")
def test_a_worker_that_nobody_visits_leaves_with_its_parent() -> None:
    folder = Path(mkdtemp())
    with worker(folder / "worker") as process:
        assert process.stdin
        process.stdin.close()
        assert process.wait(30) == 0


def test_the_memory_of_this_process_is_known() -> None:
    assert 10 < resident_megabytes() < 10_000
