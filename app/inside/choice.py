"""The bar above every "look inside" page: which picture, and which network. It follows from page to page."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import controls, i18n, image_input, problems, session
from app.inside import (
    asking,
    first_look,
    layers_choice,
    network_file,
    network_link,
    preprocessing_input,
    run_choice,
    seen,
    shipped_choice,
)
from app.inside.network_link import FILE, LAYERS, RUN, SHIPPED_KIND, NetworkLink
from app.network import network_input
from app.training.training_data import class_name
from models.arrays import ImageArray
from models.errors import LearnerError
from models.network.findings import Inventory, Opening
from models.network.preprocessing import fitted
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.picture import PictureSpec
from models.specs.training import TrainingSpec
from models.training.store import Run

SPECS: controls.Specs = (
    controls.Part(PictureSpec, ("image",)),
    NetworkLink,
    network_input.NetworkLine,
    controls.Part(TrainingSpec, ("seed",)),
)
"""What each "look inside" page has among its own."""

ICONS = {
    LAYERS: ":material/lan:",
    RUN: ":material/model_training:",
    SHIPPED_KIND: ":material/inventory_2:",
    FILE: ":material/upload_file:",
}


@dataclass(frozen=True)
class Chosen:
    """What a page looks at.

    Attributes:
        source: the network, for `app.inside.asking.asked`.
        inventory: its layers.
        class_names: of its answers, in the learner's words; one for each, never empty when the network names classes.
        image: (height, width, channels), 0 to 1: the learner's picture as it goes into the network's preprocessing.
        title: of the network, in the learner's words, as plain text.
        run: of a trained network its run.
        epochs: of a trained network those whose weights are there, in order, from 0.
    """

    source: NetworkSource
    inventory: Inventory
    class_names: tuple[str, ...]
    image: ImageArray
    title: str
    run: Run | None = None
    epochs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """A network that is chosen and not yet open."""

    source: NetworkSource
    title: str
    run: Run | None = None
    epochs: tuple[int, ...] = ()


def choose() -> Chosen | None:
    """Draw the bar; returns what is chosen, or None when there is nothing to show, which the bar has then explained."""
    first_look.greet()
    image_input.choose()
    network_link.check()
    found, refusal = None, None
    with st.container(key="network_bar", horizontal=True, vertical_alignment="center"):
        _kinds()
        with st.container(key="network_choice", horizontal=True, vertical_alignment="center"):
            try:
                found = _found()
            except LearnerError as error:
                refusal = error
        place = st.empty()
    if refusal:
        asking.explain(refusal, key="network_problem")
    if network_link.kind_of(network_link.current()) == FILE:
        session.visit().unshared |= {"network"}
        _refused_file()
    return _opened(found, place) if found else None


def _refused_file() -> None:
    error = network_file.refusal()
    if error and error.code.startswith("engine_"):
        asking.explain(error, key="upload_refused")
    elif error:
        mends = {i18n.raw("problems.dismiss"): network_file.forget_refusal}
        problems.show(error, mends, key="upload_refused")


def _kinds() -> None:
    session.put("network_kind", network_link.kind_of(network_link.current()))
    st.segmented_control(
        i18n.raw("inside.network"),
        network_link.KINDS,
        format_func=lambda kind: f"{ICONS[kind]} {i18n.raw(f'inside.kinds.{kind}')}",
        key="network_kind",
        required=True,
        label_visibility="collapsed",
        on_change=_take_kind,
        width="content",
    )


def _take_kind() -> None:
    """Callback: of the other kind the network that was looked at last, or the first."""
    kind = str(session.value("network_kind"))
    first = {RUN: run_choice.newest(), SHIPPED_KIND: next(iter(SHIPPED), "")}.get(kind, "")
    network_link.show(network_link.last(kind) or first or kind)


def _found() -> Found | None:
    """The chosen network, and what can be said of it before it is open."""
    match network_link.kind_of(network_link.current()):
        case "run":
            chosen = run_choice.choose()
            return Found(chosen[0], run_choice.line(chosen[1]), chosen[1], chosen[2]) if chosen else None
        case "shipped":
            shipped = shipped_choice.choose()
            return Found(shipped, i18n.raw(f"shipped.{shipped.name}.title")) if shipped else None
        case "file":
            file = network_file.choose()
            return Found(file, network_file.title()) if file else None
    return Found(layers_choice.choose(), i18n.raw("inside.kinds.layers"))


def _opened(found: Found, place: DeltaGenerator) -> Chosen | None:
    """The network once a worker has opened it, with the picture as it sees it in `place`."""
    opening: Opening | None = asking.asked("open_network", found.source)
    if opening is None:
        return None
    names = class_names(opening)
    if found.source.kind == FILE:
        names = preprocessing_input.ask(opening, len(names)) or names
        found = replace(found, source=replace(found.source, preprocessing=preprocessing_input.current()))
    image, done = fitted(image_input.whole(), opening.inventory.shape, found.source.preprocessing)
    with place:
        seen.show(image, done)
    return Chosen(found.source, opening.inventory, names, image, found.title, found.run, found.epochs)


def class_names(opening: Opening) -> tuple[str, ...]:
    """A name for each answer of a network, by its number where nobody knows better."""
    shape = opening.inventory.layers[-1].shape if opening.inventory.layers else ()
    units = shape[0] or 0 if len(shape) == 1 else 0
    count = 2 if units == 1 else units
    known = tuple(class_name(name) for name in opening.class_names)
    return known if len(known) == count else tuple(i18n.raw("inside.class", number=number) for number in range(count))
