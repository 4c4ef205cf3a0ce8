"""A text that people type and paste, taken over as a whole."""

from collections.abc import Mapping

from app.components import component, pack
from app.components.answers import news, nothing

LONGEST_TEXT = 1_000_000

_line = component("line.js")


def typed(key: str) -> str | None:
    """What somebody made of the text of the component `key` just now."""
    answer = news(key, "text")
    return answer[:LONGEST_TEXT] if isinstance(answer, str) else None


def line(key: str, text: str, words: Mapping[str, str]) -> None:
    """Show `text`. `words`: `label`, `help`, `take`.

    Another text than before replaces what stands there; an answer on its way never brings an old text back.
    """
    _line(data=pack({"text": text, "words": dict(words)}, {}), key=key, on_text_change=nothing)
