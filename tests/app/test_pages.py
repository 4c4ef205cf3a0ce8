"""Every page in every language opens, and says what its words say."""

import logging
import re

import pytest

from app.i18n import LANGUAGES
from app.views import PAGES
from tests.app.opened import opened, words
from tests.assets.test_i18n import WORDS


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_opens(path: str, language: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "app"):
        page = opened(path, language=language)
    assert not page.exception
    assert [record.message for record in caplog.records if record.name.split(".")[0] in ("app", "__main__")] == []
    assert page.title[0].value == WORDS[language][f"pages.{path or 'home'}.heading"]
    said = words(page)
    assert re.findall(r"\{\w+\}", re.sub(r"`[^`]*`", "", said)) == []
    assert WORDS[language]["problems.unexpected"] not in said


@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("ko", "ko"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_first_visit_follows_the_browser(locale: str, language: str) -> None:
    page = opened("convolution", locale=locale)
    assert page.title[0].value == WORDS[language]["pages.convolution.heading"]


def test_a_link_to_a_page_that_is_not_there_shows_the_home_page() -> None:
    assert opened("nowhere").title[0].value == WORDS["en"]["pages.home.heading"]
