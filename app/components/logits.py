"""Logits that one can move, and what becomes of each: its exponential, its share of the sum, its probability."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app import i18n
from app.components import component, pack
from app.components.answers import news, nothing
from app.figures import theme
from models.arrays import Array

_logits = component("logits.js")


def logits(
    key: str,
    values: Array,
    names: Sequence[str],
    exponentials: Array,
    probabilities: Array,
    *,
    temperature: float,
    shifted: bool,
    hidden: bool,
    on_change: Callable[[], None] = nothing,
) -> None:
    """Show `values` (classes,) as sliders, `exponentials` with their sum, and `probabilities`.

    `shifted`: the largest logit was taken off before. `hidden` puts question marks where the learner is asked to predict.
    `on_change` is called when a logit or a name was changed; `changed` then tells to what.
    """
    header = {
        "names": list(names),
        "logits": [round(float(value), 4) for value in values],
        "temperature": temperature,
        "shifted": shifted,
        "hidden": hidden,
        "words": i18n.section("logits"),
        "tints": theme.CLASSES,
    }
    arrays = {"exponentials": np.asarray(exponentials, np.float32), "probabilities": np.asarray(probabilities, np.float32)}
    _logits(data=pack(header, arrays), key=key, on_logits_change=on_change, on_names_change=on_change)


def changed(key: str, name: str) -> Any:
    """The new "logits" (a list of numbers) or "names" (a list of texts), as the browser says it; None: they are as before."""
    return news(key, name)
