"""The stage of `/pooling`: what is pooled, under the microscope."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import controls, i18n
from app.components.answers import news
from app.components.maps import Place, maps
from app.components.microscope import CHANNEL_NAMES
from app.components.pooling import Pool, pool_microscope
from models.arrays import FeatureMaps
from models.hyperparameters import Spec, choice, declared, flag, integer
from models.ops.pool import winners
from models.specs.operations import PoolSpec


@dataclass(frozen=True)
class PoolLook(Spec):
    """What is pooled, and what the learner looks at: the chosen map, the pinned output pixel (-1 is the middle), only winners
    or all, how far the picture is shifted (rows down, columns to the right), guessing or not. `follow`: the stride is the size.
    """

    pooled: str = choice("picture", "picture", "feature", "relu")
    invert: bool = flag(False)
    follow: bool = flag(True)
    winners: bool = flag(False)
    filter: int = integer(default=0, low=0, high=15)
    row: int = integer(default=-1, low=-1, high=511)
    col: int = integer(default=-1, low=-1, high=511)
    down: int = integer(default=0, low=-4, high=4)
    right: int = integer(default=1, low=-4, high=4)
    predict: bool = flag(False)


@dataclass(frozen=True)
class Subject:
    """What is pooled: the picture (`kind` "picture"), feature maps ("feature") or activation maps ("relu").

    `values` (height, width, channels or filters); `pixels` says that they are brightnesses from 0 to 1.
    """

    values: FeatureMaps
    kind: str
    pixels: bool

    @property
    def chosen(self) -> int:
        """Which map the learner looks at; a picture is looked at as a whole."""
        return 0 if self.kind == "picture" else min(int(controls.get(PoolLook, "filter")), self.values.shape[2] - 1)

    def part(self, values: FeatureMaps) -> FeatureMaps:
        """Of `values`, before or after pooling, what is under the microscope: one map, or the picture with its channels."""
        return values if self.kind == "picture" else values[..., self.chosen : self.chosen + 1]

    @property
    def channels(self) -> int:
        """How many channels one picture among the maps has, as `app.components.maps` wants to know it; 0 for numbers."""
        return self.values.shape[2] if self.pixels else 0

    @property
    def titles(self) -> list[str]:
        """What each map is called."""
        count = self.values.shape[2]
        if self.kind != "picture":
            return [i18n.raw("convolution.filter", number=number + 1) for number in range(count)]
        return list(CHANNEL_NAMES) if count == 3 else [i18n.raw("pooling.picture")]


def show_microscope(subject: Subject, spec: PoolSpec, pooled: FeatureMaps | None, known: bool) -> None:
    """Put what is pooled under the microscope."""
    place, below = st.container(), st.container()
    part = subject.part(subject.values)
    won = None
    if pooled is not None and _asks_for_winners(spec, below):
        won = np.zeros(part.shape, dtype=np.uint8)
        places = winners(part, spec)
        won[places[..., 0], places[..., 1], np.arange(part.shape[2])] = 1
    slide = Pool(
        values=part,
        pooled=None if pooled is None else subject.part(pooled),
        won=won,
        spec=spec,
        limits=(float(subject.values.min()), float(subject.values.max())),
        title=_title(subject),
    )
    middle = (0, 0) if pooled is None else (pooled.shape[0] // 2, pooled.shape[1] // 2)
    point = (controls.get(PoolLook, "row"), controls.get(PoolLook, "col"))
    row, col = (at if at >= 0 else mid for at, mid in zip(point, middle, strict=True))
    with place:
        pool_microscope("pooling_microscope", slide, (row, col), pixels=subject.pixels, on_point=_pin, shapes=known)


def _asks_for_winners(spec: PoolSpec, place: DeltaGenerator) -> bool:
    """Whether only the winners are to be shown; the switch stands in `place`. A mean has none."""
    with place:
        if "average" not in spec.kind:
            return bool(controls.ask(PoolLook, "winners")["winners"])
        st.caption(i18n.text("pooling.no_winner"))
    return False


def _title(subject: Subject) -> str:
    label = i18n.raw(f"pooling.{subject.kind}")
    return label if subject.kind == "picture" else f"{label} · {subject.titles[subject.chosen]}"


def _pin() -> None:
    point = news("pooling_microscope", "point") or {}
    _look_at(point.get("row"), point.get("column"))


def _look_at(row: object, col: object, chosen: int | None = None) -> None:
    limits = declared(PoolLook)
    places = {"row": limits["row"].take(row), "col": limits["col"].take(col), "filter": chosen}
    controls.change(PoolLook, **{name: value for name, value in places.items() if value is not None})


def show_maps(subject: Subject, pooled: FeatureMaps) -> None:
    """Each channel or map is pooled apart: show them all."""
    count = pooled.shape[2]
    if count == 1:
        return
    st.subheader(i18n.text("pooling.maps"), anchor=False)
    picture = subject.kind == "picture"
    maps(
        "pooled_maps",
        pooled,
        subject.titles,
        label=i18n.raw("pool_microscope.pooled_map"),
        chosen=None if picture else subject.chosen,
        on_choose=_choose,
        pixels=1 if subject.pixels else 0,
    )
    st.caption(i18n.text("pooling.maps_picture" if picture else "pooling.maps_caption", count=count))


def _choose(place: Place) -> None:
    _look_at(place.row, place.column, place.map)
