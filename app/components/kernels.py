"""All kernels of a layer over the epochs, and two states of them beside each other."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.components import compact, component, pack
from app.components.answers import news
from app.figures import theme
from models.network.learnt_values import Film

_kernels = component("kernels.js")
_beside = component("beside.js")

FIRST = 8
"""So many kernels stand beside each other at first: those that have moved most."""

TINTS = {
    "now": theme.ROLES["kernel"],
    "before": theme.INKS["line"],
    "text": theme.INKS["text"],
    "training": theme.RUNS[0],
    "validation": theme.RUNS[1],
}


class Named(NamedTuple):
    """What a film is called.

    Attributes:
        titles: of the shown filters.
        chosen: of the filter that is seen whole.
        slices: of its slices.
        shown: of the slices that are shown of each filter.
        classes: those whose probabilities are drawn.
        words: of `kernels.js` and `beside.js`.
        scale: "common" or "own".
        colours: whether the three slices of a kernel are red, green and blue.
        bias: whether the filters have one.
        label: of the group of kernels.
    """

    titles: Sequence[str]
    chosen: str
    slices: Sequence[str]
    shown: Sequence[Sequence[str]]
    classes: Sequence[str]
    words: Mapping[str, Any]
    scale: str
    colours: bool
    bias: bool
    label: str


def kernels(
    key: str,
    film: Film,
    named: Named,
    epoch: int,
    course: NDArray[np.float32] | None,
    *,
    last: int,
    states: bool,
    follows: bool,
    on_choose: Callable[[int], None],
    on_epoch: Callable[[int], None],
) -> None:
    """Show a film, which stands at `epoch`.

    Args:
        key: Streamlit's key.
        film: what is shown.
        named: what it is called.
        epoch: one of those in the film.
        course: (epochs, 3): epoch, loss in training, loss in validation; None where nobody knows.
        last: the epoch with which it ends, or will.
        states: whether the epochs are two states, untrained and trained, with nothing known between.
        follows: whether new epochs are to come: who looks at the last one goes on with them.
        on_choose: gets the number of the filter that somebody chose.
        on_epoch: gets the epoch at which the slider came to rest.
    """
    arrays: dict[str, NDArray[Any]] = {
        "norms": film.norms,
        "biases": film.biases,
        "shares": film.shares,
        "means": film.means,
        "deviations": film.deviations,
        "chances": film.chances,
    }
    if course is not None and len(course):
        arrays["course"] = course.astype(np.float32)
    header, more = _described(film, named)
    whole, step = compact(film.whole)
    header |= {
        "wholeStep": step,
        "epochs": film.epochs,
        "at": film.epochs.index(epoch),
        "lastEpoch": last,
        "trained": named.words["trained"] if states else None,
        "follows": follows,
        "filters": film.filters,
        "chosen": film.chosen,
        "whole": film.chosen,
        "slices": film.slices,
        "shownNames": [list(names) for names in named.shown],
        "chosenTitle": named.chosen,
        "wholeNames": list(named.slices),
        "classes": list(named.classes),
        "weights": film.weights,
        "reach": film.reach,
        "hasBias": named.bias,
        "tints": TINTS,
    }

    def answered() -> None:
        chosen, reached = news(key, "chosen"), news(key, "epoch")
        if isinstance(chosen, int) and 0 <= chosen < film.count:
            on_choose(chosen)
        if isinstance(reached, int) and reached in film.epochs:
            on_epoch(reached)

    _kernels(
        data=pack(header, {**arrays, **more, "whole": whole}), key=key, on_chosen_change=answered, on_epoch_change=answered
    )


def beside(key: str, film: Film, named: Named, notes: Sequence[Sequence[str]], *, hiding: bool, swapped: bool) -> None:
    """Show the first and the last epoch of `film` side by side; `hiding` keeps quiet which is which, `swapped` turns them."""
    header, arrays = _described(film, named)
    moved = film.moved[-1][list(film.filters)]
    first = sorted(int(place) for place in np.argsort(-moved, kind="stable")[:FIRST])
    header |= {"notes": [list(lines) for lines in notes], "first": first, "hiding": hiding, "swapped": swapped}
    _beside(data=pack(header, arrays), key=key)


def _described(film: Film, named: Named) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    sent, step = compact(film.kernels)
    header = {
        "form": film.form,
        "step": step,
        "titles": list(named.titles),
        "scale": named.scale,
        "colours3": named.colours,
        "label": named.label,
        "words": dict(named.words),
        "colours": theme.for_browser(),
    }
    return header, {"kernels": sent, "maps": film.maps, "reaches": film.reaches}
