"""Predict, then reveal: the learner types a guess before the page shows the answer, and learns why it was right or wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from app import i18n, session


@dataclass(frozen=True)
class Question:
    """One number to predict. `slip` tells the likely slip behind a guess (a code under `slips`), None when it is right."""

    name: str
    answer: int
    slip: Callable[[int], str | None]


def revealed(topic: str, situation: str, questions: tuple[Question, ...], facts: Mapping[str, int | str]) -> bool:
    """Ask `questions`; True once the learner has answered them all or gave up. A new `situation` asks again.

    `facts` are the numbers that the explanations of slips may name.
    """
    visit = session.visit()
    if visit.guesses.get(topic) != situation:
        visit.guesses[topic] = situation
        visit.given_up.discard(topic)
        for question in questions:
            session.put(f"guess_{question.name}", None)
    with st.container(key=f"predict_{topic}", border=True):
        st.markdown(i18n.text(f"predict.{topic}"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for question in questions:
                st.number_input(
                    i18n.text(f"predict.{question.name}"),
                    min_value=0,
                    max_value=10**9,
                    step=1,
                    key=f"guess_{question.name}",
                    width=150,
                )
            st.button(
                i18n.raw("predict.give_up"), on_click=visit.given_up.add, args=(topic,), key=f"give_up_{topic}", type="tertiary"
            )
        guesses = [session.value(f"guess_{question.name}") for question in questions]
        done = all(guess is not None for guess in guesses)
        if done:
            for question, guess in zip(questions, guesses, strict=True):
                _judge(question, int(guess), facts)
    return done or topic in visit.given_up


def _judge(question: Question, guess: int, facts: Mapping[str, int | str]) -> None:
    slip = question.slip(guess)
    label = i18n.raw(f"predict.{question.name}")
    if slip is None:
        st.markdown(f":material/check_circle: **{label}**: {i18n.text('predict.right', answer=question.answer)}")
    else:
        why = i18n.text(f"slips.{slip}", **facts)
        st.markdown(f":material/cancel: **{label}**: {i18n.text('predict.wrong', guess=guess, answer=question.answer)} {why}")
