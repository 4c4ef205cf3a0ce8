"""Downloads as the web process sees them: one of each set, told of, stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.datasets.official import present
from models.engine.downloads import LANE, Downloads
from models.engine.lane import download as lane
from models.engine.supervisor import Supervisor
from models.errors import LearnerError
from tests.models.datasets.test_download import server as server
from tests.models.engine.test_jobs import wait_until

FASHION = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")


@pytest.fixture
def downloads(server: Path) -> Iterator[Downloads]:
    """With workers that begin after the mirror is set."""
    for name in FASHION:
        (server / f"{name}-ubyte.gz").write_bytes(bytes(300_000))
    supervisor = Supervisor({LANE: lane()})
    supervisor.start()
    yield Downloads(lambda: supervisor)
    supervisor.close()


def test_one_download_for_all_who_ask(downloads: Downloads) -> None:
    first = downloads.start("fashion_mnist")
    assert downloads.start("fashion_mnist") is first
    assert downloads.of("fashion_mnist") is first
    assert first.job.value() is True
    assert 0 < first.here <= 1_200_000
    assert first.total == 30_900_000
    assert present("fashion_mnist")
    downloads.forget("fashion_mnist")
    assert downloads.of("fashion_mnist") is None


def test_a_failed_one_is_kept_until_somebody_tries_again(downloads: Downloads) -> None:
    failed = downloads.start("mnist")
    with pytest.raises(LearnerError, match="download_failed"):
        failed.job.value()
    assert downloads.of("mnist") is failed
    assert downloads.start("mnist") is not failed


def test_one_that_is_stopped_is_forgotten_at_once(downloads: Downloads) -> None:
    stopped = downloads.start("fashion_mnist")
    downloads.stop("fashion_mnist")
    assert downloads.of("fashion_mnist") is None
    wait_until(lambda: stopped.job.ready, "an end")
