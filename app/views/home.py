"""`/`: what Convscope is, by doing it, and the way to every page."""

import streamlit as st

from app import cache, i18n, session
from app.components.answers import nothing
from app.components.microscope import Slide, microscope
from models.images.kernels import KERNELS
from models.ops.conv import convolve
from models.specs.operations import ConvSpec
from models.specs.picture import PictureSpec

SPECS = ()
SAMPLE, KERNEL, POINT = "digit_3", "sobel_horizontal", (9, 12)


def show() -> None:
    """Draw the page."""
    st.markdown(i18n.text("home.touch"))
    image, kernel, spec = cache.picture(PictureSpec(SAMPLE)), KERNELS[KERNEL](3), ConvSpec(3)
    feature_map = convolve(image, kernel[..., None, None], spec)[..., 0]
    limits = float(feature_map.min()), float(feature_map.max())
    slide = Slide(
        image=image,
        kernel=kernel[..., None],
        spec=spec,
        bias=0.0,
        feature_map=feature_map,
        activation_map=None,
        limits=limits,
        activation_limits=(0.0, 1.0),
        activation="",
        title=i18n.raw(f"choices.kernel.{KERNEL}"),
    )
    microscope("home_microscope", slide, POINT, pixels=True, on_point=nothing)
    st.subheader(i18n.text("home.rooms"), anchor=False)
    with st.container(key="rooms"):
        for path, page in session.pages().items():
            with st.container(border=True, key=f"room_{path}"):
                st.page_link(page, label=f"**{i18n.raw(f'pages.{path}.title')}**")
                st.caption(i18n.text(f"pages.{path}.lead"))
