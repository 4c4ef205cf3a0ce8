"""One map under the map of the network: what is sent adds up, what is said fits it, every layer has its panel."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from app import controls
from app.inside import unit_words
from app.inside.overview_look import OverviewLook
from tests.app.opened import opened, payload, unpacked, words

NETWORK = (
    "zero_padding 1 | conv 6 k3 no_bias | batch_norm | activation relu | residual(separable 6 k3 same) "
    "| transposed 4 k3 s2 tanh | dropout 0.3 | pool 2 average | flatten | dense 5 elu | dense 3 softmax"
)
PANELS = {
    "zero_padding_1": "unit_passage",
    "conv_2": "unit_step",
    "batch_norm_3": "unit_passage",
    "activation_4": "unit_passage",
    "separable_5_1": "unit_step",
    "residual_5_add": "unit_passage",
    "transposed_6": "unit_step",
    "dropout_7": "unit_passage",
    "pool_8": "unit_passage",
    "flatten_9": "unit_passage",
    "dense_10": "unit_terms",
    "dense_11": "unit_softmax",
}


def looked(layer: str, network: str = NETWORK, picture: str = "12x15x3", **more: str) -> AppTest:
    return opened("overview", image="cat", network="", input=picture, layers=network, layer=layer, **{"map": "1", **more})


def sent(page: AppTest, key: str) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    return unpacked(payload(page, key))


@pytest.mark.parametrize("layer", PANELS)
def test_every_layer_has_its_panel(layer: str) -> None:
    page = looked(layer)
    assert not page.exception
    header, _ = sent(page, PANELS[layer])
    assert all(header["words"].values()) if "words" in header else header["label"]
    assert layer.replace("_", r"\_") in words(page)
    reach, arrays = sent(page, "unit_reach")
    assert arrays["footprint"].shape == (12, 15)
    assert reach["sees"]


def test_what_is_sent_adds_up_to_the_map() -> None:
    page = looked("transposed_6", shown="2")
    header, arrays = sent(page, "unit_step")
    assert len(header["rows"]) == 2
    assert header["others"] == 4
    total = arrays["parts"].sum(axis=0, dtype=np.float64) + arrays["rest"] + header["bias"]
    np.testing.assert_allclose(total, arrays["total"], atol=1e-5 * np.abs(arrays["total"]).max())
    np.testing.assert_allclose(np.tanh(arrays["total"]), arrays["after"], atol=1e-6)
    assert sum(row["share"] for row in header["rows"]) + header["restShare"] == pytest.approx(1)
    assert header["point"] == [arrays["total"].shape[0] // 2, arrays["total"].shape[1] // 2]


def test_the_number_of_terms_is_a_knob() -> None:
    few, many = (sent(looked("conv_2", shown=shown), "unit_step")[0] for shown in ("1", "3"))
    assert (len(few["rows"]), few["others"]) == (1, 2)
    assert (len(many["rows"]), many["others"]) == (3, 0)


def test_a_dense_unit_is_drawn_back_onto_its_maps() -> None:
    page = looked("dense_10")
    header, arrays = sent(page, "unit_back")
    assert {row["source"]["layer"] for row in header["rows"]} == {"pool_8"}
    sums = (arrays["inputs"].astype(np.float64) * arrays["kernels"]).sum(axis=(1, 2))
    np.testing.assert_allclose(sums, [row["sum"] for row in header["rows"]], atol=1e-5)
    assert sums.sum() + header["rest"] + header["bias"] == pytest.approx(header["total"], abs=1e-5)
    terms, _ = sent(page, "unit_terms")
    products = sum(term["value"] * term["weight"] for term in terms["terms"])
    assert products + terms["rest"] + terms["bias"] == pytest.approx(terms["total"], abs=1e-5)
    assert sent(page, "unit_bent")[0]["function"] == "ELU"


def test_one_unit_says_how_it_tells_two_classes_apart() -> None:
    page = looked("dense_3", "conv 3 k3 relu | flatten | dense 1 sigmoid", "9x8x1", map="0")
    assert "One unit tells two classes apart" in words(page)


def test_the_picture_is_no_map_to_go_to_and_has_its_own_colours() -> None:
    header, _ = sent(looked("conv_1", "conv 3 k3 | flatten | dense 2", "9x8x3"), "unit_step")
    assert [row["name"] for row in sorted(header["rows"], key=lambda row: row["source"]["map"])] == ["R", "G", "B"]
    assert {row["source"]["layer"] for row in header["rows"]} == {""}
    assert header["pixels"]


def test_a_link_to_a_place_beyond_the_map_opens_on_its_last() -> None:
    header, arrays = sent(looked("conv_2", row="4000", col="4000", map="99999"), "unit_step")
    assert header["point"] == [size - 1 for size in arrays["total"].shape]
    assert header["map"].endswith("map 5")


@pytest.mark.parametrize(
    "answer", [None, 3, {"row": "x", "col": 1}, {"row": -7, "col": 0}, {"layer": 3, "map": []}, {"layer": "a"}]
)
def test_nothing_that_a_browser_says_is_taken_unchecked(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    changed: list[Any] = []
    monkeypatch.setattr(controls, "change", lambda spec, **values: changed.append((spec, values)))
    unit_words.pin(answer)
    unit_words.go(answer)
    assert changed == []
    unit_words.pin({"row": 3, "col": 0})
    unit_words.go({"layer": "conv_1", "map": 2})
    assert changed == [
        (OverviewLook, {"row": 3, "col": 0}),
        (OverviewLook, {"layer": "conv_1", "map": 2, "row": -1, "col": -1}),
    ]


def test_a_flattened_number_shows_where_it_was() -> None:
    header, arrays = sent(looked("flatten_9", map="7"), "unit_passage")
    assert not header["flat"]
    (row, col) = header["origins"][0]
    assert arrays["inputs"][0, row, col] == arrays["output"][0, 0]


def test_korean_says_the_same() -> None:
    page = opened(
        "overview", locale="ko-KR", image="cat", network="", input="12x15x3", layers=NETWORK, layer="batch_norm_3", map="0"
    )
    assert "평균을 빼고" in words(page)
    assert "수용 영역" in words(page)
