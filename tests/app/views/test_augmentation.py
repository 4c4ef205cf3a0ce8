"""The augmentation page: every knob does something, what it says is right, and what goes wrong is explained."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app import cache
from app.controls import _fields
from app.views.augmentation import SPECS
from models import engine
from models.errors import LearnerError
from models.images import SAMPLES
from models.specs.recipes import AUGMENTATIONS
from tests.app.opened import opened, payload, unpacked, words
from tests.app.views.test_convolution import other
from tests.assets.test_i18n import WORDS

# Settings under which each knob has an effect, where it has none on the page as it opens.
NEEDS: dict[str, dict[str, str]] = {
    "image": {"rotation": "20"},
    "colour": {"rotation": "20"},
    "long_side": {"rotation": "20"},
    "pictures": {"rotation": "20"},
    "variant": {"rotation": "20"},
    "seed": {"rotation": "20"},
    "fill_mode": {"rotation": "20"},
    "zoom_low": {"zoom_high": "2"},
    "zoom_high": {"zoom_low": "0.5"},
    "erasing_size": {"erasing": "1"},
}
KNOBS = {name: (scope, hyperparameter, default) for scope, name, hyperparameter, default in _fields(SPECS)}


def value(name: str) -> str:
    if name in ("zoom_low", "zoom_high"):
        return {"zoom_low": "0.5", "zoom_high": "2"}[name]
    return "coffee" if name == "image" else other(name, *KNOBS[name][1:])


def variants(page: AppTest) -> tuple[dict[str, Any], Any]:
    header, arrays = unpacked(payload(page, "variants"))
    return header, arrays["pictures"]


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_changes_what_is_shown(name: str) -> None:
    needed = NEEDS.get(name, {})
    after = opened("augmentation", **{**needed, name: value(name)})
    assert not after.exception
    assert "link asks" not in words(after)
    header, shown = variants(after)
    assert shown.shape[0] == 16
    if name in NEEDS:
        header_before, before = variants(opened("augmentation", **needed))
        assert header != header_before or before.tobytes() != shown.tobytes()
    else:
        assert len(np.unique(shown.reshape(16, -1), axis=0)) > 1


def test_nothing_varied_is_said_and_a_recipe_varies() -> None:
    page = opened("augmentation")
    assert "Nothing is varied yet" in words(page)
    assert not [element for element in page.get("bidi_component") if "-variants" in element.proto.id]
    page = press(page, "start_photo")
    assert "Nothing is varied yet" not in words(page)
    assert variants(page)[1].shape == (16, 64, 96, 3)
    assert page.slider(key="rotation").value == AUGMENTATIONS["photo"].rotation
    page = press(page, "recipe_nothing")
    assert "Nothing is varied yet" in words(page)


def test_again_draws_sixteen_others_and_the_same_seed_the_same() -> None:
    page = opened("augmentation", rotation="40")
    first = variants(page)[1].tobytes()
    page = press(page, "again")
    assert variants(page)[1].tobytes() != first
    assert page.slider(key="seed").value == 1
    assert variants(opened("augmentation", rotation="40"))[1].tobytes() == first


@pytest.mark.parametrize("image", SAMPLES)
def test_every_sample_can_be_varied(image: str) -> None:
    page = opened("augmentation", image=image, rotation="30", hue="30", erasing="0.5", noise="0.1")
    assert not page.exception
    assert WORDS["en"]["problems.unexpected"] not in words(page)
    channels = variants(page)[1].shape[3]
    assert (WORDS["en"]["augmentation.grey"] in words(page)) == (channels == 1)


def test_typed_numbers_are_stretched() -> None:
    page = opened("augmentation", image="-5 0 5; 10 20 -3", rotation="30")
    assert WORDS["en"]["augmentation.stretched"] in words(page)
    assert variants(page)[1].shape == (16, 2, 3, 1)


@pytest.mark.parametrize(("kind", "shape"), [("digits", (16, 28, 28, 1)), ("shapes", (16, 32, 32, 3))])
def test_sixteen_samples(kind: str, shape: tuple[int, ...]) -> None:
    _, shown = variants(opened("augmentation", pictures=kind, rotation="5"))
    assert shown.shape == shape
    assert len(np.unique(shown.reshape(16, -1), axis=0)) == 16


@pytest.mark.parametrize("button", range(3))
def test_a_range_upside_down_is_explained_and_mended(button: int) -> None:
    page = opened("augmentation", zoom_low="1.5", zoom_high="0.8", rotation="20")
    assert "smallest is 1\\.5 and the largest 0\\.8" in words(page) or "the smallest is 1.5 and the largest 0.8" in words(page)
    page = press(page, f"range_problem_mend_{button}")
    assert "runs the wrong way" not in words(page)
    assert page.slider(key="rotation").value == 20
    assert variants(page)[1].shape[0] == 16


def test_the_drawn_numbers_stand_under_the_variant() -> None:
    page = opened("augmentation", rotation="40", shift_rows="0.2", erasing="1", variant="3")
    header, _ = variants(page)
    assert header["chosen"] == 3
    for phrase in header["alternatives"][3].split(": ", 1)[1].split(", "):
        assert phrase in words(page)
    assert header["alternatives"][3] != header["alternatives"][4]


def test_a_fault_of_the_engine_is_explained_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise LearnerError("engine_busy", waiting=7)

    cache.varied.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(engine, "pose", busy)
        page = opened("augmentation", rotation="23")
        assert "7 questions are waiting already" in words(page)
        assert "Keras" in words(page), "the rest of the page is there"
    assert variants(press(page, "sixteen_problem_mend_0"))[1].shape[0] == 16


def play(page: AppTest, verdict: str) -> tuple[int, int]:
    """Answer every card in one way; (right answers, cards)."""
    cards = 0
    while any(button.key == f"judge_{verdict}" for button in page.button):
        page = press(press(page, f"judge_{verdict}"), "judge_next")
        cards += 1
    said = words(page)
    assert "judged as the label needs it" in said
    return int(said.split("judged as")[0].rsplit("**", 2)[1].split()[0]), cards


@pytest.mark.parametrize(("image", "cards"), [("cat", 6), ("digit_6", 4), ("digit_7", 5), ("checkerboard", 4)])
def test_the_game_can_be_played_to_its_end(image: str, cards: int) -> None:
    same, played = play(opened("augmentation", image=image), "same")
    others, _ = play(opened("augmentation", image=image), "other")
    assert played == cards
    assert same + others == cards
    assert others > same


def test_a_judgement_is_explained_with_the_trap() -> None:
    page = press(opened("augmentation", image="digit_6"), "judge_same")
    assert "It is a 9 now" in words(page)
    assert "Look again" in words(page)
