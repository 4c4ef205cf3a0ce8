import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.opened import payload, unpacked


def page(side: int, choosable: bool) -> None:
    import numpy as np
    import streamlit as st

    from app.components.pictures import pictures

    shown = np.arange(3 * side * 7 * 3, dtype=np.uint8).reshape(3, side, 7, 3)
    chosen = {"chosen": 1, "on_choose": st.write} if choosable else {}
    pictures("row", shown, ["a", "b", "고양이"], label="Pictures", columns=3, **chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize("choosable", [True, False])
def test_the_browser_gets_the_very_bytes(choosable: bool) -> None:
    at = AppTest.from_function(page, kwargs={"side": 5, "choosable": choosable}).run()
    assert not at.exception
    header, arrays = unpacked(payload(at, "row"))
    assert np.array_equal(arrays["pictures"], np.arange(315, dtype=np.uint8).reshape(3, 5, 7, 3))
    assert header["titles"] == header["alternatives"] == ["a", "b", "고양이"]
    assert (header["chosen"], header["choosable"]) == ((1, True) if choosable else (-1, False))
    assert (header["columns"], header["coarse"], header["label"]) == (3, True, "Pictures")


def test_large_pictures_are_smoothed() -> None:
    at = AppTest.from_function(page, kwargs={"side": 41, "choosable": False}).run()
    assert unpacked(payload(at, "row"))[0]["coarse"] is False
