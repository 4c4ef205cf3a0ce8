import json
from typing import Any

import cv2
import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.components.gallery import LONGEST_SIDE, thumbnail
from tests.app.opened import unpacked


def header_of(payload: bytes) -> dict[str, Any]:
    length = int.from_bytes(payload[:4], "little")
    return dict(json.loads(payload[4 : 4 + length]))


def page() -> None:
    import numpy as np
    import streamlit as st

    from app.components.gallery import gallery

    pictures = {"edge": np.eye(5, 7, dtype=np.float32)[..., None], "arrays": np.ones((90, 41, 3), dtype=np.float32)}
    chosen = gallery("gallery", pictures, {"edge": "Edge", "arrays": "고양이"}, "arrays", {"label": "Samples"})
    st.text(chosen)


def test_a_small_picture_keeps_its_pixels() -> None:
    picture = np.arange(35, dtype=np.float32).reshape(5, 7, 1) / np.float32(255)
    assert np.array_equal(thumbnail(picture)[..., 0], np.arange(35).reshape(5, 7))


@pytest.mark.parametrize(
    ("shape", "expected"), [((144, 72, 3), (72, 36, 3)), ((100, 301, 1), (24, 72, 1)), ((1, 500, 1), (1, 72, 1))]
)
def test_a_large_picture_keeps_its_shape(shape: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    small = thumbnail(np.full(shape, 0.2, dtype=np.float32))
    assert small.shape == expected
    assert max(small.shape[:2]) == LONGEST_SIDE
    assert (small == 51).all()


def test_typed_numbers_are_shown_over_their_own_range() -> None:
    picture = np.array([[-2, 0, 2]], dtype=np.float32)[..., None]
    assert thumbnail(picture)[0, :, 0].tolist() == [0, 128, 255]


def test_a_flat_picture_of_typed_numbers_has_a_colour() -> None:
    assert thumbnail(np.full((3, 2, 1), 9, dtype=np.float32)).tolist() == np.zeros((3, 2, 1)).tolist()


def test_the_page_tells_the_browser_what_to_show() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    header = header_of(at.get("bidi_component")[0].proto.bytes)
    assert header["names"] == ["edge", "arrays"]
    assert header["titles"] == ["Edge", "고양이"]
    assert header["coarse"] == [True, False]
    assert header["shapes"] == [[5, 7], [72, 33]]
    assert at.text[0].value == "arrays"


def test_a_small_picture_arrives_as_it_is() -> None:
    payload = AppTest.from_function(page).run().get("bidi_component")[0].proto.bytes
    picture = cv2.imdecode(unpacked(payload)[1]["0"], cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.tolist() == (np.eye(5, 7) * 255).tolist()
