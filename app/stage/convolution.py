"""A convolution on the stage: one filter under the microscope, all filters as maps."""

from dataclasses import dataclass

import streamlit as st

from app import controls, i18n
from app.components.answers import news
from app.components.maps import Place, maps
from app.components.microscope import Slide, microscope
from app.image_input import Picture
from models.arrays import ActivationMaps, Array, FeatureMaps, Kernel
from models.hyperparameters import Spec, choice, declared, flag, integer
from models.specs.operations import ActivationSpec, ConvSpec, FilterSpec


@dataclass(frozen=True)
class Look(Spec):
    """What the learner looks at: the chosen filter, the pinned output pixel (-1 is the middle), which maps on which scale,
    guessing or not.
    """

    filter: int = integer(default=0, low=0, high=15)
    row: int = integer(default=-1, low=-1, high=544)
    col: int = integer(default=-1, low=-1, high=544)
    maps: str = choice("feature", "feature", "activation")
    scale: str = choice("common", "common", "own")
    predict: bool = flag(False)


@dataclass(frozen=True)
class Scene:
    """The picture, the filters on it, and what came out; no maps where the window does not fit."""

    picture: Picture
    kernels: Kernel
    spec: ConvSpec
    features: FeatureMaps | None
    activated: ActivationMaps | None


def show_microscope(scene: Scene, known: bool) -> None:
    """Put the chosen filter under the microscope; sizes stay hidden until they are `known`."""
    features, activated = scene.features, scene.activated
    chosen = min(controls.get(Look, "filter"), scene.kernels.shape[3] - 1)
    own = controls.get(Look, "scale") == "own"
    slide = Slide(
        image=scene.picture.image,
        kernel=scene.kernels[..., chosen],
        spec=scene.spec,
        bias=controls.get(FilterSpec, "bias"),
        feature_map=None if features is None else features[..., chosen],
        activation_map=None if activated is None else activated[..., chosen],
        limits=_limits(features, chosen, own),
        activation_limits=_limits(activated, chosen, own),
        activation=i18n.raw(f"choices.activation.{controls.get(ActivationSpec, 'activation')}"),
        title=i18n.raw("convolution.filter", number=chosen + 1),
    )
    middle = (0, 0) if features is None else (features.shape[0] // 2, features.shape[1] // 2)
    row, col = (
        at if at >= 0 else mid for at, mid in zip((controls.get(Look, "row"), controls.get(Look, "col")), middle, strict=True)
    )
    microscope("microscope", slide, (row, col), pixels=scene.picture.pixels, on_point=_pin, shapes=known)


def _limits(values: Array | None, chosen: int, own: bool) -> tuple[float, float]:
    if values is None:
        return 0.0, 1.0
    shown = values[..., chosen] if own else values
    return float(shown.min()), float(shown.max())


def _pin() -> None:
    point = news("microscope", "point") or {}
    _look_at(point.get("row"), point.get("column"))


def _look_at(row: object, col: object, chosen: int | None = None) -> None:
    """Remember the pixel that the browser says was clicked; the address then holds it too."""
    limits = declared(Look)
    places = {"row": limits["row"].take(row), "col": limits["col"].take(col), "filter": chosen}
    controls.change(Look, **{name: value for name, value in places.items() if value is not None})


def show_maps(features: FeatureMaps, activated: ActivationMaps | None) -> None:
    """All filters beside each other."""
    st.subheader(i18n.text("convolution.maps"), anchor=False)
    with st.container(horizontal=True, key="maps_controls"):
        if activated is not None:
            controls.ask(Look, "maps")
        controls.ask(Look, "scale")
    after = activated is not None and controls.get(Look, "maps") == "activation"
    shown = activated if activated is not None and after else features
    kind = "activation_map" if after else "feature_map"
    titles = [i18n.raw("convolution.filter", number=number + 1) for number in range(shown.shape[2])]
    maps(
        "filter_maps",
        shown,
        titles,
        label=i18n.raw(f"microscope.{kind}"),
        scale=controls.get(Look, "scale"),
        chosen=min(controls.get(Look, "filter"), shown.shape[2] - 1),
        on_choose=_choose_map,
    )
    st.caption(i18n.text(f"convolution.{kind}_caption"))


def _choose_map(place: Place) -> None:
    _look_at(place.row, place.column, place.map)
