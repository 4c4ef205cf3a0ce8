"""The choice above every "look inside" page, without a browser: what it shows of each kind of network, and what goes wrong."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.inside import asking, network_file
from app.inside.choice import SPECS
from app.inside.file_store import file_store
from models import engine
from models.network.build import build
from models.network.notation import parse
from models.network.shipped import SHIPPED
from models.training.record import Record, Told
from models.training.steps import path_of
from models.training.store import Store
from tests.app.opened import opened, words
from tests.app.test_controls import written
from tests.assets.test_i18n import ENGLISH
from tests.models.network.keras_files import PLAIN, replaced

INPUT, LINE = "9x7x1", "conv 2 k3 relu | flatten | dense 3 softmax"

pytestmark = pytest.mark.usefixtures("own_runs")


def trained(epochs: int = 2) -> str:
    store = Store()
    run = store.create("somebody", (INPUT, LINE), {"seed": 4}, {"name": "digits", "classes": "3, 5, 8"}).id
    for epoch in range(1, epochs + 1):
        variables = build(parse(LINE, INPUT), 4).variables
        store.write_weights(run, epoch, {path_of(variable): np.ones(variable.shape, np.float32) for variable in variables})
    record = Record()
    record.add(Told(replaced={"classes": np.array(["3", "5", "8"])}))
    store.write_record(run, record)
    store.write_state(run, stage="finished", epoch=epochs, test={"accuracy": 0.875, "loss": 0.5})
    return run


def said(page: AppTest) -> str:
    return words(page).replace("\\", "")


def seen(page: AppTest) -> str:
    """What the page says of the picture as the network sees it."""
    (found,) = [element.proto.body for element in page.get("html") if 'class="seen' in element.proto.body]
    return str(found)


def kinds(page: AppTest) -> str:
    return str(page.segmented_control(key="network_kind").value)


def test_somebody_new_sees_a_network_that_has_learnt_with_a_picture_that_it_knows() -> None:
    page = opened("overview")
    assert not page.exception
    assert written(page) == {"network": "digits", "image": "digit_3"}
    assert kinds(page) == "shipped"
    assert "28 × 28 · grey" in seen(page)


def test_a_link_opens_on_what_its_sender_saw() -> None:
    page = opened("overview", network="digits")
    assert written(page) == {"network": "digits"}
    assert "cut to fit" in seen(page)


def test_layers_in_a_link_are_the_learners_own_network() -> None:
    page = opened("overview", layers=LINE, input=INPUT, seed="3")
    assert kinds(page) == "layers"
    assert f"{INPUT}: {LINE}" in [block.value for block in page.code]
    assert written(page) == {"layers": LINE, "input": INPUT, "seed": "3"}
    assert "9 × 7 · grey" in seen(page)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_network_has_its_card(name: str) -> None:
    page = opened("overview", network=name)
    made = SHIPPED[name].made
    assert made
    (card,) = [element.proto.body for element in page.get("html") if 'class="card"' in element.proto.body]
    assert f"{made.right} of {made.test_pictures} test pictures" in card
    assert f"<dd>{made.parameters:,}</dd>" in card
    assert made.command in [block.value for block in page.code]


def test_a_run_is_shown_after_its_newest_epoch_or_after_another() -> None:
    run = trained()
    page = opened("overview", network=run)
    assert "87.5 %" in page.selectbox(key="network_run").options[0]
    assert page.select_slider(key=f"network_epoch_{run}_2").value == 2
    page.select_slider(key=f"network_epoch_{run}_2").set_value(1).run()
    assert written(page)["network"] == f"{run}@1"
    page.select_slider(key=f"network_epoch_{run}_2").set_value(2).run()
    assert written(page)["network"] == run


def test_what_is_chosen_follows_to_the_next_visit_of_its_kind() -> None:
    run = trained()
    page = opened("overview", network=f"{run}@1")
    page.segmented_control(key="network_kind").set_value("layers").run()
    assert written(page)["network"] == "layers"
    page.segmented_control(key="network_kind").set_value("run").run()
    assert written(page)["network"] == f"{run}@1"


def test_a_run_without_epochs_is_shown_untrained() -> None:
    page = opened("overview", network=trained(epochs=0))
    assert not page.exception
    assert ENGLISH["inside.no_epoch"] in said(page)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("0123456789abcdef", "There is no run 0123456789abcdef here."), ("none", "There is no network none")],
)
def test_what_is_not_there_is_explained_with_a_way_on(given: str, expected: str) -> None:
    page = opened("overview", network=given)
    assert not page.exception
    assert expected in said(page)
    if page.button and any(button.key == "network_problem_mend_0" for button in page.button):
        page.button(key="network_problem_mend_0").click().run()
    assert kinds(page) == "layers"


def test_an_epoch_that_is_gone_is_explained_and_the_newest_is_one_press_away() -> None:
    run = trained()
    page = opened("overview", network=f"{run}@7")
    assert "no weights after epoch 7" in said(page)
    page.button(key="network_problem_mend_0").click().run()
    assert written(page)["network"] == run


def test_a_run_deleted_while_it_is_looked_at_leaves_a_sentence() -> None:
    run = trained()
    page = opened("overview", network=run)
    Store().delete(run)
    page.run()
    assert not page.exception
    assert f"There is no run {run} here." in said(page)


def test_no_run_yet_shows_the_way_to_the_first() -> None:
    page = opened("overview", network="run")
    assert ENGLISH["inside.no_runs"] in said(page)


def test_each_knob_of_the_choice_has_words() -> None:
    assert {"network", "layers", "input", "seed", "image"} <= {
        name for entry in SPECS for name in getattr(entry, "names", None) or ("network", "layers", "input")
    }


def brought(page: AppTest, data: bytes, name: str = "mine.keras") -> AppTest:
    """What the upload's callback does, with the file that AppTest cannot send."""
    page.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return page.run()


