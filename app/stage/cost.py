"""Cross-entropy on `/softmax`: what a prediction costs, as a number and on the curve."""

import numpy as np
import streamlit as st

from app import i18n
from app.components.plots import Dot, Line, Plot, plots
from app.figures import chances
from app.stage.softmax import Prediction
from models.ops.softmax import SMALLEST_PROBABILITY, cross_entropy

LEFT, TOP, MOST_NAMES = 0.005, 5.5, 3


def show(shown: Prediction) -> None:
    """The cost of the true class, and what every other truth would have cost."""
    st.subheader(i18n.text("cost.title"), anchor=False)
    st.markdown(i18n.text("cost.reading"))
    costs = [cross_entropy(shown.probabilities, at) for at in range(len(shown.names))]
    curve, table = st.columns([3, 2], gap="large")
    with curve:
        _curve(shown, costs)
    with table:
        with st.container(key="cost"):
            st.latex(chances.cost(float(shown.probabilities[shown.truth]), costs[shown.truth]))
        _table(shown, costs)
        st.caption(i18n.text("cost.guessing", classes=len(costs), cost=float(np.log(len(costs)))))


def _curve(shown: Prediction, costs: list[float]) -> None:
    places = np.linspace(0, 1, 801)
    heights = -np.log(np.maximum(places, LEFT / 4))
    plot = Plot(
        title="−ln p",
        label=i18n.raw("cost.label", name=shown.names[shown.truth], cost=f"{costs[shown.truth]:.3g}"),
        x=(0.0, 1.0),
        y=(0.0, TOP),
        lines=[Line(heights, "feature_map")],
        dots=_dots(shown, costs),
        names=(i18n.raw("cost.probability"), i18n.raw("cost.cost")),
    )
    plots("cost_curve", [plot], width=20)


def _dots(shown: Prediction, costs: list[float]) -> list[Dot]:
    """One dot for each class, the true one last and strong; those in one place share one list of names."""
    together: dict[tuple[int, int], list[int]] = {}
    for at, cost in enumerate(costs):
        place = (round(20 * float(shown.probabilities[at])), round(4 * min(cost, TOP)))
        together.setdefault(place, []).append(at)
    dots = []
    for group in together.values():
        names = ", ".join(shown.names[at] for at in group[:MOST_NAMES]) + (", …" if len(group) > MOST_NAMES else "")
        strong = shown.truth in group
        at = shown.truth if strong else group[0]
        role = "activation_map" if strong else "input"
        dots.append(Dot(float(shown.probabilities[at]), min(costs[at], TOP), names, role, strong))
    return sorted(dots, key=lambda dot: dot.strong)


def _table(shown: Prediction, costs: list[float]) -> None:
    heads = [i18n.text(f"cost.{head}") for head in ("if_true", "probability", "cost")]
    lines = [heads, ["---", "---:", "---:"]]
    for at in np.argsort(costs, kind="stable"):
        name = i18n.plain(shown.names[at])
        share, cost = float(shown.probabilities[at]), costs[at]
        limit = "≥ " if share < SMALLEST_PROBABILITY else ""
        cells = [name, i18n.plain(share), f"{limit}{i18n.plain(cost)}"]
        lines.append([f"**{cell}**" for cell in cells] if at == shown.truth else cells)
    with st.container(key="cost_table"):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
