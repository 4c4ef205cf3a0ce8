"""The network to take home: as a program, or as the text of its summary."""

import streamlit as st

from app import controls, i18n, problems, session
from app.network.network_look import NetworkLook
from models.errors import LearnerError
from models.network.code import source, summary
from models.specs.network import NetworkSpec

SUMMARY = "summary"


def show(spec: NetworkSpec) -> None:
    """Draw the choice of styles and the text, to be copied and saved."""
    style = controls.ask(NetworkLook, "style")["style"]
    try:
        text = summary(spec) if style == SUMMARY else source(spec, style, i18n.section("code_notes"))
    except LearnerError as error:
        problems.show(error, {i18n.raw("network.take_functional"): _functional}, key="code_problem")
        return
    name = "summary.txt" if style == SUMMARY else f"network_{style}.py"
    st.download_button(i18n.raw("network.save", name=name), text, file_name=name, key="save_code", icon=":material/download:")
    with st.container(key="code"):
        st.code(text, language=None if style == SUMMARY else "python")
    if style == "pytorch":
        st.caption(i18n.text("network.pytorch_note"))


def _functional() -> None:
    controls.change(NetworkLook, style="functional")
    session.visit().refused = None
