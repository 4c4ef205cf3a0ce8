"""`/`: what Convscope is, by doing it, and the way to every page."""

import streamlit as st

from app import i18n


def show() -> None:
    """Draw the page."""
    st.markdown(i18n.text("home.touch"))
