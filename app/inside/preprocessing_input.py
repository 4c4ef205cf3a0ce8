"""How the picture goes into a network of unknown origin: asked for, with a guess that says why."""

from functools import partial

import streamlit as st

from app import controls, i18n, session
from models.hyperparameters import declared
from models.network.findings import Opening
from models.specs.preprocessing import PreprocessingSpec

MOST_NAMES = 50
LONGEST_NAMES = 1000
NAMES = ("network_file", "network_class_names")
PAGE = ("network_file", "page")


def begin(guess: PreprocessingSpec) -> None:
    """Ask anew, for another network."""
    use(guess)
    session.visit().settings[PAGE] = session.visit().page
    session.visit().settings.pop(NAMES, None)
    session.put(NAMES[1], "")


def use(spec: PreprocessingSpec) -> None:
    """Set every control."""
    controls.change(PreprocessingSpec, **vars(spec))


def current() -> PreprocessingSpec:
    """What the controls say."""
    return PreprocessingSpec(**{name: controls.get(PreprocessingSpec, name) for name in declared(PreprocessingSpec)})


def ask(opening: Opening, answers: int) -> tuple[str, ...]:
    """Draw the controls, what was guessed and why, and the way back to it; returns the names of the classes, if any."""
    colour = opening.inventory.shape[2:] == (3,)
    # On the page where a network was brought it is asked for; on the others it has been answered.
    first = session.visit().settings.get(PAGE) == session.visit().page
    with st.expander(i18n.text("inside.preprocessing"), expanded=first, icon=":material/tune:"):
        with st.container(key="preprocessing_fields"):
            asked = controls.ask(PreprocessingSpec, "value_range")
            if asked["value_range"] == "own":
                controls.ask(PreprocessingSpec, "mean", "deviation")
            if None not in opening.inventory.shape[:2]:
                controls.ask(PreprocessingSpec, "fit")
            controls.ask(PreprocessingSpec, "ground")
            if colour:
                controls.ask(PreprocessingSpec, "channel_order")
            found = names(answers)
        _guess(opening, same=current() == opening.guess)
    return found


def names(count: int) -> tuple[str, ...]:
    """Ask for the names of the classes; returns them when there is one for each of `count` answers, else none."""
    if not 0 < count <= MOST_NAMES:
        return ()
    session.keep(*NAMES, "")
    help_text = i18n.text("inside.names_help")
    example = i18n.raw("inside.names_example")
    st.text_input(i18n.raw("inside.names"), key=NAMES[1], max_chars=LONGEST_NAMES, help=help_text, placeholder=example)
    found = tuple(part.strip() for part in str(session.remember(*NAMES)).split(",") if part.strip())
    if found and len(found) != count:
        st.caption(f":material/info: {i18n.text('inside.names_count', answers=count, count=len(found))}")
    return found if len(found) == count else ()


def _guess(opening: Opening, *, same: bool) -> None:
    why = i18n.text(f"inside.guess.{opening.reason}", detail=opening.detail)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/lightbulb: {why}")
        if not same:
            st.button(
                i18n.raw("inside.back_to_guess"),
                key="back_to_guess",
                icon=":material/undo:",
                on_click=partial(use, opening.guess),
                type="tertiary",
            )
