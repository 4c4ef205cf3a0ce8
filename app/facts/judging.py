"""*Would it still be the same class?* Cards with a picture and what augmentation may make of it, for the learner to judge."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from app import cache, i18n, session
from app.components.pictures import pictures
from models.arrays import ImageArray
from models.images import SAMPLES
from models.images.signs import BLUE_BLACK, BROWN, GREEN, RED, letter_b, mole, traffic_light
from models.images.transform import resize, to_colour

SIDE = 160
GAME = "judging"


@dataclass(frozen=True)
class Card:
    """`words` names its sentences under `judging.cards`; `same` says whether it is still the same class."""

    words: str
    before: ImageArray
    after: ImageArray
    same: bool


def _mirror(image: ImageArray) -> ImageArray:
    return image[:, ::-1]


def _half_turn(image: ImageArray) -> ImageArray:
    return image[::-1, ::-1]


def _sample(words: str, name: str, change: Callable[[ImageArray], ImageArray], same: bool) -> Card:
    image = resize(cache.samples()[name], SIDE)
    return Card(words, image, change(image), same)


def _letter() -> Card:
    return Card("letter", letter_b(), _mirror(letter_b()), same=False)


def _lamp() -> Card:
    return Card("lamp", traffic_light(RED), traffic_light(GREEN), same=False)


def _mole() -> Card:
    return Card("mole", mole(BROWN), mole(BLUE_BLACK), same=False)


def cards(kind: str, name: str) -> list[Card]:
    """The traps of the learner's kind of picture first, then those of other kinds."""
    own = []
    if kind == "photo":
        photo = name or "cat"
        own = [_sample("photo_mirror", photo, _mirror, True), _sample("photo_upside_down", photo, _half_turn, True)]
    elif name in SAMPLES and kind == "digit" and name != "digit_6":
        own = [_sample("digit_mirror", name, _mirror, False)]
    return [*own, _sample("six", "digit_6", _half_turn, False), _letter(), _lamp(), _mole()]


def show(kind: str, name: str) -> None:
    """Draw the game, one card at a time."""
    st.subheader(i18n.text("judging.title"), anchor=False)
    deck = cards(kind, name)
    situation = f"{kind} {name if kind in ('photo', 'digit') else ''}"
    guesses = session.visit().guesses
    if guesses.get(GAME) != situation:
        _deal(situation)
    at = int(guesses[f"{GAME} at"])
    if at >= len(deck):
        _score(deck, situation)
        return
    card, said = deck[at], guesses.get(f"{GAME} {at}", "")
    picture, words = st.columns([1, 1], gap="large")
    with picture:
        shown = np.stack([np.rint(to_colour(image) * 255).astype(np.uint8) for image in (card.before, card.after)])
        titles = [i18n.raw("augmentation.before"), i18n.raw(f"judging.cards.{card.words}.change")]
        pictures("card", shown, titles, label=i18n.raw("judging.title"), columns=2)
    with words, st.container(key="judge"):
        st.caption(i18n.text("judging.count", number=at + 1, count=len(deck)))
        st.markdown(i18n.text(f"judging.cards.{card.words}.question"))
        if said:
            _explain(card, said, last=at + 1 == len(deck))
        else:
            _ask(at)


def _ask(at: int) -> None:
    with st.container(horizontal=True):
        for verdict in ("same", "other"):
            st.button(i18n.raw(f"judging.{verdict}"), on_click=_judge, args=(at, verdict), key=f"judge_{verdict}")


def _explain(card: Card, said: str, last: bool) -> None:
    right = said == ("same" if card.same else "other")
    icon, verdict = ("check_circle", "right") if right else ("cancel", "wrong")
    answer = i18n.text(f"judging.{'same' if card.same else 'other'}")
    st.markdown(
        f":material/{icon}: **{i18n.text(f'judging.{verdict}', answer=answer)}** {i18n.text(f'judging.cards.{card.words}.why')}"
    )
    st.button(i18n.raw("judging.end" if last else "judging.next"), on_click=_turn, key="judge_next", type="primary")


def _score(deck: list[Card], situation: str) -> None:
    guesses = session.visit().guesses
    right = sum(guesses.get(f"{GAME} {at}") == ("same" if card.same else "other") for at, card in enumerate(deck))
    st.markdown(i18n.text("judging.score", right=right, count=len(deck)))
    st.markdown(i18n.text("judging.lesson"))
    st.button(i18n.raw("judging.once_more"), on_click=_deal, args=(situation,), key="judge_again")


def _judge(at: int, verdict: str) -> None:
    session.visit().guesses[f"{GAME} {at}"] = verdict


def _turn() -> None:
    guesses = session.visit().guesses
    guesses[f"{GAME} at"] = str(int(guesses[f"{GAME} at"]) + 1)


def _deal(situation: str) -> None:
    guesses = session.visit().guesses
    for key in [key for key in guesses if key.startswith(f"{GAME} ")]:
        del guesses[key]
    guesses[GAME], guesses[f"{GAME} at"] = situation, "0"