def test_a_file_is_opened_asked_about_and_never_in_the_link() -> None:
    page = opened("overview", network="file")
    page = brought(page, PLAIN)
    assert not page.exception
    assert "mine.keras" in said(page)
    assert "0 to 1 is usual" in said(page)
    assert "9 × 7 · grey" in seen(page)
    assert "network" not in written(page)
    page.selectbox(key="value_range").set_value("own").run()
    page.text_input(key="mean").set_value("a").run()
    assert "cannot be used" in said(page)
    page.button(key="back_to_guess").click().run()
    assert "cannot be used" not in said(page)


def test_a_refused_file_leaves_the_one_before() -> None:
    page = brought(opened("overview", network="file"), PLAIN)
    page = brought(page, b"no network", "other.keras")
    assert not page.exception
    assert ENGLISH["errors.network_file_other.what"] in said(page)
    assert "mine.keras" in said(page)
    page.button(key="upload_refused_mend_0").click().run()
    assert ENGLISH["errors.network_file_other.what"] not in said(page)


def test_too_large_a_file_is_refused_before_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_file, "LARGEST_FILE", 1000)
    page = brought(opened("overview", network="file"), PLAIN)
    assert "The file is too large" in said(page)


def test_classes_of_a_file_can_be_named() -> None:
    page = brought(opened("overview", network="file"), PLAIN)
    page.text_input(key="network_class_names").set_value("a, b, c").run()
    assert "The network has 4 answers; these are 3 names." in said(page)
    page.text_input(key="network_class_names").set_value("a, b, c, d").run()
    assert "these are" not in said(page)


def test_a_new_worker_reads_the_file_again_unless_it_has_gone() -> None:
    kept = brought(opened("overview", network="file"), PLAIN)
    lost = brought(opened("overview", network="file"), replaced(metadata=b'{"keras_version": "3.0.1"}'), "lost.keras")
    assert "lost.keras" in said(lost)
    path = file_store().folder / f"{source_of(lost).name}.keras"
    path.unlink()
    engine.close()
    asking._answers = asking._Answers()
    kept.run()
    assert "9 × 7 · grey" in seen(kept)
    lost.run()
    assert ENGLISH["errors.network_file_gone.what"] in said(lost)
    lost.button(key="open_network_problem_mend_0").click().run()
    assert kinds(lost) == "layers"


def source_of(page: AppTest) -> network_file.NetworkFile:
    found = page.session_state["visit"].settings[network_file.SCOPE, "file"]
    assert isinstance(found, network_file.NetworkFile)
    return found
