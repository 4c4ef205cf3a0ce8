"""Settings come out of the address, go back into it, and are kept while another page is shown."""

import json

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.app.opened import opened, words


def written(page: AppTest) -> dict[str, str]:
    """What the page asks the address bar to say."""
    (found,) = [element.proto for element in page.get("bidi_component") if "-address" in element.proto.id]
    return dict(json.loads(found.json)["query"])


def test_defaults_stay_out_of_the_address() -> None:
    assert written(opened("convolution")) == {}
    assert written(opened("convolution", stride="1", kernel_size="3", padding="valid", bias="0")) == {}


def test_what_a_link_asks_for_is_written_again() -> None:
    query = {
        "kernel": "1 0 -1",
        "stride": "2",
        "padding": "amount",
        "pad": "3",
        "bias": "-0.5",
        "predict": "true",
        "language": "ko",
    }
    assert written(opened("convolution", **query)) == query


def test_a_padding_may_be_a_number() -> None:
    assert written(opened("convolution", padding="4")) == {"padding": "amount", "pad": "4"}


def test_an_amount_that_is_not_used_stays_out_of_the_address() -> None:
    assert written(opened("convolution", pad="4")) == {}


def test_a_slider_moves_the_address() -> None:
    page = opened("convolution", filters="2")
    page.slider(key="stride").set_value(3).run()
    assert written(page) == {"filters": "2", "stride": "3"}
    page.slider(key="stride").set_value(1).run()
    assert written(page) == {"filters": "2"}


@pytest.mark.parametrize("value", ["0", "-3", "9", "2.5", "NaN", "inf", "1e400", "9" * 5000, "three", "", "٣", "2\n3"])
def test_a_number_that_cannot_be_is_replaced_and_named(value: str) -> None:
    page = opened("convolution", stride=value, filters="3")
    assert not page.exception
    assert page.slider(key="stride").value == 1
    assert words(page).count("The link asks for Stride") == 1
    assert "It takes whole numbers from 1 to 8" in words(page)
    assert written(page) == {"filters": "3"}
    page.button(key="dismiss_link_problems").click().run()
    assert "The link asks" not in words(page)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bias", "nan"),
        ("bias", "11"),
        ("bias", "1e400"),
        ("padding", "wide"),
        ("predict", "2"),
        ("language", "fr"),
    ],
)
def test_each_kind_of_setting_is_checked(name: str, value: str) -> None:
    page = opened("convolution", **{name: value})
    assert not page.exception
    assert words(page).count("The link") == 1
    assert written(page) == {}


def test_a_setting_given_twice_is_named_with_both() -> None:
    page = opened("convolution", stride=["2", "3"])
    assert "gives Stride more than once: 2, 3" in words(page)
    assert page.slider(key="stride").value == 1


def test_each_thing_that_was_not_taken_is_named() -> None:
    assert words(opened("convolution", stride="0", dilation="5", activation="wild")).count("The link asks for") == 3


def test_what_no_page_knows_is_left_alone() -> None:
    page = opened("convolution", utm_source="letter", stride="2")
    assert "The link" not in words(page)
    assert written(page) == {"stride": "2"}


def test_markup_in_a_link_is_shown_as_text() -> None:
    said = words(opened("convolution", stride="<b>*2*</b>"))
    assert r"\<b\>\*2\*\<\/b\>" in said


def test_settings_are_kept_while_another_page_is_shown() -> None:
    page = opened("convolution")
    page.slider(key="stride").set_value(3).run()
    page.query_params.clear()
    for path in ("", "convolution"):
        page._page_hash = calc_hash(path)
        page.run()
    assert page.slider(key="stride").value == 3
    assert written(page) == {"stride": "3"}


def test_a_new_link_goes_before_what_was_kept() -> None:
    page = opened("convolution", stride="3")
    page.slider(key="stride").set_value(4).run()
    page.query_params.clear()
    page.query_params["filters"] = "2"
    page.run()
    assert page.slider(key="filters").value == 2
