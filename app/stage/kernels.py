"""The kernels of one layer on the page: which layer, which of its filters, and their film."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app import controls, i18n, session
from app.components.kernels import Named, kernels
from app.inside import asking, kernels_words, network_link
from app.inside.choice import Chosen
from app.inside.kernels_look import KernelsLook
from app.inside.overview_look import OverviewLook
from app.inside.unit_words import class_name
from models import engine
from models.network.findings import LayerEntry
from models.network.learnt_values import Film, FilmLook
from models.network.source import write_link
from models.training.store import ALIVE

FEW_LAYERS = 6
EPOCH, LOSS, VALIDATION = 0, 2, 4
"""Columns of `models.training.record.EPOCHS`."""


def layers(chosen: Chosen) -> list[LayerEntry]:
    """The layers that have kernels."""
    return [entry for entry in chosen.inventory.layers if entry.weighted]


def choose_layer(chosen: Chosen) -> LayerEntry:
    """Draw the choice of a layer; returns it: the one that was chosen on the map, or the first."""
    entries = {entry.name: entry for entry in layers(chosen)}
    wanted = str(controls.get(OverviewLook, "layer"))
    name = wanted if wanted in entries else next(iter(entries))
    session.put("kernel_layer", name)
    label = i18n.raw("learnt.layer")
    shown: dict[str, Any] = {"key": "kernel_layer", "on_change": _take_layer}
    if len(entries) <= FEW_LAYERS:
        st.segmented_control(label, list(entries), required=True, **shown)
    else:
        st.selectbox(label, list(entries), format_func=lambda one: kernels_words.layer_line(entries[one]), width=420, **shown)
    return entries[name]


def _take_layer() -> None:
    controls.change(OverviewLook, layer=str(session.value("kernel_layer")), map=0)
    controls.change(KernelsLook, page=0)


def film_of(chosen: Chosen, layer: str) -> Film | None:
    """The film of a layer, as the controls have it; None when there is none, which the page has then explained."""
    get = controls.get
    look = FilmLook(
        str(get(KernelsLook, "order")),
        int(get(KernelsLook, "page")),
        int(get(OverviewLook, "map")),
        str(get(KernelsLook, "slices")),
    )
    # All epochs of a run are one question: whoever moves the slider asks nothing new.
    source = replace(chosen.source, epoch=chosen.epochs[-1]) if chosen.epochs else chosen.source
    asked: dict[str, Any] = {"epochs": chosen.epochs, "layer": layer, "picture": chosen.image}
    film: Film | None = asking.asked("kernel_film", source, **asked, look=look)
    if film and chosen.run and chosen.source.epoch not in film.epochs:
        film = asking.asked("kernel_film", source, **asked, look=look._replace(epoch=chosen.source.epoch))
    return film


def show(chosen: Chosen, entry: LayerEntry, film: Film, named: Named) -> None:
    """Draw the film of a layer, with what it holds in numbers."""
    st.markdown(kernels_words.count_line(entry, film))
    st.caption(kernels_words.reading(film, chosen))
    _pages(film)
    alive = chosen.run is not None and chosen.run.state.stage in ALIVE
    epoch = chosen.source.epoch if chosen.run else film.epochs[-1]

    def reached(at: int) -> None:
        if chosen.run:
            network_link.show(write_link(chosen.run.id, None if at == chosen.epochs[-1] else at))

    kernels(
        "kernel_film",
        film,
        named,
        epoch,
        _course(chosen),
        last=max(film.epochs[-1], int(chosen.run.training.get("epochs", 0)) if alive and chosen.run else 0),
        states=len(film.epochs) == 2 and not chosen.run,
        follows=alive,
        on_choose=lambda number: controls.change(OverviewLook, map=number),
        on_epoch=reached,
    )


def names(chosen: Chosen, entry: LayerEntry, film: Film) -> Named:
    """What the film is called, in the learner's words."""
    name, slice_name = kernels_words.filter_name, kernels_words.slice_name
    return Named(
        titles=[name(chosen, entry, number) for number in film.filters],
        chosen=name(chosen, entry, film.chosen),
        slices=[slice_name(chosen, film, int(channel)) for channel in film.whole_channels],
        shown=[[slice_name(chosen, film, int(channel)) for channel in row] for row in film.channels],
        classes=[class_name(chosen, number) for number in film.classes],
        words=kernels_words.words(film),
        scale=str(controls.get(KernelsLook, "scale")),
        colours=kernels_words.in_colour(film),
        bias=bool(np.any(film.biases)),
        label=i18n.raw("learnt.label", layer=entry.name),
    )


def _course(chosen: Chosen) -> NDArray[np.float32] | None:
    """(epochs, 3): epoch, loss, loss in validation."""
    if chosen.run is None:
        return None
    rows = engine.trainings().record(chosen.run.id).rows("epochs")
    return rows[:, [EPOCH, LOSS, VALIDATION]].astype(np.float32) if len(rows) else None


def _pages(film: Film) -> None:
    """The way through a layer with more filters than fit."""
    if film.pages < 2:
        return
    with st.container(key="kernel_pages", horizontal=True, vertical_alignment="center"):
        for step, icon, word in ((-1, ":material/chevron_left:", "back"), (1, ":material/chevron_right:", "forward")):
            st.button(
                i18n.raw(f"learnt.page_{word}"),
                icon=icon,
                key=f"kernel_page_{word}",
                disabled=not 0 <= film.page + step < film.pages,
                on_click=_turn,
                args=(film.page + step,),
            )
        last = film.page + 1 == film.pages
        first = film.count - len(film.filters) if last else film.page * len(film.filters)
        st.caption(i18n.text("learnt.page", first=first + 1, last=first + len(film.filters), count=film.count))


def _turn(page: int) -> None:
    controls.change(KernelsLook, page=page)
