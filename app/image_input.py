"""Where the learner's picture comes from: a sample, an upload, the camera, the drawing pad, or typed numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from app import cache, controls, i18n, problems, session
from app.components.gallery import gallery
from app.components.numbers import numbers
from models.arrays import ImageArray
from models.errors import LearnerError
from models.images import SAMPLES
from models.images.load import LoadedImage, read_image
from models.images.numbers import GRID_SIDE
from models.images.transform import resize, to_grey
from models.specs.picture import PictureSpec

SOURCES = {
    "sample": ":material/photo_library:",
    "upload": ":material/upload:",
    "camera": ":material/photo_camera:",
    "draw": ":material/draw:",
    "type": ":material/grid_3x3:",
}
FIRST_TYPED = "1 2 3; 4 5 6; 7 8 9"


@dataclass(frozen=True)
class Picture:
    """The learner's picture: `image` (height, width, channels); `pixels` says that it holds brightnesses from 0 to 1."""

    image: ImageArray
    pixels: bool


def picture() -> Picture:
    """Draw the picker; returns the picture that is chosen, the last good one where a new one cannot be read."""
    typed = controls.get(PictureSpec, "image") not in SAMPLES
    if typed and session.value("source") in (None, "sample"):
        session.put("source", "type")
    session.keep("picture", "source", "sample")
    st.segmented_control(
        i18n.text("picture.source"),
        SOURCES,
        format_func=lambda source: f"{SOURCES[source]} {i18n.raw(f'picture.{source}')}",
        key="source",
        required=True,
        label_visibility="collapsed",
    )
    source = session.remember("picture", "source")
    own = {"upload": _upload, "camera": _camera, "draw": _draw}.get(source)
    session.visit().unshared = frozenset({"image"} if own else ())
    image = own() if own else None
    if image is not None:
        return _shaped(image)
    return _typed() if source == "type" else _sample()


def _shaped(image: ImageArray) -> Picture:
    large = max(image.shape[:2]) > 32
    asked = controls.ask(PictureSpec, *(("long_side",) if large else ()), *(("colour",) if image.shape[2] == 3 else ()))
    image = resize(image, asked["long_side"]) if large else image
    st.caption(i18n.text("picture.not_in_link"))
    return _of(to_grey(image) if asked.get("colour") == "grey" else image)


def _spec() -> PictureSpec:
    return PictureSpec(**{name: controls.get(PictureSpec, name) for name in ("image", "colour", "long_side")})


def _sample() -> Picture:
    name = controls.get(PictureSpec, "image")
    name = name if name in SAMPLES else "cat"
    controls.change(PictureSpec, image=name)
    titles = {sample: i18n.raw(f"samples.{sample}.title") for sample in SAMPLES}
    name = gallery("image_gallery", cache.samples(), titles, name, i18n.section("gallery"))
    controls.change(PictureSpec, image=name)
    sample, colours = SAMPLES[name], cache.samples()[name].shape[2] == 3
    fields = [field for field, shown in (("long_side", sample.kind == "photo"), ("colour", colours)) if shown]
    if fields:
        controls.ask(PictureSpec, *fields)
    if sample.credit:
        source = f"[{i18n.raw('picture.credit_source')}]({sample.credit.source})"
        st.caption(f"{i18n.text('picture.credit', **vars(sample.credit))} {source}")
    return _of(cache.picture(_spec()))


def _of(image: ImageArray) -> Picture:
    return Picture(image, pixels=bool(image.min() >= 0 and image.max() <= 1))


def _typed() -> Picture:
    now = controls.get(PictureSpec, "image")
    if now in SAMPLES:
        now = FIRST_TYPED
    controls.change(PictureSpec, image=now)
    text = numbers("image_numbers", cache.picture(_spec()), i18n.section("numbers"), GRID_SIDE, "positive", slices=(1, 3))
    controls.change(PictureSpec, image=text or now)
    return _of(cache.picture(_spec()))


def _upload() -> ImageArray | None:
    file = st.file_uploader(i18n.text("picture.upload_label"), key="upload", help=i18n.text("picture.upload_help"))
    return _read("upload", file.getvalue if file else None)


def _camera() -> ImageArray | None:
    file = st.camera_input(i18n.text("picture.camera_label"), key="camera")
    return _read("upload", file.getvalue if file else None)


def _read(slot: str, content: Callable[[], bytes] | None) -> ImageArray | None:
    """The picture in a file; without a new one, or where it cannot be read, the last one."""
    pictures = session.visit().pictures
    if content:
        data = content()
        if pictures.get("data") != data:
            try:
                pictures[slot] = read_image(data)
                pictures["data"] = data
            except LearnerError as error:
                problems.show(error, key="upload_problem")
    loaded: LoadedImage | None = pictures.get(slot)
    if not loaded:
        return None
    for code, values in loaded.notes:
        st.caption(i18n.text(f"notes.{code}.text", **values))
    return loaded.image


def _draw() -> ImageArray | None:
    from app.components.pad import pad

    drawn = pad("drawing", i18n.section("pad"), drawing=session.visit().pictures.get("drawing"))
    if drawn is not None:
        session.visit().pictures["drawing"] = drawn
    return session.visit().pictures.get("drawing")
