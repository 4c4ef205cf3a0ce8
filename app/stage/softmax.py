"""The stage of `/softmax`: logits that one moves, and the probabilities they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from app import controls, i18n, problems
from app.components.logits import changed, logits
from models.arrays import Array
from models.errors import LearnerError
from models.hyperparameters import Spec, declared, defaults, flag, integer, number, words
from models.images.numbers import parse_numbers
from models.ops.overflow import naive_terms
from models.ops.softmax import SoftmaxTerms, softmax_terms

MOST_CLASSES, LONGEST_NAME, PLAIN_UP_TO = 10, 20, 15.0


@dataclass(frozen=True)
class SoftmaxLook(Spec):
    """The logits (numbers between spaces; missing ones are 0) and the names (between commas; missing ones have the language's)
    of the classes, the temperature, the true class; the logit and the threshold of one sigmoid unit, the logits of two units.
    """

    classes: int = integer(default=3, low=2, high=MOST_CLASSES)
    temperature: float = number(default=1.0, low=0.1, high=10.0, step=0.1)
    truth: int = integer(default=0, low=0, high=MOST_CLASSES - 1)
    logits: str = words(default="2 1 0.1", longest=200)
    names: str = words(default="", longest=300)
    one_logit: float = number(default=1.0, low=-10.0, high=10.0, step=0.1)
    threshold: float = number(default=0.5, low=0.01, high=0.99, step=0.01)
    first_logit: float = number(default=1.5, low=-10.0, high=10.0, step=0.1)
    second_logit: float = number(default=0.5, low=-10.0, high=10.0, step=0.1)
    predict: bool = flag(False)


@dataclass(frozen=True, eq=False)
class Prediction:
    """What the network said: a name, a logit and a probability for each class, and the temperature."""

    names: tuple[str, ...]
    logits: Array
    temperature: float
    terms: SoftmaxTerms
    truth: int

    @property
    def probabilities(self) -> Array:
        """(classes,), 0 to 1."""
        return self.terms.probabilities


def prediction() -> Prediction:
    """The prediction that the controls describe; logits that cannot be read are explained, and the first ones taken."""
    classes, temperature = (controls.get(SoftmaxLook, name) for name in ("classes", "temperature"))
    try:
        values = _logits(controls.get(SoftmaxLook, "logits"), classes)
    except LearnerError as error:
        mend = partial(controls.change, SoftmaxLook, logits=defaults(SoftmaxLook)["logits"])
        problems.show(error, {i18n.raw("softmax.first_logits"): mend}, key="logits_problem")
        values = _logits(defaults(SoftmaxLook)["logits"], classes)
    truth = min(controls.get(SoftmaxLook, "truth"), classes - 1)
    return Prediction(names(classes), values, temperature, softmax_terms(values, temperature), truth)


def _logits(text: str, classes: int) -> Array:
    """The first `classes` numbers of `text`; those that are missing are 0."""
    typed = parse_numbers(text, MOST_CLASSES, (1,)).ravel()
    return np.append(typed, np.zeros(classes, dtype=np.float32))[:classes].astype(np.float32)


def names(classes: int) -> tuple[str, ...]:
    """What the classes are called; those without a name of their own have the language's."""
    own = [name.strip()[:LONGEST_NAME] for name in controls.get(SoftmaxLook, "names").split(",")]
    given = i18n.raw("softmax.names").split(", ")
    return tuple(own[at] if at < len(own) and own[at] else given[at] for at in range(classes))


def show_logits(shown: Prediction, known: bool) -> None:
    """The logits as sliders, their exponentials, the sum and the probabilities."""
    scaled = shown.logits / shown.temperature
    plain = float(np.abs(scaled).max()) <= PLAIN_UP_TO
    terms = naive_terms(shown.logits, shown.temperature) if plain else shown.terms
    logits(
        "logits_diagram",
        shown.logits,
        shown.names,
        terms.exponentials,
        shown.probabilities,
        temperature=shown.temperature,
        shifted=not plain,
        hidden=not known,
        on_change=_take,
    )
    if known:
        _winner(shown)


def _take() -> None:
    """Take over what was moved or renamed in the browser, checked as if it came from a link."""
    limits = declared(SoftmaxLook)
    moved, named = changed("logits_diagram", "logits"), changed("logits_diagram", "names")
    if isinstance(moved, list) and all(isinstance(value, (int, float)) for value in moved):
        text = limits["logits"].take(" ".join(f"{value:g}" for value in moved))
        controls.change(SoftmaxLook, **({"logits": text} if text is not None else {}))
    if isinstance(named, list) and all(isinstance(name, str) for name in named):
        start = i18n.raw("softmax.names").split(", ")
        cleaned = [name.replace(",", " ").strip()[:LONGEST_NAME] for name in named[:MOST_CLASSES]]
        kept = ["" if name == start[at] else name for at, name in enumerate(cleaned)]
        text = limits["names"].take(",".join(kept).rstrip(","))
        controls.change(SoftmaxLook, **({"names": text} if text is not None else {}))


def _winner(shown: Prediction) -> None:
    """The class with the largest probability, and what happens where several share it."""
    best = np.flatnonzero(shown.logits == shown.logits.max())
    chosen = int(np.argmax(shown.logits))
    with st.container(key="argmax"):
        st.markdown(i18n.text("softmax.argmax", index=chosen, name=shown.names[chosen]))
        if len(best) > 1:
            tied = [shown.names[at] for at in best]
            st.markdown(f":material/balance: {i18n.text('softmax.tie', names=tied, name=tied[0])}")


def show_examples(shown: Prediction) -> None:
    """Settings worth a look, as buttons."""
    classes = len(shown.logits)
    rest = [round(1 - 0.9 * at, 1) for at in range(classes - 1)]
    examples: dict[str, Sequence[float]] = {
        "start": [2, 1, 0.1, *[0] * (classes - 3)][:classes],
        "sure": [8, *[0] * (classes - 1)],
        "tie": [2, 2, *[0] * (classes - 2)],
        "thousand": [1000, 999, *rest[: classes - 2]],
        "plus": [float(value) + 5 for value in shown.logits],
    }
    with st.container(horizontal=True, key="examples"):
        for name, values in examples.items():
            text = " ".join(f"{min(max(value, -1000), 1000):g}" for value in values)
            label = i18n.raw(f"softmax.example_{name}")
            st.button(label, key=f"example_{name}", on_click=partial(controls.change, SoftmaxLook, logits=text))


def show_overflow(shown: Prediction) -> None:
    """The book's form beside the safe one, class by class."""
    naive = naive_terms(shown.logits, shown.temperature)
    broken = not np.isfinite(naive.probabilities).all()
    with st.expander(i18n.text("softmax.overflow"), expanded=broken, icon=":material/warning:"):
        st.markdown(i18n.text("softmax.overflow_reading"))
        st.latex(r"\frac{e^{z_k}}{\sum_j e^{z_j}} = \frac{e^{z_k - m}}{\sum_j e^{z_j - m}}, \qquad m = \max_j z_j")
        heads = [i18n.text(f"softmax.head_{name}") for name in ("class", "logit", "book", "book_share", "safe", "safe_share")]
        columns = (naive.exponentials, naive.probabilities, shown.terms.exponentials, shown.probabilities)
        lines = [heads, ["---", *["---:"] * 5]]
        for at, (name, logit) in enumerate(zip(shown.names, shown.logits, strict=True)):
            lines.append([i18n.plain(name), _number(logit), *(_number(column[at]) for column in columns)])
        with st.container(key="overflow_table"):
            st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
        st.markdown(i18n.text("softmax.overflow_broken" if broken else "softmax.overflow_fine"))


def _number(value: float) -> str:
    if np.isnan(value):
        return "**NaN**"
    return "**∞**" if np.isinf(value) else i18n.plain(float(value))
