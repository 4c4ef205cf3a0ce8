"""The softmax page: every knob does something, and what it says is right."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.views.softmax import SPECS
from models.ops.softmax import softmax
from tests.app.knobs import settings
from tests.app.opened import opened, payload, unpacked, words

KNOBS = settings(SPECS, {"logits": "1 3 -2", "names": "fox,wolf"})


def shown(page: AppTest) -> list[object]:
    said = [str(getattr(part, "value", "")) for part in page.get("latex")]
    return [payload(page, "logits_diagram"), payload(page, "one_unit"), payload(page, "cost_curve"), said, words(page)]


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_changes_what_is_shown(name: str) -> None:
    after = opened("softmax", **{name: KNOBS[name]})
    assert not after.exception
    assert "link asks" not in words(after)
    if name == "predict":
        assert unpacked(payload(after, "logits_diagram"))[0]["hidden"] is True
        return
    assert any(one != two for one, two in zip(shown(opened("softmax")), shown(after), strict=True))


@pytest.mark.parametrize("temperature", ["0.1", "1", "10"])
@pytest.mark.parametrize("logits", ["2 1 0.1", "1000 999 -1000", "-5 -5 -5", "0"])
def test_the_diagram_shows_what_the_engine_computes(logits: str, temperature: str) -> None:
    header, arrays = unpacked(payload(opened("softmax", logits=logits, temperature=temperature), "logits_diagram"))
    expected = softmax(header["logits"], float(temperature))
    assert np.allclose(arrays["probabilities"], expected, atol=1e-6)
    shares = arrays["exponentials"] / arrays["exponentials"].sum()
    assert np.allclose(shares, expected, atol=1e-6)
    assert header["shifted"] == (np.abs(header["logits"]).max() / float(temperature) > 15)


def test_missing_logits_are_zero_and_missing_names_are_the_languages() -> None:
    header, _ = unpacked(payload(opened("softmax", classes="5", logits="1 2", names="fox"), "logits_diagram"))
    assert header["logits"] == [1, 2, 0, 0, 0]
    assert header["names"] == ["fox", "dog", "bird", "fish", "horse"]
    korean, _ = unpacked(payload(opened("softmax", locale="ko-KR"), "logits_diagram"))
    assert korean["names"] == ["고양이", "개", "새"]


def test_logits_that_cannot_be_read_are_explained_and_mended() -> None:
    page = opened("softmax", logits="two")
    assert "two is not a number" in words(page)
    assert unpacked(payload(page, "logits_diagram"))[0]["logits"] == [2, 1, 0.1]
    page.button(key="logits_problem_mend_0").click().run()
    assert "is not a number" not in words(page)


def test_a_name_is_never_markup() -> None:
    said = words(opened("softmax", names="**a**,<b>,|c|", logits="9 1 1"))
    assert "the network says **\\*\\*a\\*\\***" in said
    assert "| \\|c\\| |" in said


def test_a_tie_is_told() -> None:
    page = opened("softmax")
    assert "A tie" not in words(page)
    page.button(key="example_tie").click().run()
    assert "A tie: cat, dog have the same probability" in words(page)
    assert "`argmax` = 0" in words(page)


def test_a_logit_of_1000_breaks_the_books_form() -> None:
    page = opened("softmax")
    assert "**NaN**" not in words(page)
    page.button(key="example_thousand").click().run()
    said = words(page)
    assert "**∞**" in said
    assert "**NaN**" in said
    assert "0.7311" in said


def test_five_more_for_each_changes_no_probability() -> None:
    page = opened("softmax")
    before = unpacked(payload(page, "logits_diagram"))[1]["probabilities"]
    page.button(key="example_plus").click().run()
    header, arrays = unpacked(payload(page, "logits_diagram"))
    assert header["logits"] == [7, 6, 5.1]
    assert np.allclose(arrays["probabilities"], before, atol=1e-6)


def test_the_cost_is_that_of_the_true_class() -> None:
    page = opened("softmax", truth="2")
    assert f"{-np.log(softmax([2, 1, 0.1])[2]):.4g}" in "".join(str(getattr(part, "value", "")) for part in page.get("latex"))
    assert "**bird**" in words(page)


def test_the_true_class_goes_with_its_class() -> None:
    page = opened("softmax", classes="5", truth="4")
    page.slider(key="classes").set_value(2).run()
    assert not page.exception
    assert page.selectbox(key="truth").value == 1


def test_two_units_are_one_sigmoid_unit() -> None:
    page = opened("softmax", first_logit="2.5", second_logit="-1")
    formulas = [str(getattr(part, "value", "")) for part in page.get("latex")]
    both = [formula.split("=")[-1].strip("$\n ") for formula in formulas if "2.5" in formula]
    assert len(both) == 2
    assert both[0] == both[1] == "0.9707"


def test_the_threshold_decides() -> None:
    assert "the answer is **yes**" in words(opened("softmax", one_logit="0.5"))
    assert "the answer is **no**" in words(opened("softmax", one_logit="0.5", threshold="0.7"))


def test_the_probabilities_stay_hidden_until_they_are_guessed() -> None:
    page = opened("softmax", predict="true")
    page.number_input(key="guess_percent").set_value(33).run()
    assert "all 3 logits were the same" in words(page)
    assert unpacked(payload(page, "logits_diagram"))[0]["hidden"] is False
    page.slider(key="temperature").set_value(2.0).run()
    assert unpacked(payload(page, "logits_diagram"))[0]["hidden"] is True
