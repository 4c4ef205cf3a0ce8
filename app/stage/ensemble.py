"""Several runs that answer together: how good their mean is, and on which pictures it makes a difference."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from app import cache, i18n, problems, waiting
from app.components.answers import nothing
from app.components.pictures import pictures
from app.facts.training_names import called
from app.stage.learning import colour
from app.training.training_data import class_name
from models.errors import LearnerError
from models.training.ensemble import SHOWN, Ensemble, Looked, story
from models.training.store import Run

LEAST = "4.5rem"
"""How narrow a picture may become."""


def show(runs: Sequence[Run]) -> None:
    """The ensemble of `runs`, or why there is none."""
    st.subheader(i18n.text("ensemble.title"), anchor=False)
    with st.container(key="ensemble"):
        looked = _asked(runs)
        if looked:
            found = looked.found
            st.markdown(i18n.text("ensemble.lead", count=len(runs), pictures=f"{found.pictures:,}"))
            st.html(bars(found, [called(run) for run in runs]))
            st.markdown(f":material/school: {_says(found)}")
            _pictures(looked)


def _asked(runs: Sequence[Run]) -> Looked | None:
    names = {run.id: called(run) for run in runs}
    try:
        looked: Looked = waiting.waited(cache.ensemble(tuple((run.id, run.state.updated) for run in runs)))
    except LearnerError as error:
        cache.ensemble.cache_clear()
        values = {name: names.get(str(value), value) for name, value in error.values.items()}
        mends = {} if error.code.startswith("ensemble_") else {i18n.raw("waiting.try_again"): nothing}
        problems.show(LearnerError(error.code, **values), mends, key="ensemble_problem")
        return None
    return looked


def bars(found: Ensemble, names: Sequence[str]) -> str:
    """How many pictures each has wrong, the mean of the parts, and the whole: the shorter the bar, the better."""
    wrong = [float(count) for count in found.wrong]
    mean = float(np.mean(wrong))
    rows = [(name, count, "part", colour(number)) for number, (name, count) in enumerate(zip(names, wrong, strict=True))]
    rows += [(i18n.raw("ensemble.mean"), mean, "mean", {}), (i18n.raw("ensemble.whole"), found.wrong_together, "whole", {})]
    most = max(1.0, *(count for _, count, _, _ in rows))
    return f'<dl class="ensemble">{"".join(_bar(row, most, found.pictures) for row in rows)}</dl>'


def _bar(row: tuple[str, float, str, dict[str, str]], most: float, pictures_in_all: int) -> str:
    name, count, kind, colours = row
    said = i18n.raw("ensemble.wrong", count=f"{count:.4g}", accuracy=f"{100 * (1 - count / pictures_in_all):.2f}")
    paint = f"background: light-dark({colours['light']}, {colours['dark']});" if colours else ""
    return (
        f'<dt class="{kind}">{escape(name)}</dt><dd class="{kind}"><span class="bar">'
        f'<span style="width: {100 * count / most:.2f}%; {paint}"></span></span><span>{escape(said)}</span></dd>'
    )


def _says(found: Ensemble) -> str:
    """What came of it, and why."""
    mean = float(np.mean(found.wrong))
    values = {"wrong": found.wrong_together, "mean": f"{mean:.4g}", "best": int(found.wrong.min()), "all": found.wrong_all}
    said = i18n.text(f"ensemble.story.{story(found)}", **values)
    return f"{said} {i18n.text('ensemble.limit', all=found.wrong_all)}"


def _pictures(looked: Looked) -> None:
    """The pictures on which the whole and its parts differ."""
    found, first = looked.found, len(looked.found.gained)
    names = [class_name(name) for name in looked.class_names]
    parts = (("gained", slice(0, first), found.gained_in_all), ("lost", slice(first, None), found.lost_in_all))
    for name, shown, in_all in parts:
        if not len(looked.images[shown]):
            continue
        titles, alternatives = [], []
        for number, label in zip(looked.numbers[shown].tolist(), looked.labels[shown].tolist(), strict=True):
            single, whole = found.guesses[:, number].tolist(), int(found.guesses_together[number])
            said = ", ".join(names[guess] for guess in single)
            titles.append(f"{said} → {names[whole]}")
            alternatives.append(i18n.raw("ensemble.picture", true=names[label], parts=said, whole=names[whole]))
        st.markdown(f"**{i18n.text(f'ensemble.{name}', count=in_all)}**")
        label = i18n.raw(f"ensemble.{name}", count=in_all)
        images = looked.images[shown]
        pictures(f"ensemble_{name}", images, titles, label=label, columns=SHOWN, least=LEAST, alternatives=alternatives)
    if len(looked.images):
        st.caption(i18n.text("ensemble.reading"))
