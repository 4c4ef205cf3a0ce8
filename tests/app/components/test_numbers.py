import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.components.numbers import LONGEST_TEXT, parsed


def page() -> None:
    import streamlit as st

    from app.components.numbers import numbers
    from models.images.numbers import parse_numbers

    kernel = parse_numbers("1 0 -1; 2 0 -2", 11, (1, 3))
    st.text(repr(numbers("kernel", kernel, {"label": "숫자"}, limit=11, slices=(3, 1, 1))))


def sent(at: AppTest) -> tuple[dict[str, Any], list[float]]:
    payload = at.get("bidi_component")[0].proto.bytes
    end = 4 + int.from_bytes(payload[:4], "little")
    header = json.loads(payload[4:end])
    rows, columns, slices = header["arrays"]["grid"]["shape"]
    return header, np.frombuffer(payload, np.float32, rows * columns * slices, end).tolist()


def test_the_browser_gets_the_cells_and_their_limits() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    header, cells = sent(at)
    assert cells == [1, 0, -1, 2, 0, -2]
    assert (header["limit"], header["largest"], header["slices"], header["scale"]) == (11, 1000, [1, 3], "weights")
    assert set(header["colours"]["scales"]["weights"]) == {"light", "dark"}
    assert at.text[0].value == "None"


def test_what_was_typed_is_told_once_and_shown_at_once() -> None:
    at = AppTest.from_function(page)
    at.session_state["kernel"] = {"text": {"value": "1/2 3", "moment": 1}}
    at.run()
    assert at.text[0].value == "'1/2 3'"
    assert sent(at)[1] == [0.5, 3]
    assert at.run().text[0].value == "None"


def test_a_text_that_our_script_would_not_send_changes_nothing() -> None:
    at = AppTest.from_function(page)
    at.session_state["kernel"] = {"text": {"value": "1 2; 3", "moment": 1}}
    at.run()
    assert at.text[0].value == "None"
    assert sent(at)[1] == [1, 0, -1, 2, 0, -2]


@pytest.mark.parametrize("text", [None, 7, {"1": 2}, "", "1 2; 3", "<b>", "1 | 2", "1 " * LONGEST_TEXT, "1 2 3 4", "1e9"])
def test_refused(text: Any) -> None:
    assert parsed(text, 3, (1, 3)) is None


def test_taken() -> None:
    grid = parsed("1 2 | 3 4 | 5 6", 3, (1, 3))
    assert grid is not None
    assert grid.shape == (1, 2, 3)
    assert grid[0, :, 2].tolist() == [5, 6]
