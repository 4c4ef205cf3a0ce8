"""The app in a browser: a page that complained, or asked another host for anything, fails its test."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.server import Server, browsing, serving, settle

PROBES = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit asks a sub-page for these first, to find out where its root is, and is told that they are not there."""

PATIENCE = 30_000
"""Milliseconds to wait for what should come at once: the machine may be busy."""

Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running
        assert "Traceback" not in running.complaints()


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    with browsing() as browser:
        if browser is None:
            reason = "no Chromium on this machine: apt-get install chromium, or python -m playwright install chromium"
            assert not os.environ.get("CI"), reason
            pytest.skip(reason)
        expect.set_options(timeout=PATIENCE)
        yield browser


@pytest.fixture(scope="package")
def context(chrome: Browser) -> Callable[..., BrowserContext]:
    """One for each set of options: a page in it is a new visit, but Streamlit's own files come from the browser's cache."""
    made: dict[str, BrowserContext] = {}

    def with_options(**options: Any) -> BrowserContext:
        key = str(sorted(options.items()))
        if key not in made:
            made[key] = chrome.new_context(**options)
        return made[key]

    return with_options


@pytest.fixture
def visit(server: Server, context: Callable[..., BrowserContext]) -> Iterator[Visit]:
    """`visit("/convolution?stride=2")` opens the page as somebody new would; further words are Playwright's for a context."""
    pages: list[Page] = []
    trouble: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith(PROBES):
            trouble.append(f"{message.type}: {message.text} ({message.location['url']})")

    def open_page(address: str, **options: Any) -> Page:
        page = context(**{"locale": "en-US", "viewport": {"width": 1440, "height": 1000}, **options}).new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("console", complain)
        page.on("pageerror", lambda error: trouble.append(f"exception: {error}"))
        page.on("request", lambda request: trouble.extend(_foreign(request.url, server.url)))
        page.goto(server.url + address)
        settle(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert trouble == []


def _foreign(url: str, own: str) -> list[str]:
    parts = urlsplit(url.removeprefix("blob:"))
    return [] if parts.scheme in ("data", "about") or parts.netloc == urlsplit(own).netloc else [f"request to {url}"]
