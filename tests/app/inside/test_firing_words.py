"""What makes a filter fire, in both languages."""

from functools import partial

import pytest

from app import session
from app.i18n import LANGUAGES
from app.inside.firing_words import dream_said, said
from tests.models.network.test_firing_story import dream, firing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_numbers_and_names(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "language", lambda: language)
    named = partial(firing, class_names=("circle", "triangle", "square"))
    for found in (named(0, 0, 1), named(0, 1, 2, seen=40), named(0, 1, dead=True), named(0, 0, fires=0.0)):
        assert all(said(found))
    first = said(named(0, 0, 0))[0]
    assert ("circle" if language == "en" else "원") in first
    assert "1.23" in first
    for made in (dream(), dream(strongest=1.0, steps=2), dream(stuck=True)):
        assert all(dream_said(made, 0, 64, firing(0, 1)))
