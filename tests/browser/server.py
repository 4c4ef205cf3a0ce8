"""A Streamlit server of its own and a Chromium to look at it: for browser tests, the gallery and the benchmarks."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
SETTLED = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"


@dataclass(frozen=True)
class Server:
    """A running app: its address without a slash at the end, its process, and what it has complained about so far."""

    url: str
    process: int
    log: IO[str]

    def complaints(self) -> str:
        self.log.seek(0)
        return self.log.read()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(script: str = "app/main.py", *options: str) -> Iterator[Server]:
    """Run `script` as the README says, on a free port; it answers when this returns."""
    port = free_port()
    place = ("--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true")
    command = (sys.executable, "-m", "streamlit", "run", script, *place, *options)
    with TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert process.stdout
            if not any("URL" in line for line in iter(process.stdout.readline, "")):
                log.seek(0)
                raise RuntimeError(f"the server ended with {process.wait()}\n{log.read()}")
            yield Server(f"http://127.0.0.1:{port}", process.pid, log)
        finally:
            process.terminate()
            process.communicate()


def chromium(playwright: Playwright) -> str | None:
    """The system's Chromium, or Playwright's own, or None."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, NAMES)), own if Path(own).exists() else None)


@contextmanager
def browsing() -> Iterator[Browser | None]:
    """A running Chromium, or None where there is none."""
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            yield None
            return
        # Root cannot have Chromium's sandbox; what is opened here is our own page only.
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        try:
            yield browser
        finally:
            browser.close()


def settle(page: Page) -> None:
    """Wait until the server has nothing more to say."""
    page.wait_for_selector(SETTLED, state="attached")
