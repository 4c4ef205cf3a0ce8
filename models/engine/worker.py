"""A worker process: `python -m models.engine.worker`, started by `process.py` and by nothing else.

It reads one line from its standard input (where to listen, the key of whoever may connect, which questions to answer), lets
its supervisor in, imports the questions, and answers one after the other. It ends when its supervisor's end of the line
closes, however that came about, so that none is ever left behind.
"""

import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from models.engine import message
from models.engine.line import Line
from models.engine.memory import resident_megabytes
from models.errors import LearnerError

Questions = Mapping[str, Callable[..., Any]]

NICE = 10
NICEST = 19
LOOKS_PER_SECOND = 10


def stand_back(background: bool) -> None:
    """Let the process that draws pages go first; work in the background waits for whatever else there is to do."""
    os.nice(NICEST if background else NICE)
    if background and hasattr(os, "SCHED_BATCH"):
        with suppress(OSError):  # the host may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def main() -> None:
    """Serve one supervisor until it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the line
    told = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=leave_with_supervisor, daemon=True).start()
    if sys.platform != "win32":
        stand_back(told["background"])
    connection = admit(told["address"], bytes.fromhex(told["key"]))
    threading.Thread(target=keep_within, args=(told["megabytes"],), daemon=True).start()
    questions = questions_of(told["questions"], Line(connection))
    gc.collect()
    gc.freeze()
    connection.send_bytes(message.write(message.READY))
    with suppress(EOFError, OSError):
        serve(connection, questions)
    os._exit(0)


def questions_of(module: str, line: Line) -> Questions:
    """The `QUESTIONS` of `module` and its `JOBS`, which have the line to the supervisor as their first argument."""
    found = importlib.import_module(module)
    jobs = getattr(found, "JOBS", {})
    return {**found.QUESTIONS, **{name: partial(job, line) for name, job in jobs.items()}}


def leave_with_supervisor() -> None:
    """End this process, whatever it is doing, when the supervisor's end of the line is closed."""
    with suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(0)


def keep_within(megabytes: float) -> None:
    """End this process when it holds more memory than it may."""
    while resident_megabytes() <= megabytes:
        time.sleep(1 / LOOKS_PER_SECOND)
    os._exit(message.MEMORY_EXIT)


def admit(address: str, key: bytes) -> Connection:
    """The connection of the first who knows the key; everybody else is turned away."""
    with Listener(address, authkey=key) as listener:
        while True:
            try:
                connection: Connection = listener.accept()
            except (AuthenticationError, EOFError, OSError):
                continue
            break
    if os.sep == "/":
        with suppress(OSError):
            Path(address).parent.rmdir()
    return connection


def serve(connection: Connection, questions: Questions) -> None:
    """Answer every question that comes."""
    while True:
        data = connection.recv_bytes()
        if not is_late(data):
            connection.send_bytes(answered(questions, data))


def is_late(data: bytes) -> bool:
    """Whether this is a command to a job that has ended meanwhile."""
    with suppress(Exception):
        return bool(message.read(data)[0] == message.COMMAND)
    return False


def answered(questions: Questions, data: bytes) -> bytes:
    """The outcome of the question in `data`."""
    try:
        name, payload = message.read(data)
        return message.write(("answer", questions[name](**payload), None))
    except LearnerError as error:
        return message.write(("learner_error", error.code, error.values))
    except MemoryError:
        return message.write(("learner_error", "engine_memory", {"megabytes": round(resident_megabytes())}))
    except Exception:
        return message.write(("mistake", traceback.format_exc(), None))


if __name__ == "__main__":
    main()
