"""Predict, then reveal: which layer changes least when the picture moves?"""

from functools import partial

import streamlit as st

from app import i18n, session
from app.facts.feature_maps import percent
from app.inside.choice import Chosen
from models.network.maps_compared import MapsCompared

TOPIC = "feature_maps"
MOST = 5
"""So many layers are offered, spread over the network."""


def revealed(chosen: Chosen, found: MapsCompared) -> bool:
    """Ask; True once the learner has guessed. Another network asks again."""
    offered = _offered(chosen, found)
    if len(offered) < 2:
        return True
    situation = f"{chosen.source} {list(offered)}"
    visit = session.visit()
    if visit.guesses.get(TOPIC) != situation:
        visit.guesses[TOPIC] = situation
        visit.given_up.discard(TOPIC)
        session.put("guess_least", None)
    with st.container(key="predict_feature_maps", border=True):
        guess = st.radio(
            i18n.text("feature_maps.guess"), list(offered), key="guess_least", index=None, horizontal=True, format_func=_plain
        )
        if guess is None and TOPIC not in visit.given_up:
            give_up = partial(visit.given_up.add, TOPIC)
            st.button(i18n.raw("predict.give_up"), key="give_up_feature_maps", type="tertiary", on_click=give_up)
            return False
        if guess is not None:
            least = min(offered, key=lambda name: offered[name])
            values = {"guess": guess, "own": percent(offered[guess]), "least": least}
            right = offered[guess] == offered[least]
            icon = ":material/check_circle:" if right else ":material/cancel:"
            said = i18n.text(f"feature_maps.guess_{'right' if right else 'wrong'}", **values, share=percent(offered[least]))
            st.markdown(f"{icon} {said}")
    return True


def _plain(name: str) -> str:
    return i18n.plain(name)


def _offered(chosen: Chosen, found: MapsCompared) -> dict[str, float]:
    """Layers that write weighted sums -> how much these change."""
    sums = [entry for entry in found.numbers if entry.stage.sort == "feature" and entry.changed is not None]
    step = max(1, -(-(len(sums) - 1) // (MOST - 1)))
    kept = [*sums[:-1:step], *sums[-1:]]
    return {chosen.inventory.layers[entry.stage.layer].name: entry.changed or 0.0 for entry in kept}
