"""The page of all feature maps: every knob does something, and what it sends is what the network computes."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from app.inside import asking
from app.inside.feature_maps_look import FeatureMapsLook
from models import engine
from models.network.build import build
from models.network.notation import parse
from models.training.steps import path_of
from models.training.store import Store
from tests.app.knobs import settings
from tests.app.opened import opened, payload, unpacked, words
from tests.app.test_controls import written

NETWORK = {
    "input": "12x14x1",
    "layers": "conv 4 k3 same relu | pool 2 | conv 20 k3 same | batch_norm | activation relu | flatten | dense 3 softmax",
    "image": "digit_3",
    "network": "layers",
}
MOVED = {"down": "2"}
NEEDS = {
    "back": MOVED,
    "predict": MOVED,
    "second": {"against": "picture"},
    "beside": {"against": "network"},
    "every": {"layer": "conv_3"},
}
TEXTS = {"second": "digit_7", "beside": "digits_small"}
KNOBS = {name: value for name, value in settings((FeatureMapsLook,), TEXTS).items() if name != "beside_epoch"}


def cards(page: AppTest) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    return unpacked(payload(page, "map_cards"))


def depth(page: AppTest) -> dict[str, Any]:
    return unpacked(payload(page, "maps_depth"))[0]


def everything(page: AppTest) -> list[bytes | str]:
    return [*(bytes(element.proto.bytes) for element in page.get("bidi_component")), words(page)]


@pytest.fixture(scope="module")
def first() -> AppTest:
    return opened("feature-maps", **NETWORK)


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_changes_what_is_shown(name: str, first: AppTest) -> None:
    needed = NEEDS.get(name, {})
    before = opened("feature-maps", **NETWORK, **needed) if needed else first
    after = opened("feature-maps", **NETWORK, **{**needed, name: KNOBS[name]})
    assert not after.exception
    assert "link asks" not in words(after)
    assert everything(before) != everything(after)


def test_the_steps_of_a_block_stand_side_by_side(first: AppTest) -> None:
    header, arrays = cards(first)
    assert [stage["title"] for stage in header["stages"]] == ["Feature map", "Activation map", "Pooled map"]
    assert [stage["from"] for stage in header["stages"]] == [
        "conv_1, before its ReLU · 12 × 14 × 4",
        "conv_1, behind its own ReLU · 12 × 14 × 4",
        "pool_2 · 6 × 7 × 4",
    ]
    assert sorted(header["numbers"]) == [0, 1, 2, 3]
    feature, activation = (stage["sides"][0] for stage in header["stages"][:2])
    assert feature["signed"]
    assert not activation["signed"]
    levels = {name: array / 65535 for name, array in arrays.items()}
    for at, (low, high) in enumerate(feature["ranges"]):
        sums = low + levels["s0_0"][at] * (high - low)
        bent = activation["ranges"][at][0] + levels["s1_0"][at] * (activation["ranges"][at][1] - activation["ranges"][at][0])
        np.testing.assert_allclose(np.maximum(sums, 0), bent, atol=1e-3)


def test_a_normalisation_and_a_function_of_their_own_stand_between() -> None:
    header, _ = cards(opened("feature-maps", **NETWORK, layer="activation_5"))
    assert [stage["short"] for stage in header["stages"]] == ["feature", "normalised", "activation"]
    assert header["stages"][2]["from"].startswith("activation_5, a layer of its own: ReLU")
    assert len(header["numbers"]) == 8
    assert not header["compared"]


def test_a_layer_without_a_function_says_so() -> None:
    page = opened("feature-maps", **{**NETWORK, "layers": "conv 2 k3 | flatten | dense 1 sigmoid"})
    assert "conv_1** has no activation function" in words(page).replace("\\", "")
    assert [stage["short"] for stage in cards(page)[0]["stages"]] == ["feature"]


def test_a_moved_picture_is_drawn_over_the_depth_and_told_in_a_sentence() -> None:
    page = opened("feature-maps", **NETWORK, down="2", right="-2")
    header = depth(page)
    changed, left = (series["values"] for series in header["series"])
    assert all(0 < value <= 1 for value in changed)
    assert left[-1] is None
    assert all(value < other for value, other in zip(left[:2], changed[:2], strict=True))
    said = words(page).replace("\\", "").replace("\u00a0", " ")
    assert "2 ÷ 2 = 1 (rows) and 2 ÷ 2 = 1 (columns)" in said
    assert f"{100 * changed[2]:.3g} % differ" in said
    stage = cards(page)[0]["stages"][0]
    assert stage["labels"] == ["feature", "Moved", "Difference"]
    assert all(stage["sides"])


def test_a_shift_between_two_pixels_of_a_map_is_told() -> None:
    page = opened("feature-maps", **NETWORK, down="1")
    assert "1 ÷ 2 = 0.5 (rows)" in words(page).replace("\\", "")
    assert "only shifts by its multiples" in words(page)


def test_predict_first_hides_the_chart_until_somebody_has_guessed() -> None:
    page = opened("feature-maps", **NETWORK, **MOVED, predict="true")
    assert not [element for element in page.get("bidi_component") if "maps_depth" in element.proto.id]
    page.radio(key="guess_least").set_value("conv_1").run()
    changed = depth(page)["series"][0]["values"]
    sums = {"conv_1": changed[0], "conv_3": changed[3], "dense_7": changed[6]}
    least = min(sums, key=lambda name: sums[name])
    said = words(page).replace("\\", "")
    assert f"**{least}**" in said
    assert ("Right" in said) == (least == "conv_1")


def test_another_picture_and_another_network_stand_on_the_second_side() -> None:
    page = opened("feature-maps", **NETWORK, against="picture", second="digit_7")
    assert cards(page)[0]["stages"][0]["labels"][1] == "Digit 7"
    assert depth(page)["series"][0]["values"][0] > 0
    page = opened("feature-maps", image="digit_3", network="digits", against="network", beside="digits_small")
    assert [series["dashed"] for series in depth(page)["series"]] == [False, True]
    assert page.selectbox(key="second_network").value == "digits_small"


def test_a_link_with_a_second_side_that_there_is_not_shows_another() -> None:
    for wrong in ({"against": "picture", "second": "nobody"}, {"against": "network", "beside": "nobody"}):
        page = opened("feature-maps", **NETWORK, **wrong)
        assert not page.exception
        assert cards(page)[0]["compared"]


def test_the_second_side_that_the_page_chose_stands_in_the_link() -> None:
    page = opened("feature-maps", **NETWORK, against="picture")
    assert written(page)["second"] == "digit_6"
    page = opened("feature-maps", image="star", network="residual", against="network")
    assert written(page)["beside"] == "shapes"


def test_only_a_trained_network_has_epochs_to_compare() -> None:
    page = opened("feature-maps", **NETWORK, against="epoch")
    assert "has epochs to compare" in words(page)
    assert not cards(page)[0]["compared"]


def test_one_sigmoid_unit_and_colour() -> None:
    page = opened("feature-maps", image="triangle", network="circle_or_triangle", layer="dense_8")
    assert not page.exception
    assert len(cards(page)[0]["numbers"]) == 1
    page = opened("feature-maps", image="triangle", network="circle_or_triangle", layer="dense_8", right="3")
    assert cards(page)[0]["compared"]
    page.selectbox(key="maps_block").set_value(0).run()
    assert cards(page)[0]["stages"][0]["from"].startswith("conv_1")
    page = opened("feature-maps", image="star", network="residual", turn="45")
    assert not page.exception
    assert "their kernels are not turned along" in words(page)


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A run with two epochs, in a folder of its own."""
    monkeypatch.setenv("CONVSCOPE_DATA", str(tmp_path_factory.mktemp("runs")))
    monkeypatch.setattr(engine, "_trainings", [])
    monkeypatch.setattr(asking, "_answers", asking._Answers())
    engine.close()
    store, line = Store(), ("9x7x1", "conv 2 k3 relu | flatten | dense 3 softmax")
    name = store.create("somebody", line, {"seed": 4}, {"name": "digits", "classes": "3, 5, 8"}).id
    for epoch in (1, 2):
        variables = build(parse(line[1], line[0]), 4).variables
        drawn = np.random.default_rng(epoch)
        weights = {path_of(variable): drawn.normal(size=variable.shape).astype(np.float32) for variable in variables}
        store.write_weights(name, epoch, weights)
    store.write_state(name, stage="finished", epoch=2, test={"accuracy": 0.875, "loss": 0.5})
    yield name
    engine.close()


def test_two_epochs_of_a_run(run: str) -> None:
    page = opened("feature-maps", image="digit_3", network=run, against="epoch", beside_epoch="1")
    assert not page.exception
    assert cards(page)[0]["stages"][0]["labels"][1] == "Epoch 1"
    untrained = opened("feature-maps", image="digit_3", network=run, against="epoch")
    assert cards(untrained)[0]["stages"][0]["labels"][1] == "untrained"
    assert depth(page)["series"] != depth(untrained)["series"]
