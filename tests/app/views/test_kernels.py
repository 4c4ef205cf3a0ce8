"""The page of the kernels: every knob does something, and what it sends is what the network holds."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from app.inside.kernels_look import KernelsLook
from models.network.build import build
from models.network.notation import parse
from models.network.shipped import SHIPPED
from models.training.record import Record, Told
from models.training.steps import path_of
from models.training.store import Store
from tests.app.knobs import settings
from tests.app.opened import opened, payload, unpacked, words
from tests.assets.test_i18n import ENGLISH

INPUT, LINE = "9x7x1", "conv 26 k3 relu | conv 6 k3 | flatten | dense 3 softmax"
OWN = {"network": "layers", "input": INPUT, "layers": LINE, "image": "digit_3"}
KNOBS = settings((KernelsLook,), {}) | {"layer": "conv_2", "map": "1"}

pytestmark = pytest.mark.usefixtures("own_runs")


def trained(epochs: int = 2, slope: float = 0.0) -> str:
    """A run in whose weights everything is 0.1 after the first epoch, 0.2 after the second; with a slope ever more."""
    store = Store()
    run = store.create("somebody", (INPUT, LINE), {"seed": 4}, {"name": "digits", "classes": "3, 5, 8"}).id
    for epoch in range(1, epochs + 1):
        variables = build(parse(LINE, INPUT), 4).variables
        store.write_weights(run, epoch, {path_of(v): weights(v.shape, epoch / 10, slope) for v in variables})
    record = Record()
    rows = np.array([[epoch, epoch, 1 / epoch, 0.5, 2 / epoch, 0.5, 0.1, 1] for epoch in range(1, epochs + 1)], np.float32)
    record.add(Told(grown={"epochs": rows}, replaced={"classes": np.array(["3", "5", "8"])}))
    store.write_record(run, record)
    store.write_state(run, stage="finished", epoch=epochs, test={"accuracy": 0.875, "loss": 0.5})
    return run


def weights(shape: tuple[int, ...], value: float, slope: float) -> NDArray[np.float32]:
    return (value + slope * np.arange(np.prod(shape))).reshape(shape).astype(np.float32)


def sent(page: AppTest, key: str = "kernel_film") -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    return unpacked(payload(page, key))


def said(page: AppTest) -> str:
    return words(page).replace("\\", "")


def everything(page: AppTest) -> list[bytes | str]:
    return [*(bytes(element.proto.bytes) for element in page.get("bidi_component")), words(page)]


def test_every_knob_changes_what_is_shown() -> None:
    link = {"network": trained(slope=0.01), "image": "digit_3"}
    needs: dict[str, dict[str, str]] = {"slices": {"layer": "conv_2"}}
    plain = opened("kernels", **link)
    for name, value in KNOBS.items():
        needed = needs.get(name, {})
        before = opened("kernels", **link, **needed) if needed else plain
        after = opened("kernels", **link, **needed, **{name: value})
        assert not after.exception
        assert "link asks" not in words(after)
        assert everything(before) != everything(after), name


def test_a_run_is_sent_as_a_film_with_its_losses() -> None:
    run = trained()
    page = opened("kernels", network=f"{run}@1", image="digit_3", layer="conv_2", map="5")
    header, arrays = sent(page)
    assert (header["epochs"], header["at"], header["chosen"]) == ([0, 1, 2], 1, 5)
    np.testing.assert_allclose(arrays["kernels"][1] * header["step"], 0.1, rtol=1e-4)
    assert arrays["whole"].shape == (3, 26, 3, 3)
    assert arrays["course"].tolist() == [[1, 1, 2], [2, 0.5, 1]]
    assert header["classes"] == ["3", "5", "8"]
    assert arrays["chances"].sum(axis=1) == pytest.approx([1, 1, 1])
    beside, pair = sent(page, "kernel_beside")
    assert pair["kernels"].shape[0] == 2
    np.testing.assert_allclose(pair["kernels"][1] * beside["step"], 0.1, rtol=1e-4)
    assert ENGLISH["learnt.story.edges"] in said(page)
    patches, _ = sent(page, "kernel_patches")
    assert len(patches["boxes"]) == len(patches["titles"]) == 12


def test_a_riddle_comes_before_the_answer() -> None:
    page = opened("kernels", network=trained(), image="digit_3", predict="true")
    header, _ = sent(page, "kernel_riddle")
    assert header["hiding"]
    assert not [element for element in page.get("bidi_component") if "-kernel_film" in element.proto.id]
    page.button(key="give_up_trained").click().run()
    assert not sent(page, "kernel_beside")[0]["hiding"]
    assert len(sent(page)[0]["epochs"]) == 3
    assert ENGLISH["learnt.story.edges"] in said(page)


def test_an_untrained_network_is_shown_and_said_to_be_so() -> None:
    page = opened("kernels", **OWN)
    header, arrays = sent(page)
    assert header["epochs"] == [0]
    assert arrays["kernels"].shape == (1, 24, 1, 3, 3)
    assert ENGLISH["learnt.alone.layers"] in said(page)
    page.button(key="kernel_page_forward").click().run()
    assert sent(page)[0]["filters"] == [24, 25]
    page.button(key="see_trained").click().run()
    assert sent(page)[0]["trained"]
    assert sent(page)[0]["epochs"] == [0, SHIPPED["digits"].training.epochs]


@pytest.mark.parametrize(
    ("layers", "form"),
    [
        ("conv 1 k3 | flatten | dense 1 sigmoid", "kernels"),
        ("flatten | dense 4 relu | dense 3 softmax", "maps"),
        ("global_pool average | dense 3", "row"),
        ("depthwise k3 | flatten | dense 2", "kernels"),
    ],
)
def test_networks_of_all_kinds(layers: str, form: str) -> None:
    page = opened("kernels", network="layers", input="11x13x3", layers=layers, image="cat")
    assert not page.exception
    assert sent(page)[0]["form"] == form


def test_a_network_without_weights_says_so() -> None:
    page = opened("kernels", network="layers", input="11x13x3", layers="pool 2 | flatten", image="cat")
    assert not page.exception
    assert [box.value for box in page.info] == [ENGLISH["learnt.no_kernels"]]
