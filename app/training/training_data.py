"""The data of a training: which set, which classes, how its shapes are drawn; in the link as the rest of the page."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from app import cache, controls, i18n, session
from models.datasets import DATASETS
from models.datasets.summary import Summary, summary
from models.engine.answer import Answer
from models.hyperparameters import Spec, choice, declared, words
from models.specs.dataset import ShapesSpec

SHAPES = controls.Part(ShapesSpec, tuple(name for name in declared(ShapesSpec) if name != "seed"))
"""The seed of the drawing stays at its default here: the page has a seed of its own, that of the training."""


@dataclass(frozen=True)
class DataChoice(Spec):
    """Which set is learnt, and which of its classes (names with commas; empty for all)."""

    dataset: str = choice("digits", *DATASETS)
    classes: str = words(default="", longest=200)


def chosen() -> dict[str, Any]:
    """The data as a run keeps it: name, settings, classes."""
    name = controls.get(DataChoice, "dataset")
    settings = {field: controls.get(ShapesSpec, field) for field in SHAPES.names} if name == "shapes" else {}
    return {"name": name, "settings": settings, "classes": controls.get(DataChoice, "classes")}


def ask() -> None:
    """Draw the controls."""
    controls.ask(DataChoice, "dataset")
    if controls.get(DataChoice, "dataset") == "shapes":
        with st.expander(i18n.text("training.drawn"), icon=":material/interests:"):
            controls.ask(ShapesSpec, *SHAPES.names)


def ask_classes(names: tuple[str, ...]) -> None:
    """Draw the choice of classes: all, or some of `names`."""
    now = tuple(part.strip() for part in controls.get(DataChoice, "classes").split(",") if part.strip())
    shown = [name for name in now if name in names] or list(names)
    st.pills(
        i18n.text("fields.DataChoice_classes.label"),
        names,
        selection_mode="multi",
        default=shown,
        format_func=class_name,
        key="classes_pills_" + controls.get(DataChoice, "dataset"),
        help=i18n.text("fields.DataChoice_classes.help"),
        on_change=_take_classes,
        args=(names,),
    )


def _take_classes(names: tuple[str, ...]) -> None:
    picked = session.value("classes_pills_" + controls.get(DataChoice, "dataset")) or []
    ordered = [name for name in names if name in picked]
    controls.change(DataChoice, classes="" if len(ordered) in (0, len(names)) else ", ".join(ordered))


def class_name(name: str) -> str:
    """A class in the learner's words."""
    return i18n.raw(f"classes.{name}") if i18n.has(f"classes.{name}") else name


@lru_cache(maxsize=8)
def _summary(name: str, settings: tuple[tuple[str, Any], ...], classes: str, shares: tuple[float, float], seed: int) -> Summary:
    return summary(name, dict(settings), classes, shares, seed)


def told(shares: tuple[float, float], seed: int) -> Summary | Answer:
    """What can be told about the chosen set. A set that is not shipped is large: a worker process looks at it.

    Raises:
        LearnerError: those of `models.datasets.summary.summary`.
    """
    data = chosen()
    if DATASETS[data["name"]].shipped:
        return _summary(data["name"], tuple(sorted(data["settings"].items())), data["classes"], shares, seed)
    return cache.data_summary(data["name"], data["classes"], shares, seed)


def forget() -> None:
    """Ask again next time: what failed may work then."""
    _summary.cache_clear()
    cache.data_summary.cache_clear()


def all_classes() -> None:
    """Callback: every class of the set."""
    controls.change(DataChoice, classes="")


def take(data: dict[str, Any]) -> None:
    """Callback: set the controls to the data of a run."""
    controls.change(DataChoice, dataset=data.get("name", "digits"), classes=data.get("classes", ""))
    controls.change(ShapesSpec, **{name: value for name, value in data.get("settings", {}).items() if name in SHAPES.names})
