"""The page frame: language, navigation, the chosen page, errors shown once."""

import logging
from pathlib import Path

import streamlit as st

from app import cache, controls, i18n, problems, session
from app.components.share import share
from app.views import PAGES, Page
from models.errors import LearnerError
from models.hyperparameters import Choice, refusal

ASSETS = Path(__file__).parents[1] / "assets"


def main() -> None:
    """Draw the frame and the page that the address names."""
    cache.freeze_heap()
    trouble = take_language()
    st.set_page_config(
        page_title="Convscope", page_icon=str(ASSETS / "icon.png"), layout="wide", initial_sidebar_state="collapsed"
    )
    words = "".join(f'--word-{name.replace("_", "-")}: "{word}";' for name, word in i18n.section("widgets").items())
    st.html(f"<style>{(ASSETS / 'styles.css').read_text('utf-8')} :root {{ {words} }}</style>")
    entries = {
        path: st.Page(
            nothing, title=i18n.raw(f"pages.{path or 'home'}.title"), icon=page.icon, url_path=path or None, default=not path
        )
        for path, page in PAGES.items()
    }
    session.visit().pages = entries
    chosen = st.navigation(list(entries.values()), position="top")
    path = chosen.url_path
    trouble += controls.enter(path, PAGES[path].specs)
    if trouble:
        session.visit().problems = trouble
    header(path)
    body(path, PAGES[path])


def nothing() -> None:
    """Streamlit wants a function for each page; the frame draws the page itself, inside its fragment."""


def take_language() -> list[LearnerError]:
    """Follow the language that a link asks for; returns what could not be taken."""
    given = session.address().get(session.LANGUAGE) if session.is_followed_link() else None
    if not given:
        return []
    choice = Choice(tuple(i18n.LANGUAGES))
    if len(given) == 1 and choice.take(given[0]):
        session.visit().language = given[0]
        return []
    problem = refusal(session.LANGUAGE, choice, given[0])
    return [LearnerError(f"link_{problem.code}", used=session.language(), **problem.values)]


def header(path: str) -> None:
    """Title, what the page is about, and the language switch."""
    session.put("language_switch", session.language())
    with st.container(key="header", horizontal=True, vertical_alignment="top"):
        with st.container(key="heading"):
            st.title(i18n.text(f"pages.{path or 'home'}.heading"), anchor=False)
            st.markdown(i18n.text(f"pages.{path or 'home'}.lead"))
        share()
        st.segmented_control(
            "Language · 언어",
            i18n.LANGUAGES,
            format_func=i18n.LANGUAGES.__getitem__,
            key="language_switch",
            required=True,
            on_change=session.switch_language,
            label_visibility="collapsed",
            width="content",
        )


@st.fragment
def body(path: str, page: Page) -> None:
    """The page itself; a change of its controls runs nothing else."""
    top = st.container()
    try:
        page.show()
    except LearnerError as error:
        problems.show(error)
    except Exception:
        logging.getLogger(__name__).exception("page %r", path)
        st.info(i18n.text("problems.unexpected"), icon=":material/healing:")
    with top:
        problems.show_all(session.visit().problems)
    controls.leave(path, page.specs)


main()
