"""`/convolution`: what a convolution does to the learner's picture, down to every product."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from app import controls, i18n, image_input, kernel_input, problems
from app.components.answers import news
from app.components.maps import Place, maps
from app.components.microscope import Slide, microscope
from app.facts import convolution as facts
from models.arrays import Array
from models.errors import LearnerError
from models.hyperparameters import Spec, choice, declared, flag, integer
from models.images.kernels import filters
from models.ops.activation import ACTIVATIONS
from models.ops.conv import convolve
from models.ops.mends import mends
from models.specs.operations import ActivationSpec, ConvSpec, FilterSpec
from models.specs.picture import PictureSpec


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


SPECS = (PictureSpec, ConvSpec, FilterSpec, ActivationSpec, Look)


def show() -> None:
    """Draw the page."""
    image_input.choose()
    with st.container(key="bench"):
        with st.container(key="controls"):
            picture, spec, kernels, activation = _controls()
        with st.container(key="stage"):
            features = _features(picture.image, kernels, spec)
            activated = ACTIVATIONS[activation](features) if features is not None and activation != "none" else None
            known = not controls.get(Look, "predict") or features is None or facts.predicted(picture.image, kernels, spec)
            _microscope(picture, kernels, spec, features, activated, known)
        with st.container(key="results"):
            if features is not None:
                _maps(features, activated)
            if features is not None and known:
                facts.show(picture.image, kernels, spec, controls.get(FilterSpec, "bias"), activation)


def _controls() -> tuple[image_input.Picture, ConvSpec, Array, str]:
    window, kernel, shown = (st.container() for _ in range(3))
    with shown, st.expander(i18n.text("convolution.picture"), expanded=True, icon=":material/image:"):
        picture = image_input.picture()
    channels = picture.image.shape[2]
    kernel_input.take_typed(channels)
    with window, st.expander(i18n.text("convolution.window"), expanded=True, icon=":material/tune:"):
        size = declared(ConvSpec)["kernel_size"]
        controls.widget("ConvSpec", "kernel_size", size, 3, on_change=kernel_input.follow_size)
        asked = controls.ask(ConvSpec, "stride", "padding", "dilation")
        asked |= controls.ask(FilterSpec, "filters") | controls.ask(ActivationSpec)
        controls.ask(Look, "predict")
    with kernel, st.expander(i18n.text("convolution.kernel"), expanded=True, icon=":material/grid_on:"):
        arrangement = controls.ask(FilterSpec, "arrangement")["arrangement"]
        plane = kernel_input.kernel(channels) if arrangement == "turned" else kernel_input.blank()
        controls.ask(FilterSpec, "bias", *(["seed"] if arrangement == "random" else []))
    chosen = FilterSpec(**{name: controls.get(FilterSpec, name) for name in declared(FilterSpec)})
    kernels = filters(plane, chosen, channels)
    spec = ConvSpec(kernels.shape[:2], asked["stride"], asked["padding"], asked["dilation"])
    return picture, spec, kernels, asked["activation"]


def _features(image: Array, kernels: Array, spec: ConvSpec) -> Array | None:
    try:
        return convolve(image, kernels, spec, controls.get(FilterSpec, "bias"))
    except LearnerError as error:
        _explain(error, image, spec)
        return None


def _explain(error: LearnerError, image: Array, spec: ConvSpec) -> None:
    buttons = {}
    for mend in mends(image.shape[0], image.shape[1], spec):
        for field, value in mend.items():
            label = i18n.raw(f"mends.{field}_same") if value == "same" else i18n.raw(f"mends.{field}", value=value)
            buttons[label] = partial(_mend, field, value)
    problems.show(error, buttons, key="window_problem")


def _mend(field: str, value: int | str) -> None:
    controls.change(ConvSpec, **{field: value})
    if field == "kernel_size":
        kernel_input.follow_size()


def _microscope(
    picture: image_input.Picture, kernels: Array, spec: ConvSpec, features: Array | None, activated: Array | None, known: bool
) -> None:
    chosen = min(controls.get(Look, "filter"), kernels.shape[3] - 1)
    own = controls.get(Look, "scale") == "own"
    slide = Slide(
        image=picture.image,
        kernel=kernels[..., chosen],
        spec=spec,
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
    microscope("microscope", slide, (row, col), pixels=picture.pixels, on_point=_pin, shapes=known)


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


def _maps(features: Array, activated: Array | None) -> None:
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
