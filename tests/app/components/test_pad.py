import json
from base64 import b64encode
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.components.pad import decoded, encoded


def page() -> None:
    import numpy as np
    import streamlit as st

    from app.components.pad import pad

    kept = np.full((2, 2, 1), 0.2, dtype=np.float32) if "kept" in st.session_state else None
    drawn = pad("pad", {"label": "그림판"}, side=2, drawing=kept)
    st.text("None" if drawn is None else str(np.rint(drawn.ravel() * 255).astype(int).tolist()))


def sent(at: AppTest) -> dict[str, Any]:
    return dict(json.loads(at.get("bidi_component")[0].proto.json))


def ink(*values: int) -> str:
    return b64encode(bytes(values)).decode()


def test_an_untouched_pad_has_no_picture() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    assert at.text[0].value == "None"
    assert sent(at) == {"words": {"label": "그림판"}, "side": 2, "drawing": None}


def test_a_stroke_goes_before_the_drawing_that_was_kept() -> None:
    at = AppTest.from_function(page)
    at.session_state["kept"] = True
    at.session_state["pad"] = {"drawing": {"value": ink(0, 128, 255, 7), "moment": 1}}
    at.run()
    assert at.text[0].value == "[0, 128, 255, 7]"
    assert sent(at)["drawing"] == ink(0, 128, 255, 7)
    assert at.run().text[0].value == "[51, 51, 51, 51]"


def test_what_is_drawn_comes_through_unchanged() -> None:
    values = np.arange(9, dtype=np.uint8) * 31
    drawing = decoded(ink(*values.tolist()), 3)
    assert drawing is not None
    assert drawing.shape == (3, 3, 1)
    assert drawing.dtype == np.float32
    assert np.array_equal(drawing.ravel(), values.astype(np.float32) / np.float32(255))
    assert encoded(drawing, 3) == ink(*values.tolist())


@pytest.mark.parametrize("text", [None, 3, [], "", "é", "%%%%", "AA", ink(1, 2, 3), ink(*range(5)), "A" * 100_000])
def test_what_is_no_drawing_is_refused(text: Any) -> None:
    assert decoded(text, 2) is None


def test_a_drawing_of_another_size_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match=r"drawing: expected shape \(28, 28, 1\); received \(5, 7, 1\)"):
        encoded(np.zeros((5, 7, 1), dtype=np.float32), 28)
