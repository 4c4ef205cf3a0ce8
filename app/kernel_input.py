"""Which kernel: a name, or numbers that the learner types; and the filters that are made of it."""

from functools import partial

import streamlit as st

from app import controls, i18n, problems, session
from app.components.answers import news
from app.components.numbers import numbers, parsed
from models.arrays import Array
from models.errors import LearnerError
from models.images.kernels import KERNELS, resized, slices
from models.images.numbers import write_grid
from models.specs.operations import KERNEL_SIZE, ConvSpec, FilterSpec

TYPED = "typed"
FALLBACK = "identity"


def kernel(channels: int) -> Array:
    """Draw the kernel's picker and its grid of numbers; returns its slices (kernel_height, kernel_width, 1 or channels)."""
    plane = _readable(controls.get(FilterSpec, "kernel"), controls.get(ConvSpec, "kernel_size"), channels)
    named = controls.get(FilterSpec, "kernel") in KERNELS
    session.put("kernel_name", controls.get(FilterSpec, "kernel") if named else TYPED)
    st.selectbox(
        i18n.text("fields.kernel.label"),
        (*KERNELS, TYPED),
        format_func=lambda name: i18n.raw(f"choices.kernel.{name}"),
        key="kernel_name",
        help=i18n.text("fields.kernel.help"),
        on_change=partial(_choose, plane),
    )
    numbers(
        "kernel_numbers",
        plane,
        i18n.section("numbers"),
        limit=KERNEL_SIZE.high,
        scale="weights",
        slices=(1, channels),
    )
    if named:
        st.caption(i18n.text(f"kernels.{controls.get(FilterSpec, 'kernel')}"))
    return plane


def _readable(text: str, size: int, channels: int) -> Array:
    """The slices of `text`; where it cannot be read, the page says why and takes the identity."""
    try:
        plane = slices(text, size)
        if plane.shape[2] not in (1, channels):
            raise LearnerError("kernel_channels", slices=plane.shape[2], channels=channels)
    except LearnerError as error:
        problems.show(error, _mends(error, text, size), key="kernel_problem")
        return slices(FALLBACK, size)
    return plane


def _mends(error: LearnerError, text: str, size: int) -> problems.Mends:
    if error.code == "kernel_too_small":
        smallest = error.values["smallest"]
        label = i18n.raw("mends.kernel_size", value=smallest)
        return {label: partial(controls.change, ConvSpec, kernel_size=smallest)}
    if error.code == "kernel_channels":
        first = write_grid(slices(text, size)[..., :1])
        return {i18n.raw("mends.first_slice"): partial(controls.change, FilterSpec, kernel=first)}
    return {i18n.raw("mends.first_kernel"): partial(controls.change, FilterSpec, kernel=next(iter(KERNELS)))}


def _choose(plane: Array) -> None:
    name = session.value("kernel_name")
    controls.change(FilterSpec, kernel=write_grid(plane) if name == TYPED else name)


def blank() -> Array:
    """A kernel of the chosen size (kernel_size, kernel_size, 1) for filters whose numbers come from elsewhere."""
    return KERNELS["all_ones"](controls.get(ConvSpec, "kernel_size"))[..., None]


def take_typed(channels: int) -> None:
    """Take over the numbers that were typed, here or in a link; before the kernel-size slider is drawn, for it follows them."""
    typed = parsed(news("kernel_numbers", "text"), KERNEL_SIZE.high, (1, channels))
    if typed is not None:
        controls.change(FilterSpec, kernel=write_grid(typed))
    text = controls.get(FilterSpec, "kernel")
    plane = None if text in KERNELS else parsed(text, KERNEL_SIZE.high, (1, 3))
    if plane is not None:
        controls.change(ConvSpec, kernel_size=max(plane.shape[:2]))


def follow_size() -> None:
    """Callback of the kernel-size slider: typed numbers are cut or surrounded with zeros to the new size."""
    text, size = controls.get(FilterSpec, "kernel"), session.value("kernel_size")
    if text not in KERNELS:
        try:
            controls.change(FilterSpec, kernel=write_grid(resized(slices(text, size), size)))
        except LearnerError:
            return  # text that cannot be read is explained where it stands
