"""Where the learner's picture comes from: a sample, an upload, the camera, the drawing pad, or typed numbers."""

import hashlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import cache, controls, i18n, problems, session
from app.components.gallery import gallery
from app.components.numbers import numbers
from app.components.pad import pad
from models.arrays import ImageArray
from models.errors import LearnerError
from models.hyperparameters import declared
from models.images import SAMPLES
from models.images.load import read_image
from models.images.numbers import GRID_SIDE, typed_grid
from models.images.transform import resize, to_grey
from models.specs.picture import PictureSpec

SOURCES = {
    "sample": ":material/photo_library:",
    "upload": ":material/upload:",
    "camera": ":material/photo_camera:",
    "draw": ":material/draw:",
    "type": ":material/grid_3x3:",
}
OWN = ("upload", "camera", "draw")
FIRST = "cat"
FIRST_TYPED = "1 2 3; 4 5 6; 7 8 9"
SMALL = 32
"""Pictures up to this many pixels keep their own size: each of their pixels is one to look at."""


@dataclass(frozen=True)
class Picture:
    """The learner's picture: `image` (height, width, channels); `pixels` says that it holds brightnesses from 0 to 1."""

    image: ImageArray
    pixels: bool


def choose() -> None:
    """Draw the picker; what it chooses is kept for `picture`, on every page."""
    _check_link()
    session.keep("picture", "source", "sample")
    with st.container(key="picture_bar"):
        st.segmented_control(
            i18n.text("picture.source"),
            SOURCES,
            format_func=lambda source: f"{SOURCES[source]} {i18n.raw(f'picture.{source}')}",
            key="source",
            required=True,
            label_visibility="collapsed",
        )
        source = session.remember("picture", "source")
        session.visit().unshared = frozenset({"image"} if source in OWN else ())
        {"sample": _sample, "upload": _upload, "camera": _camera, "draw": _draw, "type": _type}[source]()


def _check_link() -> None:
    """A link may bring typed numbers, or a picture that there is not: the page says so and shows its first one."""
    image = controls.get(PictureSpec, "image")
    if image in SAMPLES:
        return
    try:
        if not any(character.isdigit() for character in image):
            raise LearnerError("unknown_picture", received=image, options=tuple(SAMPLES))
        typed_grid(image)
    except LearnerError as error:
        session.visit().problems.append(error)
        controls.change(PictureSpec, image=FIRST)
    else:
        if session.value("source") in (None, "sample"):
            session.visit().settings["picture", "source"] = "type"
            session.put("source", "type")


def picture() -> Picture:
    """Draw the settings of the chosen picture; returns it, the last good one where a new one could not be read."""
    own = session.visit().pictures.get(str(session.value("source")))
    image = own if own is not None else cache.samples().get(controls.get(PictureSpec, "image"))
    large = image is not None and max(image.shape[:2]) > SMALL
    coloured = image is not None and image.shape[2] == 3
    asked = _ask([*(["long_side"] if large else []), *(["colour"] if coloured else [])])
    chosen = PictureSpec(**{name: controls.get(PictureSpec, name) for name in declared(PictureSpec)} | asked)
    if own is not None:
        shown = resize(own, chosen.long_side) if large else own
        return _of(to_grey(shown) if chosen.colour == "grey" else shown)
    return _of(cache.picture(chosen))


def whole() -> ImageArray:
    """The chosen picture in its full size, without settings."""
    own = session.visit().pictures.get(str(session.value("source")))
    image = own if own is not None else cache.samples().get(controls.get(PictureSpec, "image"))
    return cache.picture(PictureSpec(controls.get(PictureSpec, "image"))) if image is None else image


def _ask(fields: list[str]) -> dict[str, Any]:
    if not fields:
        return {}
    with st.expander(i18n.text("picture.settings"), expanded=True, icon=":material/image:"):
        return controls.ask(PictureSpec, *fields)


def _of(image: ImageArray) -> Picture:
    return Picture(image, pixels=bool(image.min() >= 0 and image.max() <= 1))


def _sample() -> None:
    name = controls.get(PictureSpec, "image")
    titles = {sample: i18n.raw(f"samples.{sample}.title") for sample in SAMPLES}
    name = gallery("image_gallery", cache.thumbnails(), titles, name if name in SAMPLES else FIRST, i18n.section("gallery"))
    controls.change(PictureSpec, image=name)
    credit = SAMPLES[name].credit
    if credit:
        st.caption(f"{i18n.text('picture.credit', **vars(credit))} [{i18n.raw('picture.credit_source')}]({credit.source})")


def _type() -> None:
    now = controls.get(PictureSpec, "image")
    now = FIRST_TYPED if now in SAMPLES else now
    text = numbers("image_numbers", typed_grid(now), i18n.section("numbers"), GRID_SIDE, "positive", slices=(1, 3))
    controls.change(PictureSpec, image=text or now)


def _upload() -> None:
    file = st.file_uploader(i18n.text("picture.upload_label"), key="upload", help=i18n.text("picture.upload_help"))
    _read("upload", file.getvalue() if file else None)


def _camera() -> None:
    file = st.camera_input(i18n.text("picture.camera_label"), key="camera", width=400, help=i18n.text("picture.camera_help"))
    _read("camera", file.getvalue() if file else None)


def _read(source: str, data: bytes | None) -> None:
    """Take over the picture in a new file; where it cannot be read, say why and keep the last one."""
    visit = session.visit()
    name = hashlib.sha256(data).hexdigest() if data is not None else ""
    if data is not None and name != visit.files.get(source):
        try:
            loaded = read_image(data)
        except LearnerError as error:
            problems.show(error, key=f"{source}_problem")
            return
        visit.files[source], visit.pictures[source], visit.notes = name, loaded.image, loaded.notes
    if source in visit.pictures:
        said = [i18n.text(f"notes.{code}.text", **values) for code, values in visit.notes]
        st.caption(" ".join([*said, i18n.text("picture.not_in_link")]))


def _draw() -> None:
    pictures = session.visit().pictures
    drawn = pad("drawing", i18n.section("pad"), drawing=pictures.get("draw"))
    pictures["draw"] = cache.paper() if drawn is None else drawn
    st.caption(i18n.text("picture.not_in_link"))
