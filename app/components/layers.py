"""The list of a network's layers, in which they are chosen, moved, put in and taken out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app import session
from app.components import component, pack
from app.components.answers import news
from app.figures import theme

LONGEST_QUEUE = 200

_layers = component("layers.js")


def layers(key: str, rows: Sequence[Mapping[str, Any]], on_edit: Callable[[Mapping[str, Any]], None], **header: Any) -> None:
    """Show `rows`; each thing a person does there reaches `on_edit` once, in the order in which they were done.

    Args:
        key: Streamlit's key.
        rows: what `app.facts.network_rows` makes.
        on_edit: gets {"do": ..., ...}; it comes from a browser and is to be checked.
        **header: what else `layers.js` reads: words, totals, kinds, whether undo and redo are possible.

    Edits are numbered, and the browser repeats them until it sees their number come back: none is lost when Streamlit takes
    two answers for one.
    """
    heard = f"{key}.heard"
    data = pack({"rows": list(rows), "heard": session.value(heard), "colours": theme.for_browser(), **header}, {})

    def edited() -> None:
        source, edits = _queue(news(key, "edits"))
        last_source, last = session.value(heard) or ("", -1)
        last = last if source == last_source else -1
        for number, edit in edits:
            if number > last:
                last = number
                session.put(heard, (source, number))
                on_edit(edit)

    _layers(data=data, key=key, on_edits_change=edited)


def _queue(answer: Any) -> tuple[str, list[tuple[int, Mapping[str, Any]]]]:
    """The browser's name for itself, and its numbered edits; what is not of that form is left out."""
    if not isinstance(answer, Mapping) or not isinstance(answer.get("edits"), list):
        return "", []
    found = [
        (edit["number"], edit)
        for edit in answer["edits"][:LONGEST_QUEUE]
        if isinstance(edit, Mapping) and isinstance(edit.get("number"), int)
    ]
    return str(answer.get("source"))[:40], found
