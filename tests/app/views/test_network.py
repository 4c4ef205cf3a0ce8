"""The network page: presets, links, settings, topics, and what cannot be."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.i18n import LANGUAGES
from app.network.budgets import BUDGETS
from app.network.network_look import TOPICS
from models.hyperparameters import declared
from models.network import LAYERS, PRESETS
from models.network.code import STYLES
from models.network.notation import parse, write
from models.network.shapes import walk
from tests.app.opened import opened, payload, unpacked, words
from tests.assets.test_i18n import WORDS, calls


def listed(page: AppTest) -> dict[str, Any]:
    """What the list of layers was sent."""
    return unpacked(payload(page, "layer_list"))[0]


def named(widgets: Any, name: str) -> Any:
    """The widget of a setting, whose key goes on with a number."""
    (found,) = [widget for widget in widgets if str(widget.key).split("~")[0] == name]
    return found


def network(page: AppTest) -> str:
    return str(unpacked(payload(page, "line"))[0]["text"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_opens_from_its_link(name: str, language: str) -> None:
    preset = PRESETS[name]
    spec = parse(preset.layers, preset.input)
    page = opened("network", language=language, input=preset.input, layers=preset.layers, layer="0")
    assert not page.exception
    assert network(page) == write(spec)
    shown, rows = listed(page), walk(spec)
    assert shown["totals"]["parameters"] == f"{sum(row.parameters for row in rows):,}"
    outputs = {row["path"]: row["output"] for row in shown["rows"] if not row.get("fixed")}
    assert all(outputs[str(index)] == str(row.output_shape) for index, row in enumerate(rows))
    assert not [row for row in shown["rows"] if row["problem"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("name", ["digits", "residual"])
def test_every_topic_of_every_kind_of_layer(name: str, topic: str, language: str) -> None:
    preset = PRESETS[name]
    for layer in ("in", "0", "1", "3", "3.0", "7"):
        page = opened("network", language=language, input=preset.input, layers=preset.layers, layer=layer, topic=topic)
        assert not page.exception
        assert WORDS[language]["problems.unexpected"] not in words(page)


@pytest.mark.parametrize("style", [*STYLES, "summary"])
def test_programs_to_take_home(style: str) -> None:
    page = opened("network", topic="code", style=style)
    text = page.code[-1].value
    assert "conv_1" in text
    assert "333,526" in text if style == "summary" else "fit(" in text or "optimizer.step()" in text
    if style not in ("pytorch", "summary"):
        compile(text, style, "exec")


def test_a_sequential_program_of_a_block_is_refused_with_a_way_out() -> None:
    page = opened("network", input="8x8x4", layers="residual(conv 4 same)", topic="code", style="sequential")
    assert "Sequential cannot hold the block" in words(page)
    page.button(key="code_problem_mend_0").click().run()
    assert "keras.Model(" in page.code[-1].value


def test_a_network_that_cannot_work_is_alive_up_to_its_failing_layer() -> None:
    page = opened("network", input="28x28x1", layers="conv 4 k5 | pool 4 | conv 8 k7 | flatten | dense 10", layer="2")
    rows = listed(page)["rows"]
    assert [bool(row["problem"]) for row in rows] == [False, False, False, True, False, False]
    assert rows[2]["output"] == "(None, 6, 6, 4)"
    assert rows[4]["output"] == "—"
    assert "7 x 7" in rows[3]["problem"]["text"]
    assert "6 x 6" in rows[3]["problem"]["text"]
    assert "Padding Same in layer 3" in [mend["label"] for mend in rows[3]["problem"]["mends"]]


@pytest.mark.parametrize("topic", TOPICS)
def test_topics_of_a_network_that_cannot_work(topic: str) -> None:
    for layer in ("0", "2", "4"):
        page = opened("network", input="28x28x1", layers="conv 4 k5 | pool 4 | conv 8 k7 | flatten", layer=layer, topic=topic)
        assert not page.exception
        assert WORDS["en"]["problems.unexpected"] not in words(page)


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ("conv 32 | poool 2", "pool"),
        ("conv 32 sam", "same"),
        ("conv 1000000000", "4096"),
        ("conv 32 k99", "11"),
        ("pool 2 | " * 1000, "300"),
        ("residual(conv 3", "bracket"),
        ("conv 3)", "bracket"),
        ("x" * 60_000, "50000"),
        ("residual(" * 400, "may hold each other"),
        ("<script>alert(1)</script>", "no layer called"),
        ("conv 32 k3 k5", "twice"),
        ("{place}", "no layer called"),
    ],
)
def test_a_link_that_names_no_network_is_explained_and_the_page_keeps_its_own(layers: str, said: str) -> None:
    page = opened("network", layers=layers)
    assert not page.exception
    assert said in words(page)
    assert listed(page)["totals"]["parameters"] == "333,526"
    assert "<script" not in words(page).replace(r"\<script", "")


@pytest.mark.parametrize(
    ("shape", "said"), [("28x28", "28x28x1"), ("0x5x5", "1 to 1024"), ("9x9x9999", "1 to 512"), ("abc", "28x28x1")]
)
def test_a_link_with_no_picture(shape: str, said: str) -> None:
    page = opened("network", input=shape, layers="flatten")
    assert said in words(page)
    assert listed(page)["totals"]["parameters"] == "333,526"


def test_a_typed_network() -> None:
    page = opened("network")

    def typed(text: str, moment: int) -> None:
        page.session_state["line"] = {"text": {"value": text, "moment": moment}}
        page.run()

    typed("conv 8 k3 relu | flatten | dense 10 softmax", 1)
    assert listed(page)["totals"]["parameters"] == "54,170"
    typed("conv 8 k3 relu | flaten | dense 10 softmax", 2)
    assert "character 18" in words(page)
    assert listed(page)["totals"]["parameters"] == "54,170"
    assert network(page) == "conv 8 k3 relu | flaten | dense 10 softmax"
    page.button(key="line_problem_mend_0").click().run()
    assert network(page) == "conv 8 k3 relu | flatten | dense 10 softmax"
    typed("nothing", 3)
    page.button(key="line_problem_mend_1").click().run()
    assert network(page) == "conv 8 k3 relu | flatten | dense 10 softmax"


@pytest.mark.parametrize("kind", LAYERS)
def test_every_kind_of_layer_has_its_widgets(kind: str) -> None:
    inner = "(conv 3 same)" if kind == "residual" else ""
    page = opened("network", input="9x7x3", layers=f"{kind}{inner}", layer="0")
    assert not page.exception
    assert listed(page)["rows"][1]["output"] != "—"
    for widget in [*page.slider, *page.toggle, *page.number_input, *page.selectbox]:
        assert widget.label


def test_settings_change_the_network_and_the_line() -> None:
    page = opened("network", input="28x28x1", layers="conv 8 k3 | flatten", layer="0")
    named(page.slider, "stride").set_value(2).run()
    assert network(page) == "conv 8 k3 s2 | flatten"
    named(page.number_input, "filters").set_value(5).run()
    assert network(page) == "conv 5 k3 s2 | flatten"
    named(page.toggle, "square").set_value(False).run()
    named(page.slider, "kernel_width").set_value(5).run()
    assert network(page) == "conv 5 k3x5 s2 | flatten"


def test_a_billion_filters_are_refused_with_the_limit() -> None:
    page = opened("network", input="28x28x1", layers="conv 8 k3 | flatten", layer="0")
    for wrong in (10**9, 0, -5):
        named(page.number_input, "filters").set_value(wrong).run()
        assert "1 to 4096" in words(page)
        assert network(page) == "conv 8 k3 | flatten"
        assert named(page.number_input, "filters").value == 8
    named(page.slider, "stride").set_value(2).run()
    assert "1 to 4096" not in words(page)


def test_the_picture_has_limits_too() -> None:
    page = opened("network", layer="in")
    named(page.number_input, "height").set_value(100_000).run()
    assert "1 to 1024" in words(page)
    named(page.number_input, "height").set_value(56).run()
    assert listed(page)["rows"][0]["output"] == "(None, 56, 28, 1)"


def test_numbers_are_hidden_until_they_are_predicted() -> None:
    page = opened("network", input="28x28x1", layers="conv 8 k5 | pool 2 | flatten", layer="0", predict="true")
    rows = listed(page)["rows"]
    assert [row["output"] for row in rows] == ["(None, 28, 28, 1)", "?", "?", "?"]
    assert listed(page)["totals"]["parameters"] == "?"
    for name, guess in {"height": 24, "width": 24, "filters": 8, "parameters": 200}.items():
        page.number_input(key=f"guess_{name}").set_value(guess).run()
    assert listed(page)["rows"][1]["output"] == "(None, 24, 24, 8)"
    assert "you forgot the bias" in words(page)


def test_an_empty_network() -> None:
    for topic in TOPICS:
        page = opened("network", layers="", topic=topic)
        assert not page.exception
        assert len(listed(page)["rows"]) == 1
        assert WORDS["en"]["problems.unexpected"] not in words(page)


def test_the_presets_are_offered_with_where_they_come_from() -> None:
    header = unpacked(payload(opened("network"), "presets"))[0]
    assert [card["name"] for card in header["cards"]] == [*PRESETS, "empty"]
    assert all(card["text"] for card in header["cards"])
    assert header["chosen"] == "digits"


def test_everything_that_networks_are_made_of_has_words() -> None:
    english = WORDS["en"]
    wanted = {f"layers.{name}.{part}" for name in LAYERS for part in ("title", "text")} | {
        f"network_drawing.{name}" for name in LAYERS
    }
    wanted |= {f"presets.{name}.{part}" for name in PRESETS for part in ("title", "text")}
    wanted |= {f"{group}.{name}" for name in BUDGETS for group in ("devices", "choices.device")}
    wanted |= {f"choices.topic.{topic}" for topic in TOPICS} | {f"choices.style.{style}" for style in (*STYLES, "summary")}
    for kind in LAYERS.values():
        for name, hyperparameter in declared(kind).items():
            wanted |= {f"fields.{name}.label", f"fields.{name}.help"}
            wanted |= {f"choices.{name}.{option}" for option in getattr(hyperparameter, "options", ())}
    wanted |= {f"remarks.{code}.text" for code, _, _ in calls("remark", "models/network")}
    made = [code for maker in ("change", "Mend") for code, _, _ in calls(maker, "models/network")]
    assert len(made) > 10
    wanted |= {f"mends.{code}.label" for code in made}
    assert wanted - english.keys() == set()
