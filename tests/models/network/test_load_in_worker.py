"""A file is read where it can do no harm: in a worker of the engine, which answers with plain values."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import engine
from models.errors import LearnerError
from models.network.source import NetworkSource
from tests.models.network.hostile_archives import bomb
from tests.models.network.keras_files import PLAIN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    yield
    engine.close()


def source_of(folder: Path, data: bytes) -> NetworkSource:
    path = folder / "mine.keras"
    path.write_bytes(data)
    return NetworkSource("file", hashlib.sha256(data).hexdigest(), path=str(path))


def test_a_worker_says_what_a_file_holds(tmp_path: Path) -> None:
    found = engine.ask("open_network", source=source_of(tmp_path, PLAIN)).inventory
    assert found.name == "network"
    assert found.shape == (9, 7, 1)
    assert [(entry.name, entry.shape) for entry in found.layers][-1] == ("dense", (4,))


def test_a_worker_refuses_a_bomb_and_lives(tmp_path: Path) -> None:
    engine.warm_up()
    before = engine.engine().workers("quick")
    with pytest.raises(LearnerError, match="network_part_too_large"):
        engine.ask("open_network", source=source_of(tmp_path, bomb("model.weights.h5", 120)))
    assert engine.engine().workers("quick") == before
