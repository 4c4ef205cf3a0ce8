"""Pictures of every page for people to look at: `python -m tests.browser.gallery FOLDER`.

One for each page, language, width and theme: `convolution_en_wide_light.png`.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from app.i18n import LANGUAGES
from app.views import PAGES
from tests.browser.server import browsing, serving, settle

WIDTHS = {"wide": 1440, "narrow": 390}
THEMES = ("light", "dark")
FIRST_HEIGHT = 1000

# The page scrolls inside Streamlit's main part: as tall as what is in there.
HEIGHT = "Math.ceil(document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height)"


def take(browser: Browser, address: str, width: int, theme: str, file: Path) -> None:
    """Write a picture of the whole page at `address`."""
    page = browser.new_page(
        viewport={"width": width, "height": FIRST_HEIGHT}, color_scheme="dark" if theme == "dark" else "light"
    )
    page.goto(address)
    settle(page)
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": width, "height": max(FIRST_HEIGHT, page.evaluate(HEIGHT))})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.screenshot(path=file)
    page.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as server, browsing() as browser:
        assert browser, "the gallery needs Chromium"
        for path, language, width, theme in product(PAGES, LANGUAGES, WIDTHS, THEMES):
            file = folder / f"{path or 'home'}_{language}_{width}_{theme}.png"
            take(browser, f"{server.url}/{path}?language={language}", WIDTHS[width], theme, file)
            print(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
