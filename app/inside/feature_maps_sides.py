"""The second side of a comparison: the picture moved, another picture, another epoch, another network."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app import cache, controls, i18n, image_input, session
from app.components.pictures import pictures
from app.inside import asking, network_link
from app.inside.choice import Chosen
from app.inside.feature_maps_look import FeatureMapsLook
from app.inside.feature_maps_networks import candidates, source_of
from models.arrays import ImageArray
from models.hyperparameters import declared
from models.images import SAMPLES
from models.images.centred import scaled
from models.images.transform import to_colour
from models.network.findings import Opening
from models.network.picture_moves import Move, moved
from models.network.preprocessing import fitted
from models.network.source import NetworkSource
from models.specs.picture import PictureSpec

STILL = Move()


@dataclass(frozen=True)
class Second:
    """The second side.

    Attributes:
        name: what it is called, short, as plain text.
        image: the picture as its network sees it.
        move: how the picture was moved; not at all when something else differs.
        other: its network, where it is another one.
    """

    name: str
    image: ImageArray
    move: Move = STILL
    other: NetworkSource | None = None


def choose(chosen: Chosen) -> Second | None:
    """Draw what the maps are compared with; returns it, None when there is nothing to compare with."""
    with st.container(key="maps_against"):
        against = controls.ask(FeatureMapsLook, "against")["against"]
        with st.container(key="maps_sides"):
            with st.container(key="maps_second"):
                second = {"moved": _moved, "picture": _picture, "epoch": _epoch, "network": _network}[against](chosen)
            with st.container(key="maps_pictures"):
                _show(chosen, second)
    return second


def _show(chosen: Chosen, second: Second | None) -> None:
    sides = [(i18n.raw("feature_maps.first"), chosen.image)]
    if second and second.other is None:
        sides.append((second.name, second.image))
    shown = np.stack([_bytes(image, chosen.image) for _, image in sides])
    pictures("maps_pair", shown, [name for name, _ in sides], label=i18n.raw("feature_maps.pictures"), columns=2)


def _bytes(image: ImageArray, like: ImageArray) -> NDArray[np.uint8]:
    seen = image if image.shape[2] in (1, 3) else image[..., :1]
    seen = seen if seen.shape[:2] == like.shape[:2] else scaled(seen, *like.shape[:2])
    return np.rint(np.clip(to_colour(seen), 0, 1) * 255).astype(np.uint8)


def _moved(chosen: Chosen) -> Second | None:
    with st.container(key="maps_moves"):
        controls.ask(FeatureMapsLook, "down", "right", "turn", "zoom")
    move = look().move
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            i18n.raw("feature_maps.put_back"),
            icon=":material/restart_alt:",
            key="maps_put_back",
            on_click=_put_back,
            disabled=move.still,
        )
        controls.ask(FeatureMapsLook, "back", disabled=move.still)
        controls.ask(FeatureMapsLook, "predict")
    return None if move.still else Second(i18n.raw("feature_maps.moved"), moved(chosen.image, move), move)


def look() -> FeatureMapsLook:
    """The page's own settings."""
    return FeatureMapsLook(**{name: controls.get(FeatureMapsLook, name) for name in declared(FeatureMapsLook)})


def _put_back() -> None:
    controls.change(FeatureMapsLook, down=0, right=0, turn=0, zoom=1.0)


def _picture(chosen: Chosen) -> Second:
    names = list(SAMPLES)
    now = str(controls.get(FeatureMapsLook, "second"))
    if now not in SAMPLES:
        now = _second_of(str(controls.get(PictureSpec, "image")))
        controls.change(FeatureMapsLook, second=now)
    session.put("second_picture", now)
    st.selectbox(
        i18n.raw("fields.FeatureMapsLook_second.label"),
        names,
        format_func=lambda name: i18n.raw(f"samples.{name}.title"),
        key="second_picture",
        help=i18n.raw("fields.FeatureMapsLook_second.help"),
        on_change=lambda: controls.change(FeatureMapsLook, second=str(session.value("second_picture"))),
    )
    image = fitted(cache.samples()[now], chosen.inventory.shape, chosen.source.preprocessing).image
    return Second(i18n.raw(f"samples.{now}.title"), image)


def _second_of(first: str) -> str:
    """The sample after `first`; a digit goes with a digit."""
    names = list(SAMPLES)
    behind = names[names.index(first) + 1 :] if first in names else []
    fitting = [name for name in (*behind, *names) if name.startswith("digit") == first.startswith("digit") and name != first]
    return next(iter(fitting), names[0])


def _epoch(chosen: Chosen) -> Second | None:
    epochs = [epoch for epoch in chosen.epochs if epoch != chosen.source.epoch]
    if chosen.source.kind != network_link.RUN or not epochs:
        st.markdown(i18n.text("feature_maps.no_epochs"))
        return None
    now = int(controls.get(FeatureMapsLook, "beside_epoch"))
    now = now if now in epochs else epochs[0]

    def move() -> None:
        controls.change(FeatureMapsLook, beside_epoch=int(session.value(key)))

    if len(epochs) > 1:
        key = f"second_epoch_{chosen.source.name}_{chosen.source.epoch}_{epochs[-1]}"
        session.put(key, now)
        help_ = i18n.raw("fields.FeatureMapsLook_beside_epoch.help")
        st.select_slider(
            i18n.raw("fields.FeatureMapsLook_beside_epoch.label"),
            epochs,
            key=key,
            on_change=move,
            format_func=_called,
            help=help_,
        )
    return Second(_called(now), chosen.image, other=replace(chosen.source, epoch=now))


def _called(epoch: int) -> str:
    return i18n.raw("feature_maps.after_epoch", epoch=epoch) if epoch else i18n.raw("inside.untrained")


def _network(chosen: Chosen) -> Second | None:
    options = candidates(chosen)
    now = str(controls.get(FeatureMapsLook, "beside"))
    linked = source_of(now) if now and now not in options else None
    if linked:
        options = {now: (now, linked), **options}
    if now not in options:
        now = next(iter(options))
        controls.change(FeatureMapsLook, beside=now)
    session.put("second_network", now)
    st.selectbox(
        i18n.raw("fields.FeatureMapsLook_beside.label"),
        list(options),
        format_func=lambda link: options[link][0],
        key="second_network",
        help=i18n.raw("fields.FeatureMapsLook_beside.help"),
        on_change=lambda: controls.change(FeatureMapsLook, beside=str(session.value("second_network"))),
    )
    st.caption(i18n.text("feature_maps.networks_caution"))
    source = options[now][1]
    opening: Opening | None = asking.asked("open_network", source)
    if opening is None:
        return None
    image = fitted(image_input.whole(), opening.inventory.shape, source.preprocessing).image
    return Second(i18n.raw("feature_maps.other_network"), image, other=source)
