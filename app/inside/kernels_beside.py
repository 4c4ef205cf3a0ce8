"""A trained network beside the same one before its first batch: kernels, weights, answers, and what training changed."""

from dataclasses import replace
from html import escape

import streamlit as st

from app import i18n
from app.components.kernels import Named, beside
from app.components.plots import Bars, Plot, Rule, bar_top, plots
from app.inside import asking
from app.inside.choice import Chosen
from app.inside.network_link import show as show_network
from app.inside.unit_words import class_name
from models.network.learnt_story import judged_story, story
from models.network.learnt_values import Film, Judged
from models.network.source import NetworkSource

BY_EPOCH = (
    *("kernels", "norms", "biases", "whole", "maps", "reaches"),
    *("shares", "means", "deviations", "chances", "moved", "alike"),
)
"""Parts of a film whose first axis are epochs."""


def show(chosen: Chosen, film: Film, named: Named) -> None:
    """Draw the section, or say why there is nothing to compare."""
    st.subheader(i18n.text("learnt.beside"), anchor=False)
    if len(film.epochs) < 2:
        _alone(chosen)
        return
    pair = two(film, chosen.source.epoch if chosen.run else film.epochs[-1])
    titles = _column_names(pair)
    st.markdown(i18n.text("learnt.beside_lead", epoch=pair.epochs[-1]))
    words = dict(named.words) | {
        "names": [*titles, i18n.raw("learnt.difference")],
        "map_names": [i18n.raw("learnt.maps_of", name=name) for name in titles],
    }
    notes = [
        (
            i18n.raw("learnt.moved", far=f"{100 * pair.moved[-1, number]:.0f}"),
            i18n.raw("learnt.alike", alike=f"{pair.alike[-1, number]:.2f}".replace("-", "−")),
        )
        for number in pair.filters
    ]
    beside("kernel_beside", pair, named._replace(words=words), notes, hiding=False, swapped=False)
    maps = "maps" if pair.map_shape != (1, 1) else "sums"
    said = i18n.text("learnt.change_reading"), i18n.text(f"learnt.under.{maps}"), i18n.text("learnt.moved_reading")
    st.caption(" ".join(said))
    _numbers(chosen, pair, titles)


def two(film: Film, epoch: int) -> Film:
    """The untrained network and `epoch`, or the last one where that is the untrained network itself."""
    ends = [0, film.epochs.index(epoch) or len(film.epochs) - 1]
    cut = {name: getattr(film, name)[ends] for name in BY_EPOCH}
    return replace(film, epochs=tuple(film.epochs[end] for end in ends), **cut)


def _alone(chosen: Chosen) -> None:
    code = "file" if chosen.source.kind == "file" else "first_epoch" if chosen.run else "layers"
    st.markdown(i18n.text(f"learnt.alone.{code}"))
    if code == "layers":
        st.button(i18n.raw("learnt.see_trained"), icon=":material/inventory_2:", key="see_trained", on_click=_see_trained)


def _see_trained() -> None:
    show_network("digits")


def _column_names(pair: Film) -> list[str]:
    return [i18n.raw("learnt.untrained"), i18n.raw("learnt.trained", epoch=pair.epochs[-1])]


def _numbers(chosen: Chosen, pair: Film, titles: list[str]) -> None:
    """How the weights are spread before and after, how good both networks are, and what that means."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        plots("kernel_spread", [_spread(pair, place, title) for place, title in enumerate(titles)], width=14)
    with right:
        source = replace(chosen.source, epoch=pair.epochs[-1]) if chosen.run else chosen.source
        found = _judged(source)
        st.html(_table(chosen, pair, titles, found))
    said = [i18n.text(f"learnt.story.{code}", **values) for code, values in story(pair)]
    if found:
        code, values = judged_story(found, len(chosen.class_names))
        said.append(i18n.text(f"learnt.judged.{code}", **values))
    if pair.form == "kernels":
        said.append(i18n.text("learnt.story.edges"))
    st.markdown("\n".join(f"- {sentence}" for sentence in said))


def _judged(source: NetworkSource) -> Judged | None:
    judged: Judged | None = asking.asked("kernel_judged", source)
    return judged


def _spread(pair: Film, place: int, title: str) -> Plot:
    mean, deviation = float(pair.means[place]), float(pair.deviations[place])
    top = 1.08 * max(bar_top(row) for row in pair.shares)
    values = {"mean": f"{mean:.3g}".replace("-", "−"), "deviation": f"{deviation:.3g}"}
    return Plot(
        title=f"{title}: {i18n.raw('learnt.spread', **values)}",
        label=f"{title}: {i18n.raw('learnt.spread', **values)}",
        x=(-pair.reach or -1.0, pair.reach or 1.0),
        y=(0.0, top),
        bars=Bars(pair.shares[place], -pair.reach, pair.reach, "kernel", read=True),
        rules=[Rule("input", x=mean - deviation), Rule("input", i18n.raw("learnt.sigma"), x=mean + deviation)],
        names=(i18n.raw("kernel_film.weight"), ""),
        percent=True,
    )


def _table(chosen: Chosen, pair: Film, titles: list[str], found: Judged | None) -> str:
    rows = []
    if found:
        shares = [f"{100 * right / found.pictures:.1f} % ({right})" for right in (found.before, found.after)]
        rows.append((i18n.raw("learnt.accuracy", count=found.pictures), *shares))
    best = pair.chances.argmax(axis=1) if pair.classes else []
    if len(best):
        names = [class_name(chosen, pair.classes[place]) for place in best]
        shares = [f"{name}, {100 * row[place]:.1f} %" for name, row, place in zip(names, pair.chances, best, strict=True)]
        rows.append((i18n.raw("learnt.answer"), *shares))
    for name, values in (("mean", pair.means), ("deviation", pair.deviations)):
        rows.append((i18n.raw(f"learnt.{name}"), *(f"{value:.3g}".replace("-", "−") for value in values)))
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in ("", *titles))
    lines = (
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(before)}</td><td>{escape(after)}</td></tr>'
        for name, before, after in rows
    )
    return f'<div class="compared"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
