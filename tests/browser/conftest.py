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

PATIENCE = 15_000
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


@pytest.fixture
def visit(server: Server, chrome: Browser) -> Iterator[Visit]:
    """`visit("/convolution?stride=2")` opens the page as somebody new would; further words are Playwright's for a context."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith(PROBES):
            trouble.append(f"{message.type}: {message.text} ({message.location['url']})")

    def open_page(address: str, **options: Any) -> Page:
        defaults = {"locale": "en-US", "viewport": {"width": 1440, "height": 1000}}
        contexts.append(chrome.new_context(**{**defaults, **options}))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", complain)
        page.on("pageerror", lambda error: trouble.append(f"exception: {error}"))
        page.on("request", lambda request: trouble.extend(_foreign(request.url, server.url)))
        page.goto(server.url + address)
        settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def _foreign(url: str, own: str) -> list[str]:
    parts = urlsplit(url.removeprefix("blob:"))
    return [] if parts.scheme in ("data", "about") or parts.netloc == urlsplit(own).netloc else [f"request to {url}"]
