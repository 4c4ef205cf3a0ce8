"""What the list of layers reports is done, and what no list of ours sends does nothing."""

from random import Random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.network.notation import parse

START = "conv 4 k3 same relu | residual(conv 4 k3 same | conv 4 k3 same) relu | flatten | dense 3 softmax"


def page() -> None:
    import streamlit as st

    from app import session
    from app.network import network_edits, network_input
    from app.network.network_look import selected
    from models.network.notation import parse, write

    if not st.session_state.get("begun"):
        st.session_state["begun"] = True
        network_input.change(parse(st.session_state["start"], "9x7x1"))
    for edit in st.session_state["todo"]:
        network_edits.edit(edit)
    refused = session.visit().refused
    st.text(write(network_input.current()))
    st.text(".".join(map(str, selected())))
    st.text(refused.code if refused else "")


def done(*edits: dict[str, Any], start: str = START) -> tuple[str, str, str]:
    """(the network, the chosen layer, what was refused) after `edits`."""
    at = AppTest.from_function(page)
    at.session_state["start"] = start
    at.session_state["todo"] = list(edits)
    at.run()
    assert not at.exception
    network, chosen, refused = (text.value for text in at.text)
    return network, chosen, refused


@pytest.mark.parametrize(
    ("edit", "expected", "chosen"),
    [
        (
            {"do": "remove", "path": "2"},
            "conv 4 k3 same relu | residual(conv 4 k3 same | conv 4 k3 same) relu | dense 3 softmax",
            "2",
        ),
        (
            {"do": "remove", "path": "1.0"},
            "conv 4 k3 same relu | residual(conv 4 k3 same) relu | flatten | dense 3 softmax",
            "1.0",
        ),
        ({"do": "duplicate", "path": "3"}, f"{START} | dense 3 softmax", "4"),
        ({"do": "switch_off", "path": "0"}, START.replace("same relu", "same relu off", 1), "0"),
        ({"do": "up", "path": "3"}, START.replace("flatten | dense 3 softmax", "dense 3 softmax | flatten"), "2"),
        ({"do": "add", "kind": "dropout", "path": "2"}, START.replace("flatten", "flatten | dropout 0.5"), "3"),
        (
            {"do": "add", "kind": "batch_norm", "path": "1", "inside": True},
            START.replace("same) relu", "same | batch_norm) relu"),
            "1.2",
        ),
        ({"do": "add", "kind": "zero_padding", "path": "in"}, f"zero_padding 1 | {START}", "0"),
        ({"do": "add", "kind": "dropout", "path": None}, f"{START} | dropout 0.5", "4"),
        ({"do": "move", "path": "2", "goal": "0", "behind": False}, "flatten | " + START.replace("flatten | ", ""), "0"),
        ({"do": "select", "path": "1.1"}, START, "1.1"),
    ],
)
def test_an_edit(edit: dict[str, Any], expected: str, chosen: str) -> None:
    assert parse(expected, "9x7x1").layers == parse(done(edit)[0], "9x7x1").layers
    assert done(edit)[1] == chosen


def test_undo_and_redo() -> None:
    first, second = {"do": "remove", "path": "3"}, {"do": "remove", "path": "2"}
    after_one, after_two = done(first)[0], done(first, second)[0]
    assert done(first, second, {"do": "undo"})[0] == after_one
    assert done(first, second, {"do": "undo"}, {"do": "undo"}, {"do": "redo"}, {"do": "redo"})[0] == after_two


def test_a_mend_is_taken_over() -> None:
    network, _, _ = done({"do": "mend", "mend": 0}, start="conv 4 k3 | pool 3 | conv 4 k5 | flatten | dense 3")
    assert network == "conv 4 k3 | pool 3 | conv 4 k5 same | flatten | dense 3"


def test_a_network_that_is_too_large_stays_as_it_was() -> None:
    full = " | ".join(["flatten"] * 300)
    assert done({"do": "duplicate", "path": "0"}, start=full) == (full, "0", "too_many_layers")


WRONG: list[Any] = [None, "", "in", "0", "99", "1.9", "1.0.0", "-1", "٣", "9" * 50, 3, 2.5, True, [], {}, ["0"], "x" * 1000]


@pytest.mark.parametrize("seed", range(10))
def test_whatever_a_browser_sends_leaves_a_network(seed: int) -> None:
    random = Random(seed)
    does = [
        "select",
        "remove",
        "move",
        "up",
        "down",
        "duplicate",
        "switch_off",
        "mend",
        "add",
        "undo",
        "redo",
        "__class__",
        None,
        7,
    ]
    kinds = ["conv", "residual", "nothing", *WRONG]
    edits = [
        {
            "do": random.choice(does),
            "path": random.choice(WRONG),
            "goal": random.choice(WRONG),
            "behind": random.choice([True, False, "yes"]),
            "kind": random.choice(kinds),
            "inside": random.choice([True, False, None]),
            "mend": random.choice([-1, 0, 3, 10**9, "0", None]),
        }
        for _ in range(60)
    ]
    network, chosen, _ = done(*edits)
    spec = parse(network, "9x7x1")
    assert not chosen or int(chosen.split(".")[0]) < len(spec.layers)
