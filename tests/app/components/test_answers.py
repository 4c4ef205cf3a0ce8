from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from app.components.answers import news

    st.text(repr(news("part", "chosen")))


def told(at: AppTest) -> str:
    return str(at.run().text[0].value)


def test_an_answer_is_handed_out_once() -> None:
    at = AppTest.from_function(page)
    at.session_state["part"] = {"chosen": {"value": "cat", "moment": 1}}
    assert told(at) == "'cat'"
    assert told(at) == "None"


def test_the_same_answer_given_again_is_news() -> None:
    at = AppTest.from_function(page)
    at.session_state["part"] = {"chosen": {"value": "cat", "moment": 1}}
    told(at)
    at.session_state["part"] = {"chosen": {"value": "cat", "moment": 2}}
    assert told(at) == "'cat'"


def test_before_any_answer_there_is_no_news() -> None:
    at = AppTest.from_function(page)
    assert told(at) == "None"
    at.session_state["part"] = {"chosen": "what no script of ours sends"}
    assert told(at) == "None"
