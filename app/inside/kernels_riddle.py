"""Before trained kernels are shown, the learner can be asked which of two are the trained ones."""

import streamlit as st

from app import controls, i18n, session
from app.components.kernels import Named, beside
from app.inside.choice import Chosen
from app.inside.kernels_beside import two
from app.inside.kernels_look import KernelsLook
from models.network.findings import LayerEntry
from models.network.learnt_values import Film

TOPIC = "trained_row"
SIDES = ("A", "B")
KINDS = ("run", "shipped")
"""Of other networks nobody has a trained and an untrained one."""


def known(chosen: Chosen, entry: LayerEntry, film: Film, named: Named) -> bool:
    """Ask, where the learner wants to be asked; True once it is known, and where there is nothing to ask."""
    if len(film.epochs) < 2 or not controls.get(KernelsLook, "predict"):
        return True
    swapped = bool(sum(map(ord, entry.name + chosen.source.name)) % 2)
    if _revealed(f"{chosen.source} {entry.name}", swapped, "flat" if film.kernels.shape[3] == 1 else "maps"):
        return True
    pair = two(film, chosen.source.epoch if chosen.run else film.epochs[-1])
    words = dict(named.words) | {"riddle": SIDES, "map_names": ("", "")}
    notes = [()] * len(pair.filters)
    # On one scale the stronger ones would give themselves away.
    beside("kernel_riddle", pair, named._replace(words=words, scale="own"), notes, hiding=True, swapped=swapped)
    return False


def _revealed(situation: str, swapped: bool, kind: str) -> bool:
    """Ask; True once the learner has said, or wants to know. Another layer or network asks again."""
    visit = session.visit()
    if visit.guesses.get(TOPIC) != situation:
        visit.guesses[TOPIC] = situation
        visit.given_up.discard(TOPIC)
        session.put(f"guess_{TOPIC}", None)
    with st.container(key="predict_trained", border=True):
        st.markdown(i18n.text("learnt.riddle"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.segmented_control(i18n.raw("learnt.riddle_label"), SIDES, key=f"guess_{TOPIC}", label_visibility="collapsed")
            give_up = i18n.raw("predict.give_up")
            st.button(give_up, on_click=visit.given_up.add, args=(TOPIC,), key="give_up_trained", type="tertiary")
        guess = session.value(f"guess_{TOPIC}")
        if guess:
            _judge(str(guess), SIDES[0] if swapped else SIDES[1], kind)
    return guess is not None or TOPIC in visit.given_up


def _judge(guess: str, answer: str, kind: str) -> None:
    icon, word = (":material/check_circle:", "right") if guess == answer else (":material/cancel:", "wrong")
    st.markdown(f"{icon} {i18n.text(f'learnt.riddle_{word}', answer=answer)} {i18n.text(f'learnt.riddle_why.{kind}')}")
