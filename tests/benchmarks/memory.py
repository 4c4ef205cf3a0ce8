"""The server's memory with the convolution page open: `python -m tests.benchmarks.memory`. Linux only."""

import re
from pathlib import Path

from tests.benchmarks.table import show
from tests.browser.server import Server, browsing, serving, settle
from tests.browser.steps import nudge, total

PAGES = 5
RERUNS = 100


def resident(server: Server) -> float:
    """Megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.process}/status").read_text())
    assert found
    return int(found[1]) / 1000


def main() -> None:
    with serving() as server, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        rows = {"before the first page": [resident(server)]}
        for number in range(1, PAGES + 1):
            page = browser.new_page()
            page.goto(f"{server.url}/convolution")
            total(page).wait_for()
            rows[f"{number} open"] = [resident(server)]
        for count in range(1, RERUNS + 1):
            nudge(page, "stride", 1 if count % 14 < 7 else -1)
            settle(page)
        rows[f"after {RERUNS} reruns of the last"] = [resident(server)]
    show("Memory of the server, /convolution", "MB", rows)


if __name__ == "__main__":
    main()
