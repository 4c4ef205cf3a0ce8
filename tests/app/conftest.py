"""What tests of pages share that look into runs."""

from collections.abc import Iterator

import pytest

from app.inside import asking
from models import engine


@pytest.fixture(scope="module")
def own_workers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Worker processes that look into a folder of this file's tests; its path."""
    folder = str(tmp_path_factory.getbasetemp() / request.module.__name__)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVSCOPE_DATA", folder)
        engine.close()
        yield folder
        engine.close()


@pytest.fixture
def own_runs(own_workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of these tests only, and no answer of another one."""
    monkeypatch.setenv("CONVSCOPE_DATA", own_workers)
    monkeypatch.setattr(engine, "_trainings", [])
    monkeypatch.setattr(asking, "_answers", asking._Answers())
