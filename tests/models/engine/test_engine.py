"""The supervisor and its workers, with questions that go wrong in every way. No test asserts how long a thing took."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models import engine
from models.engine.lane import Lane, quick
from models.engine.supervisor import Supervisor
from models.errors import LearnerError
from models.settings import setting

PATIENCE = 30
"""Seconds after which a test gives up."""

LANE = Lane("tests.models.engine.drastic", workers=1, seconds=PATIENCE, megabytes=1000)
ROOT = Path(__file__).parents[3]

Ask = Callable[..., Any]


@contextmanager
def running(lane: Lane) -> Iterator[Supervisor]:
    supervisor = Supervisor({"quick": lane})
    supervisor.start()
    yield supervisor
    supervisor.close()
    assert not supervisor.is_alive()
    gc.collect()  # a process or a connection that was left open would warn here, which fails the test


def put(supervisor: Supervisor, question: str, **payload: Any) -> Any:
    answer = supervisor.pose("quick", question, payload)
    assert answer.wait(PATIENCE), question
    return answer.value()


@pytest.fixture
def ask() -> Iterator[Ask]:
    with running(LANE) as supervisor:
        yield lambda question, **payload: put(supervisor, question, **payload)


def refused(supervisor: Supervisor, question: str, **payload: Any) -> LearnerError:
    with pytest.raises(LearnerError) as caught:
        put(supervisor, question, **payload)
    return caught.value


def is_running(process: int) -> bool:
    """Whether a process that is not our child runs; one that has ended but was not yet buried does not.

    All of its threads count: the first may be dead while another still holds the connection open.
    """
    try:
        threads = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/stat")]
    except (FileNotFoundError, ProcessLookupError):
        return is_running(process)
    return any(thread.rpartition(")")[2].split()[0] not in "ZX" for thread in threads)


def wait_for_end(process: int) -> None:
    for _ in range(PATIENCE * 100):
        if not is_running(process):
            return
        time.sleep(0.01)
    pytest.fail(f"process {process} lives on")


def test_an_answer_arrives_with_its_arrays(ask: Ask) -> None:
    sent = np.arange(5 * 7 * 3, dtype=np.float32).reshape(5, 7, 3)
    answer = ask("echo", array=sent, name="고양이", numbers=[1, 2.5, None])
    assert np.array_equal(answer["array"], sent)
    assert answer["array"].dtype == np.float32
    assert (answer["name"], answer["numbers"]) == ("고양이", [1, 2.5, None])


def test_an_answer_may_be_large(ask: Ask) -> None:
    sent = np.random.default_rng(0).integers(0, 255, (64, 256, 256, 3), dtype=np.uint8)
    assert np.array_equal(ask("echo", array=sent)["array"], sent)


def test_every_look_at_an_answer_gives_arrays_of_its_own() -> None:
    with running(LANE) as supervisor:
        answer = supervisor.pose("quick", "echo", {"array": np.zeros(3)})
        answer.value()["array"][0] = 9
        assert answer.value()["array"].tolist() == [0, 0, 0]


def test_what_a_learner_caused_comes_back_as_a_learner_error(ask: Ask) -> None:
    with pytest.raises(LearnerError) as caught:
        ask("refuse", size=13)
    assert (caught.value.code, caught.value.values) == ("window_does_not_fit", {"span": 13, "padded": 3})


@pytest.mark.parametrize(
    ("question", "words"), [("stumble", "no such thing"), ("unsendable", "lock"), ("nobody_knows_this", "nobody_knows_this")]
)
def test_a_programmers_mistake_comes_back_with_its_traceback_and_kills_nobody(ask: Ask, question: str, words: str) -> None:
    before = ask("pid")
    with pytest.raises(RuntimeError, match=words) as caught:
        ask(question)
    assert "Traceback" in str(caught.value)
    assert ask("pid") == before


def test_a_payload_that_cannot_travel_is_refused_where_it_is_given(ask: Ask) -> None:
    with pytest.raises(TypeError, match="lock"):
        ask("echo", lock=threading.Lock())


def test_workers_give_way_to_the_pages_and_trainings_to_everything(ask: Ask) -> None:
    assert 10 <= ask("priority") < 19
    with running(replace(LANE, background=True)) as supervisor:
        assert put(supervisor, "priority") == 19


@pytest.mark.parametrize(("question", "code"), [("die", -signal.SIGKILL), ("leave", 3)])
def test_a_worker_that_dies_takes_its_own_question_with_it(question: str, code: int) -> None:
    with running(LANE) as supervisor:
        before = put(supervisor, "pid")
        dying = supervisor.pose("quick", question, {})
        waiting = supervisor.pose("quick", "pid", {})
        assert dying.wait(PATIENCE)
        with pytest.raises(LearnerError) as caught:
            dying.value()
        assert (caught.value.code, caught.value.values) == ("engine_died", {"ended": code})
        assert waiting.value() != before


def test_a_worker_killed_from_outside_while_idle_is_replaced_unasked() -> None:
    with running(LANE) as supervisor:
        before = put(supervisor, "pid")
        os.kill(before, signal.SIGKILL)
        wait_for_end(before)
        assert put(supervisor, "pid") != before


def test_a_worker_killed_from_outside_in_the_middle_of_a_question() -> None:
    with running(LANE) as supervisor:
        before = put(supervisor, "pid")
        answer = supervisor.pose("quick", "sleep", {"seconds": PATIENCE})
        while answer.stage != "asked":
            time.sleep(0.01)
        os.kill(before, signal.SIGKILL)
        with pytest.raises(LearnerError, match="engine_died"):
            answer.value()
        assert put(supervisor, "pid") != before


@pytest.mark.parametrize("question", ["sleep", "freeze"])
def test_a_question_that_hangs_is_ended(question: str) -> None:
    with running(replace(LANE, seconds=0.5)) as supervisor:
        before = put(supervisor, "pid")
        error = refused(supervisor, question, **({"seconds": 60} if question == "sleep" else {}))
        assert (error.code, error.values) == ("engine_too_slow", {"seconds": 0.5})
        assert put(supervisor, "pid") != before
        assert not is_running(before)


def test_a_worker_that_stands_still_does_not_hold_up_its_supervisor() -> None:
    with running(replace(LANE, seconds=0.5)) as supervisor:
        before = put(supervisor, "pid")
        os.kill(before, signal.SIGSTOP)
        error = refused(supervisor, "echo", array=np.zeros(10**7))
        assert error.code == "engine_too_slow"
        assert put(supervisor, "pid") != before


def test_a_question_that_takes_too_much_memory_is_ended() -> None:
    with running(replace(LANE, megabytes=200)) as supervisor:
        before = put(supervisor, "pid")
        error = refused(supervisor, "hoard", megabytes=400)
        assert (error.code, error.values) == ("engine_memory", {"megabytes": 200})
        assert put(supervisor, "pid") != before


def test_an_engine_that_cannot_start_says_so_and_tries_again_only_when_asked() -> None:
    with running(replace(LANE, questions="tests.models.engine.broken")) as supervisor:
        for _ in range(2):
            assert refused(supervisor, "echo").code == "engine_did_not_start"
        assert not supervisor.is_warm("quick")


def test_many_threads_may_ask_at_once() -> None:
    with running(replace(LANE, workers=2)) as supervisor, ThreadPoolExecutor(20) as threads:
        asked = list(threads.map(lambda number: put(supervisor, "echo", number=number)["number"], range(300)))
        assert asked == list(range(300))
        assert len(set(threads.map(lambda _: put(supervisor, "pid"), range(100)))) <= 2


def test_a_question_that_nobody_waits_for_is_not_worked_on() -> None:
    with running(LANE) as supervisor:
        put(supervisor, "pid")
        first = supervisor.pose("quick", "sleep", {"seconds": 0.3})
        forgotten = supervisor.pose("quick", "die", {})
        forgotten.forget()
        assert first.value() == 0.3
        assert forgotten.wait(PATIENCE)
        with pytest.raises(LearnerError, match="engine_busy"):
            forgotten.value()


def test_a_lane_has_an_end() -> None:
    with running(replace(LANE, longest_queue=3)) as supervisor:
        put(supervisor, "pid")
        refusals = []
        for _ in range(1000):
            try:
                supervisor.pose("quick", "sleep", {"seconds": 0.01})
            except LearnerError as error:
                refusals.append(error.code)
        assert set(refusals) == {"engine_busy"}


def test_an_engine_that_closes_leaves_no_question_and_no_process_behind() -> None:
    with running(LANE) as supervisor:
        process = put(supervisor, "pid")
        answers = [supervisor.pose("quick", "sleep", {"seconds": 60}) for _ in range(3)]
        supervisor.close()
        for answer in answers:
            assert answer.wait(PATIENCE)
            with pytest.raises(LearnerError, match="engine_"):
                answer.value()
        assert not is_running(process)
        late = supervisor.pose("quick", "pid", {})
        with pytest.raises(LearnerError, match="engine_did_not_start"):
            late.value()


PARENT = """
import sys, time
from models.engine.lane import Lane
from models.engine.supervisor import Supervisor
supervisor = Supervisor({"quick": Lane("tests.models.engine.drastic", 1, 60, 1000)})
supervisor.start()
print(supervisor.pose("quick", "pid", {}).value(), flush=True)
if "busy" in sys.argv:
    supervisor.pose("quick", "sleep", {"seconds": 60})
