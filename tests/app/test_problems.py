"""Errors in the learner's words; what a person sent stays text in them."""

import pytest
from streamlit.testing.v1 import AppTest

from app.i18n import plain
from tests.app.opened import words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (-2.5, "−2.5"),
        (0.123456, "0.1235"),
        (("same", "valid"), "same, valid"),
        ("고양이", "고양이"),
        ("a\n# b", r"a \# b"),
        ("**b**", r"\*\*b\*\*"),
        ("<script>", r"\<script\>"),
        ("[a](javascript:b)", r"\[a\]\(javascript\:b\)"),
        (":material/home: $x$ `y`", r"\:material\/home\: \$x\$ \`y\`"),
        ("9" * 5000, "9" * 60 + "…"),
    ],
)
def test_nothing_that_was_sent_becomes_markup(value: object, shown: str) -> None:
    assert plain(value) == shown


def page() -> None:
    import streamlit as st

    from app import problems
    from models.errors import LearnerError

    def mend() -> None:
        st.session_state["mended"] = True

    if "mended" not in st.session_state:
        error = LearnerError("not_a_whole_number", field="stride", received="<b>", low=1, high=8)
        problems.show(error, {"Stride 1": mend})


def test_a_problem_says_what_why_and_how_and_mends_itself() -> None:
    at = AppTest.from_function(page).run()
    assert r"**Stride cannot be \<b\>.** It takes whole numbers from 1 to 8. Choose one of these." in words(at)
    at.button(key="problem_mend_0").click().run()
    assert words(at) == ""
