"""The stage of `/augmentation`: sixteen variants, and one of them beside the picture that it came from."""

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app import cache, controls, i18n, image_input, session, waiting
from app.components.pictures import pictures
from app.facts import drawn as facts
from models.hyperparameters import Spec, choice, declared, integer
from models.images import SAMPLES
from models.images.transform import area, fitted
from models.specs.augmentation import AugmentationSpec
from models.specs.picture import PictureSpec
from models.specs.recipes import AUGMENTATIONS

VARIANTS = 16
EXAMPLE_SIDE = 128
KINDS = {"digits": "digit", "shapes": "shape"}
"""Data set -> kind of picture."""


@dataclass(frozen=True)
class AugmentationLook(Spec):
    """What is varied (the learner's picture sixteen times, or sixteen of a data set), and which variant is looked at."""

    pictures: str = choice("picture", "picture", "digits", "shapes")
    variant: int = integer(default=0, low=0, high=VARIANTS - 1)


@dataclass(frozen=True)
class Subject:
    """What is varied: `pictures` (1 or 16, height, width, channels), 0 to 255; one is varied sixteen times.

    `kind` is "photo", "digit", "shape", "toy" or "own"; `name` that of the sample; `stretched` says that
    the picture held other numbers than 0 to 1.
    """

    pictures: NDArray[np.uint8]
    kind: str
    name: str
    stretched: bool

    @property
    def alone(self) -> bool:
        """Whether there is one picture only."""
        return len(self.pictures) == 1

    @property
    def example(self) -> NDArray[np.uint8]:
        """The first picture (height, width, channels), made small: to show what happens at the border, quickly."""
        picture: NDArray[np.uint8] = self.pictures[0]
        if max(picture.shape[:2]) <= EXAMPLE_SIDE:
            return picture
        small: NDArray[np.uint8] = area(picture, *fitted(picture.shape, EXAMPLE_SIDE))
        return small

    @property
    def question(self) -> str:
        """What the quick lane is asked."""
        return "sixteen" if self.alone else "variants"

    @property
    def shape(self) -> tuple[int, int, int]:
        """(height, width, channels)."""
        _, height, width, channels = self.pictures.shape
        return height, width, channels


def subject(picture: image_input.Picture) -> Subject:
    """What the learner has chosen to vary. Numbers outside 0 to 1 are stretched over it: augmentation is for pictures."""
    kind = controls.get(AugmentationLook, "pictures")
    if kind != "picture":
        return Subject(cache.of_every_class(kind, VARIANTS), KINDS[kind], "", stretched=False)
    image = picture.image
    if not picture.pixels:
        image = (image - image.min()) / (float(np.ptp(image)) or 1.0)
    name = "" if "image" in session.visit().unshared else controls.get(PictureSpec, "image")
    sample = SAMPLES.get(name)
    shown = np.rint(image * 255).astype(np.uint8)
    return Subject(shown[np.newaxis], sample.kind if sample else "own", name, stretched=not picture.pixels)


def use(spec: AugmentationSpec) -> None:
    """Callback: set every control to `spec`; the seed stays."""
    controls.change(
        AugmentationSpec, **{field.name: getattr(spec, field.name) for field in fields(spec) if field.name != "seed"}
    )


def again() -> None:
    """Callback: the next seed, sixteen others."""
    controls.change(AugmentationSpec, seed=(controls.get(AugmentationSpec, "seed") + 1) % (limit_of_seed() + 1))


def limit_of_seed() -> int:
    """The largest seed."""
    return int(getattr(declared(AugmentationSpec)["seed"], "high", 0))


def prepare(chosen: Subject, spec: AugmentationSpec) -> None:
    """Let the variants be computed while the rest of the page is drawn."""
    if spec.changes_nothing:
        waiting.prepare()
    else:
        waiting.ask_early(chosen.question, chosen.pictures, spec)


def show(chosen: Subject, spec: AugmentationSpec) -> None:
    """Draw the stage."""
    if spec.changes_nothing:
        _nothing_varied(chosen)
        return
    answer = waiting.asked(chosen.question, chosen.pictures, spec)
    if answer is None:
        return
    variants, drawn = answer
    at = controls.get(AugmentationLook, "variant")
    grid, closer = st.columns([3, 2], gap="large")
    with grid:
        phrases = [i18n.raw("augmentation.variant", number=number + 1) for number in range(len(variants))]
        alternatives = [f"{phrase}: {', '.join(facts.words(numbers))}" for phrase, numbers in zip(phrases, drawn, strict=True)]
        pictures(
            "variants",
            variants,
            [""] * len(variants),
            label=i18n.raw("augmentation.variants"),
            chosen=at,
            on_choose=_choose,
            alternatives=alternatives,
        )
        _again(spec)
    with closer, st.container(key="closer"):
        pair = np.stack([chosen.pictures[0 if chosen.alone else at], variants[at]])
        titles = [i18n.raw("augmentation.before"), i18n.raw("augmentation.after", number=at + 1)]
        pictures("pair", pair, titles, label=titles[1], columns=2)
        st.markdown(f"**{i18n.text('augmentation.drawn', number=at + 1)}**")
        st.markdown("\n".join(f"- {phrase}" for phrase in facts.words(drawn[at])))


def _again(spec: AugmentationSpec) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(i18n.raw("augmentation.again"), icon=":material/casino:", on_click=again, key="again", type="primary")
        st.caption(i18n.text("augmentation.seed", seed=spec.seed))


def _choose(number: int) -> None:
    controls.change(AugmentationLook, variant=number)


def _nothing_varied(chosen: Subject) -> None:
    picture, words = st.columns([3, 2], gap="large")
    with picture:
        shown, label = chosen.pictures, i18n.raw("augmentation.before")
        pictures(
            "unvaried", shown, [label] if chosen.alone else [""] * len(shown), label=label, columns=1 if chosen.alone else 4
        )
    with words, st.container(key="nothing_varied", border=True):
        st.markdown(i18n.text("augmentation.nothing_varied"))
        for name, recipe in AUGMENTATIONS.items():
            label = i18n.raw(f"recipes.{name}")
            fits: Literal["primary", "secondary"] = "primary" if name == chosen.kind else "secondary"
            st.button(label, on_click=use, args=(recipe,), key=f"start_{name}", type=fits, width="stretch")
