"""From starting the server to a page one can use, against an empty Streamlit page: `python -m tests.benchmarks.startup`."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser

from tests.benchmarks.table import show
from tests.browser.server import browsing, serving, settle

RUNS = 7
EMPTY = 'import streamlit as st\n\nst.container(key="microscope").text("total")\n'


def start(browser: Browser, script: str, address: str, usable: str) -> float:
    begin = perf_counter()
    with serving(script) as server:
        page = browser.new_page()
        page.goto(server.url + address)
        settle(page)
        page.wait_for_selector(usable)
        elapsed = perf_counter() - begin
        page.close()
    return 1000 * elapsed


def main() -> None:
    rows: dict[str, list[float]] = {"empty page": [], "/convolution": []}
    with TemporaryDirectory() as folder, browsing() as browser:
        assert browser, "this benchmark needs Chromium"
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        for _ in range(RUNS):
            rows["empty page"].append(start(browser, str(empty), "/", ".st-key-microscope"))
            rows["/convolution"].append(start(browser, "app/main.py", "/convolution", "[data-testid=total]"))
    show("Start to usable page", "ms", rows)
    print(f"ratio {median(rows['/convolution']) / median(rows['empty page']):.2f}")


if __name__ == "__main__":
    main()
