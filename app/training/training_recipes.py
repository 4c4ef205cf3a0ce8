"""Recipes: a network, its data and its settings, together."""

import streamlit as st

from app import i18n
from app.network import network_input
from app.training import training_data, training_settings
from models.network.notation import parse
from models.specs.training import RECIPES


def choose() -> None:
    """A button for each recipe."""
    with st.container(key="recipes", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{i18n.text('training.recipes')}**", width="content")
        for name in RECIPES:
            st.button(
                i18n.raw(f"training_recipes.{name}.title"),
                on_click=use,
                args=(name,),
                key=f"recipe_{name}",
                help=i18n.text(f"training_recipes.{name}.text"),
            )


def use(name: str) -> None:
    """Callback: everything as the recipe says."""
    recipe = RECIPES[name]
    network_input.change(parse(recipe.layers, recipe.input))
    training_settings.use(recipe.training)
    training_data.take({"name": recipe.dataset, "settings": recipe.settings})
