"""A network that comes with Convscope, and its card."""

from html import escape

import streamlit as st

from app import i18n, session
from app.inside import network_link
from app.training.training_data import class_name
from models.network.preprocessing import of_dataset
from models.network.shipped import SHIPPED, Card
from models.network.source import NetworkSource


def choose() -> NetworkSource | None:
    """Draw the choice; returns the network."""
    name = network_link.current()
    if name not in SHIPPED:
        st.caption(i18n.text("inside.none_shipped"))
        return None
    session.put("network_shipped", name)
    st.selectbox(
        i18n.raw("inside.kinds.shipped"),
        list(SHIPPED),
        format_func=title,
        key="network_shipped",
        label_visibility="collapsed",
        on_change=lambda: network_link.show(str(session.value("network_shipped"))),
    )
    with st.popover(i18n.raw("inside.card"), icon=":material/badge:"):
        _card(SHIPPED[name])
    return NetworkSource("shipped", name, preprocessing=of_dataset(SHIPPED[name].dataset))


def title(name: str) -> str:
    """What a shipped network is called, and how well it does."""
    made = SHIPPED[name].made
    words = i18n.raw(f"shipped.{name}.title")
    return f"{words} · {100 * made.accuracy:.1f} %" if made else words


def _card(card: Card) -> None:
    """What the network is, what it has learnt from, how well it does, and how it is made again."""
    st.markdown(i18n.text(f"shipped.{card.name}.text"))
    made, training = card.made, card.training
    rows = [(i18n.raw("fields.dataset.label"), i18n.raw(f"choices.dataset.{card.dataset}"))]
    if made:
        right = i18n.raw("inside.card_right", right=made.right, count=made.test_pictures, share=f"{100 * made.accuracy:.2f}")
        rows += [
            (i18n.raw("inside.card_classes"), ", ".join(class_name(name) for name in made.class_names)),
            (i18n.raw("inside.card_accuracy"), right),
            (i18n.raw("inside.card_learnt"), i18n.raw("inside.card_pictures", count=f"{made.training_pictures:,}")),
            (i18n.raw("inside.card_parameters"), f"{made.parameters:,}"),
        ]
    rows += [
        (i18n.raw("fields.epochs.label"), str(training.epochs)),
        (i18n.raw("fields.seed.label"), str(training.seed)),
    ]
    if made:
        rows.append((i18n.raw("inside.card_licence"), f"{made.source} · {made.licence}"))
    st.html(f'<dl class="card">{"".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)}</dl>')
    st.code(f"{card.input}: {card.layers}", language=None, wrap_lines=True)
    if made:
        st.caption(i18n.text("inside.card_again"))
        st.code(made.command, language=None, wrap_lines=True)
