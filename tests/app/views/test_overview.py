"""The page of the whole network: every knob does something, and what it sends is what the network computes."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from app.inside.overview_look import OverviewLook
from tests.app.knobs import settings
from tests.app.opened import opened, payload, unpacked, words

NETWORK = {
    "input": "12x14x1",
    "layers": "conv 4 k3 same relu | pool 2 | conv 20 k3 same | batch_norm | activation relu | pool 2 | flatten "
    "| dense 3 softmax",
    "image": "digit_3",
    "network": "layers",
}
CHOSEN = {"layer": "conv_1", "map": "2"}
NEEDS = {"map": {"layer": "conv_1"}, "row": CHOSEN, "col": CHOSEN, "scale": {}}
KNOBS = settings((OverviewLook,), {"layer": "conv_3", "opened": "2", "folds": "2-5"}) | {"scale": "network"}


def shown(page: AppTest) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    return unpacked(payload(page, "network_map"))


def everything(page: AppTest) -> list[bytes | str]:
    sent = [bytes(element.proto.bytes) for element in page.get("bidi_component")]
    return [*sent, words(page)]


@pytest.fixture(scope="module")
def first() -> AppTest:
    return opened("overview", **NETWORK)


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_changes_what_is_shown(name: str, first: AppTest) -> None:
    needed = NEEDS.get(name, {})
    before = opened("overview", **NETWORK, **needed) if needed else first
    after = opened("overview", **NETWORK, **{**needed, name: KNOBS[name]})
    assert not after.exception
    assert "link asks" not in words(after)
    assert everything(before) != everything(after)


def test_columns_stand_from_the_picture_to_the_probabilities(first: AppTest) -> None:
    header, arrays = shown(first)
    columns = header["columns"]
    assert [column["sort"] for column in columns[:4]] == ["picture", "feature", "activation", "output"]
    assert columns[1]["name"] == "conv_1"
    assert columns[1]["shape"] == "12 × 14 × 4"
    assert columns[3]["label"] == "Pooled map"
    answer = columns[-1]
    assert answer["sort"] == "answer"
    chances = arrays["values"][answer["offset"] : answer["offset"] + 3]
    assert chances.sum() == pytest.approx(1)
    assert len(header["classes"]) == 3
    assert answer["spoken"].count("%") == 3


def test_every_array_is_where_the_column_says(first: AppTest) -> None:
    header, arrays = shown(first)
    for column in header["columns"]:
        if column["row"]:
            assert column["offset"] + column["total"] <= arrays["values"].size
        else:
            size = len(column["maps"]) * int(np.prod(column["thumb"]))
            assert column["offset"] + size <= arrays["pixels"].size
            assert len(column["ranges"]) == len(column["zeros"]) == len(column["maps"])


@pytest.mark.parametrize("scale", ["layer", "block", "network"])
def test_signed_scales_are_even_and_hold_all_values(scale: str) -> None:
    header, _ = shown(opened("overview", **NETWORK, scale=scale))
    scaled = [column for column in header["columns"] if "scale" in column]
    for column in scaled:
        low, high = column["scale"]
        assert low == (-high if column["signed"] else 0)
        assert low <= column["limits"][0] + 1e-6
        assert high >= column["limits"][1] - 1e-6
    highest = {column["scale"][1] for column in scaled if column["signed"]}
    assert (len(highest) == 1) == (scale == "network")


def test_what_is_chosen_and_opened_is_told_to_the_browser() -> None:
    header, _ = shown(opened("overview", **NETWORK, layer="conv_3", map="19", opened="2"))
    assert header["chosen"] == [2, 19]
    (column,) = [column for column in header["columns"] if column["layer"] == 2]
    assert column["maps"] == list(range(20))
    assert column["opened"]
    assert column["openable"]


def test_a_block_is_folded() -> None:
    header, _ = shown(opened("overview", **NETWORK))
    group = header["groups"][-1]
    folded, _ = shown(opened("overview", **NETWORK, folds=f"{group['first']}-{group['last']}"))
    assert folded["groups"][-1]["folded"]
    assert len(folded["columns"]) < len(header["columns"])
    assert folded["columns"][group["start"]]["name"] == group["title"]


def test_what_is_not_there_is_passed_over(first: AppTest) -> None:
    odd = {
        "layer": "nowhere",
        "map": "999",
        "row": "4000",
        "col": "77",
        "opened": "x,99999,77,-1",
        "folds": "a-b,1-2-3,400-500",
    }
    page = opened("overview", **NETWORK, **odd)
    assert not page.exception
    header, _ = shown(page)
    assert header["columns"] == shown(first)[0]["columns"]
    beyond, _ = shown(opened("overview", **NETWORK, layer="conv_1", map="999"))
    assert beyond["chosen"] == [0, 3]


def test_a_network_without_classes_has_a_map_without_probabilities() -> None:
    page = opened("overview", **{**NETWORK, "layers": "conv 3 k3 same | conv 2 k3 same"})
    assert not page.exception
    assert shown(page)[0]["columns"][-1]["sort"] == "feature"
