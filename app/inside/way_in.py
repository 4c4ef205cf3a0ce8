"""The way from where a network is built or trained to where one looks inside it."""

import streamlit as st

from app import i18n, session
from app.inside import network_link

PAGE = "overview"


def show(network: str, key: str) -> None:
    """Draw the button; `network` is what a link says of the network."""
    page = session.pages().get(PAGE)
    if page and st.button(i18n.raw("inside.look"), icon=":material/search:", key=key, help=i18n.text("inside.look_help")):
        network_link.show(network)
        st.switch_page(page)