if "wait" in sys.argv:
    time.sleep(60)
"""


def orphan(*arguments: str, end: signal.Signals | None) -> int:
    """A parent with a worker, ended in some way; returns the worker's process id."""
    command = [sys.executable, "-c", PARENT, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert end is None or is_running(worker)
        if end is not None:
            parent.send_signal(end)
    return worker


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, None])
@pytest.mark.parametrize("work", ["idle", "busy"])
def test_no_worker_outlives_its_parent(end: signal.Signals | None, work: str) -> None:
    worker = orphan(work, *([] if end is None else ["wait"]), end=end)
    wait_for_end(worker)


def test_the_engine_of_the_app_starts_once_and_again_after_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    engine.close()  # other tests of this run may have started one
    monkeypatch.setattr(engine, "LANES", {"quick": lambda: LANE})
    try:
        with ThreadPoolExecutor(10) as threads:
            engines = set(threads.map(lambda _: engine.engine(), range(50)))
        assert len(engines) == 1
        before = engine.ask("pid")
        engine.close()
        assert not is_running(before)
        engine.warm_up()
        assert engine.ask("pid") != before
    finally:
        engine.close()


def test_the_host_sets_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVSCOPE_QUICK_WORKERS", "3")
    monkeypatch.setenv("CONVSCOPE_WORKER_MB", " ")
    assert (quick().workers, quick().megabytes) == (3, 2500)
    for wrong in ("many", "0", "-1", "nan", "inf"):
        monkeypatch.setenv("CONVSCOPE_QUICK_WORKERS", wrong)
        with pytest.raises(ValueError, match=f"CONVSCOPE_QUICK_WORKERS: expected a number above 0; received '{wrong}'"):
            setting("CONVSCOPE_QUICK_WORKERS", 1)
