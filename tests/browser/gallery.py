"""Pictures of every page for people to look at: `python -m tests.browser.gallery FOLDER`.

One for each page, language, width and theme: `convolution_en_wide_light.png`. Wide and narrow ones show the whole page at
once; "phone" is what fits on the first screen of a phone.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from app.i18n import LANGUAGES
from app.views import PAGES
from tests.browser.server import browsing, serving, settle

SCREENS = {"wide": (1440, 1000), "narrow": (390, 1000), "phone": (390, 844)}
WHOLE = ("wide", "narrow")
THEMES = ("light", "dark")

# The page scrolls inside Streamlit's main part: as tall as what is in there.
HEIGHT = "Math.ceil(document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height)"

# What stays in sight while one scrolls would lie over the rest of a page that is seen whole.
UNPINNED = "[class*=st-key-], :has(> [class*=st-key-]) { position: static !important; max-height: none !important; }"

# Each component has fetched its sheet, and the letters are there. The one that writes the address shows nothing.
READY = """() => document.fonts.status === "loaded"
  && [...document.querySelectorAll(".stBidiComponent")].every((part) => part.closest(".st-key-address")
    || part.querySelector("[data-testid=stBidiComponentIsolated]")?.shadowRoot.querySelector("style"))"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def take(browser: Browser, address: str, screen: str, theme: str, file: Path) -> None:
    """Write a picture of the page at `address`."""
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light")
    page.goto(address)
    settle(page)
    page.wait_for_function(READY)
    if screen in WHOLE:
        page.add_style_tag(content=UNPINNED)
        page.set_viewport_size({"width": width, "height": max(height, page.evaluate(HEIGHT))})
    page.evaluate(PAINTED)
    page.screenshot(path=file)
    page.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as server, browsing() as browser:
        assert browser, "the gallery needs Chromium"
        for path, language, screen, theme in product(PAGES, LANGUAGES, SCREENS, THEMES):
            file = folder / f"{path or 'home'}_{language}_{screen}_{theme}.png"
            take(browser, f"{server.url}/{path}?language={language}", screen, theme, file)
            print(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
