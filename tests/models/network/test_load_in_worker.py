"""A file is read where it can do no harm: in a worker of the engine, which answers with plain values."""

from collections.abc import Iterator

import pytest

from models import engine
from models.errors import LearnerError
from tests.models.network.hostile_archives import bomb
from tests.models.network.keras_files import PLAIN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    yield
    engine.close()


def test_a_worker_says_what_a_file_holds() -> None:
    found = engine.ask("network_file", data=PLAIN)
    assert found.name == "network"
    assert found.shape == (9, 7, 1)
    assert [(entry.name, entry.shape) for entry in found.layers][-1] == ("dense", (4,))


def test_a_worker_refuses_a_bomb_and_lives() -> None:
    engine.warm_up()
    before = engine.engine().workers("quick")
    with pytest.raises(LearnerError, match="network_part_too_large"):
        engine.ask("network_file", data=bomb("model.weights.h5", 120))
    assert engine.engine().workers("quick") == before
