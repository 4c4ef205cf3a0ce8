"""Trainings as the engine sees them, with one that is none: the queue, leases, commands, and every way to go wrong."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.engine.lane import Lane
from models.engine.supervisor import Supervisor
from models.engine.trainings import LANE, Trainings
from models.errors import LearnerError
from models.training.store import Store
from tests.models.engine.test_engine import PATIENCE, ROOT, is_running, wait_for_end

JOBS = Lane("tests.models.engine.drastic_jobs", workers=1, seconds=PATIENCE, megabytes=1000)
NETWORK = ("28x28x1", "flatten | dense 10 softmax")
LONG = 100_000


@contextmanager
def desk(folder: Path, lane: Lane = JOBS) -> Iterator[Trainings]:
    supervisor = Supervisor({LANE: lane})
    supervisor.start()
    yield Trainings(Store(folder), lambda: supervisor)
    supervisor.close()
    assert not supervisor.is_alive()
    gc.collect()


@pytest.fixture
def trainings(tmp_path: Path) -> Iterator[Trainings]:
    with desk(tmp_path) as made:
        yield made


def begin(trainings: Trainings, owner: str = "ada", steps: int = LONG, wrong_at: int = 0, do: str = "") -> str:
    return trainings.submit(owner, NETWORK, {"steps": steps, "wrong_at": wrong_at}, {"do": do})


def wait_until(true: Callable[[], Any], what: str = "") -> None:
    for _ in range(PATIENCE * 200):
        if true():
            return
        time.sleep(0.005)
    pytest.fail(f"never so: {what}")


def wait_for_stage(trainings: Trainings, run: str, *stages: str) -> None:
    wait_until(lambda: stage(trainings, run) in stages, f"{stages}, is {stage(trainings, run)}")


def wait_for_batches(trainings: Trainings, run: str, count: int = 1) -> None:
    wait_until(lambda: len(trainings.record(run).rows("batches")) >= count, f"{count} batches")


def stage(trainings: Trainings, run: str) -> str:
    found = trainings.read(run)
    assert found
    return found.state.stage


def ended(trainings: Trainings, run: str) -> Any:
    """The state of a run once nobody works on it any more."""
    wait_until(lambda: trainings.training(run) is None, "the end")
    found = trainings.read(run)
    assert found
    return found.state


def worker(trainings: Trainings) -> int:
    (process,) = trainings._engine().workers(LANE)
    return process


def test_a_training_tells_how_it_goes_and_is_kept(trainings: Trainings) -> None:
    run = begin(trainings, steps=25)
    assert ended(trainings, run).stage == "finished"
    assert trainings.store.epochs(run) == [1, 2]


def test_first_come_first_served(trainings: Trainings) -> None:
    runs = [begin(trainings, owner) for owner in ("ada", "ben", "cho")]
    wait_for_batches(trainings, runs[0])
    places = [trainings.position(run) for run in runs]
    assert [place and place.ahead for place in places] == [None, 1, 2]
    assert places[1]
    assert places[2]
    assert 0 < places[1].seconds < places[2].seconds
    trainings.stop(runs[0])
    wait_for_batches(trainings, runs[1])
    place = trainings.position(runs[2])
    assert place
    assert place.ahead == 1
    trainings.stop(runs[1])
    wait_for_batches(trainings, runs[2])
    assert stage(trainings, runs[0]) == stage(trainings, runs[1]) == "stopped"


def test_a_second_press_is_the_same_run(trainings: Trainings) -> None:
    first = begin(trainings)
    assert begin(trainings) == first
    wait_for_batches(trainings, first)
    assert begin(trainings) == first
    assert [run.id for run in trainings.runs("ada")] == [first]
    trainings.stop(first)
    ended(trainings, first)
    assert begin(trainings) != first


def test_who_waits_can_leave_the_queue(trainings: Trainings) -> None:
    first, second, third = (begin(trainings, owner) for owner in ("ada", "ben", "cho"))
    wait_for_batches(trainings, first)
    trainings.stop(second)
    assert ended(trainings, second).stage == "stopped"
    place = trainings.position(third)
    assert place
    assert place.ahead == 1
    trainings.stop(first)
    wait_for_batches(trainings, third)


def test_pause_and_go_on(trainings: Trainings) -> None:
    run = begin(trainings)
    wait_for_batches(trainings, run)
    trainings.command(run, "pause")
    wait_for_stage(trainings, run, "paused")
    count = len(trainings.record(run).rows("batches"))
    time.sleep(0.2)
    assert len(trainings.record(run).rows("batches")) == count
    trainings.command(run, "go")
    wait_for_batches(trainings, run, count + 5)
    trainings.command(run, "pause")
    trainings.stop(run)
    assert ended(trainings, run).stage == "stopped"


def test_a_command_that_comes_too_late_disturbs_nobody(trainings: Trainings) -> None:
    first, second = begin(trainings, steps=3), begin(trainings, "ben", steps=30)
    job = trainings.training(first)
    assert job
    wait_for_batches(trainings, first)
    while not job.job.ready:
        trainings.command(first, "rate", 0.1)
        time.sleep(0.002)
    assert ended(trainings, first).stage == ended(trainings, second).stage == "finished"


@pytest.mark.parametrize(
    ("do", "code"),
    [("die", "training_died"), ("refuse", "training_diverged"), ("stumble", "training_mistake"), ("hoard", "training_memory")],
)
def test_what_goes_wrong_is_told_in_words_and_others_go_on(tmp_path: Path, do: str, code: str) -> None:
    with desk(tmp_path, replace(JOBS, megabytes=600)) as trainings:
        wrong, right = begin(trainings, wrong_at=15, do=do), begin(trainings, "ben", steps=12)
        state = ended(trainings, wrong)
        assert (state.stage, state.epoch, state.error["code"]) == ("failed", 1, code)
        assert len(trainings.record(wrong).rows("batches")) == 15
        assert ended(trainings, right).stage == "finished"


def test_a_worker_killed_from_outside_is_replaced_and_the_run_can_go_on(trainings: Trainings) -> None:
    run, waiting = begin(trainings), begin(trainings, "ben", steps=5)
    wait_until(lambda: trainings.record(run).epochs(), "an epoch")
    before = worker(trainings)
    os.kill(before, signal.SIGKILL)
    state = ended(trainings, run)
    assert (state.stage, state.error) == ("failed", {"code": "training_died", "values": {"ended": -9}})
    assert ended(trainings, waiting).stage == "finished"
    assert worker(trainings) != before
    assert trainings.resume(run, "ada") == run
    batches = trainings.record(run).rows("batches")
    assert batches[-1, 0] <= state.epoch * 10
    wait_for_batches(trainings, run, len(batches) + 1)


def test_a_batch_that_hangs_is_ended(tmp_path: Path) -> None:
    with desk(tmp_path, replace(JOBS, seconds=1)) as trainings:
        run = begin(trainings, wrong_at=3, do="hang")
        assert ended(trainings, run).error == {"code": "training_hung", "values": {"seconds": 1}}
        assert ended(trainings, begin(trainings, steps=3)).stage == "finished"


def test_memory_comes_back_because_workers_are_replaced(tmp_path: Path) -> None:
    with desk(tmp_path, replace(JOBS, answers_per_worker=2)) as trainings:
        workers = []
        for number in range(4):
            run = begin(trainings, f"owner {number}", steps=5)
            wait_for_batches(trainings, run, 2)
            workers += trainings._engine().workers(LANE)
            assert ended(trainings, run).stage == "finished"
        assert len(set(workers)) == 2


def test_an_orphan_ends_after_the_time_of_grace_and_keeps_what_it_has(
    trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVSCOPE_GRACE_SECONDS", "0.3")
    trainings.leases.hold("ada", "first tab")
    trainings.leases.hold("ada", "second tab")
    run = begin(trainings)
    trainings.leases.release("ada", "first tab")
    time.sleep(0.5)
    assert not trainings.is_orphaned(run)
    trainings.leases.release("ada", "second tab")
    assert trainings.is_orphaned(run)
    trainings.leases.hold("ada", "came back")
    time.sleep(0.5)
    assert trainings.training(run)
    wait_until(lambda: trainings.store.epochs(run), "an epoch")
    trainings.leases.release("ada", "came back")
    state = ended(trainings, run)
    assert (state.stage, state.reason) == ("stopped", "left")
    assert trainings.store.epochs(run)


def test_an_orphan_can_be_adopted_by_somebody_who_trains_nothing(trainings: Trainings) -> None:
    trainings.leases.hold("ada", "tab")
    run = begin(trainings)
    assert not trainings.adopt(run, "ben")
    trainings.leases.release("ada", "tab")
    own = begin(trainings, "cho")
    assert not trainings.adopt(run, "cho")
    assert trainings.adopt(run, "ben")
    assert (trainings.of("ben"), trainings.of("ada"), trainings.of("cho")) == (run, "", own)
    trainings.stop(run)
    ended(trainings, run)
    assert [kept.id for kept in trainings.runs("ben")] == [run]


def test_a_queue_has_an_end_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with desk(tmp_path, replace(JOBS, longest_queue=2)) as trainings:
        wait_for_batches(trainings, begin(trainings))
        waiting = [begin(trainings, owner) for owner in ("ben", "cho")]
        with pytest.raises(LearnerError, match="engine_busy"):
            begin(trainings, "dan")
        assert trainings.of("dan") == ""
        assert {run.id for run in trainings.store.runs()} == {trainings.of("ada"), *waiting}


def test_a_disk_that_takes_nothing_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with desk(tmp_path / "file") as trainings, pytest.raises(LearnerError, match="disk_full"):
        begin(trainings)


PARENT = """
import sys, time
from pathlib import Path
from models.engine.supervisor import Supervisor
from models.engine.trainings import Trainings
from models.training.store import Store
from tests.models.engine.test_jobs import JOBS, LANE, begin, wait_until
supervisor = Supervisor({LANE: JOBS})
supervisor.start()
trainings = Trainings(Store(Path(sys.argv[1])), lambda: supervisor)
run = begin(trainings)
wait_until(lambda: trainings.record(run).epochs())
print(run, *supervisor.workers(LANE), flush=True)
time.sleep(60)
"""


def test_a_server_that_is_killed_leaves_no_worker_and_an_interrupted_run(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        run, process = parent.stdout.readline().split()
        assert is_running(int(process))
        parent.kill()
    wait_for_end(int(process))
    with desk(tmp_path) as trainings:
        found = trainings.read(run)
        assert found
        assert (found.state.stage, found.state.epoch >= 1) == ("interrupted", True)
        trainings.resume(run, "ada")
        wait_for_batches(trainings, run, found.state.epoch * 10 + 1)
