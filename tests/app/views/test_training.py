"""`/training` without a browser: what it says of data, network and runs. No worker is needed for that."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from models import engine
from models.training.record import Record, Told
from models.training.store import Store
from tests.app.opened import opened, payload, unpacked, words
from tests.app.test_controls import written

DIGITS = ("28x28x1", "flatten | dense 10 softmax")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs of these tests only, and no worker process."""
    monkeypatch.setenv("CONVSCOPE_DATA", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(engine, "warm_up", lambda _="quick": None)
    monkeypatch.setattr(engine, "_trainings", [])
    return tmp_path


def kept(folder: Path, **state: object) -> str:
    """A run that has ended, with two epochs."""
    store = Store(folder)
    run = store.create("somebody", DIGITS, {"epochs": 2, "learning_rate": 0.5}, {"name": "digits"}).id
    record = Record()
    rows = np.array([[1, 10, 0.9, 0.7, 0.8, 0.75, 0.5, 2], [2, 20, 0.5, 0.8, 0.6, 0.85, 0.5, 2]], np.float32)
    batches = np.array([[step, 1 / step, 0.5] for step in range(1, 21)], np.float32)
    progress = np.array([20, 20, 2, 2, 1000, 0, 0.5, 4.0])
    classes = np.array(list("0123456789"))
    record.add(Told(grown={"batches": batches, "epochs": rows}, replaced={"progress": progress, "classes": classes}))
    store.write_record(run, record)
    store.write_state(run, **{"stage": "finished", "epoch": 2, **state})
    return run


def button(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def test_the_digits_are_there_at_once_and_fit_the_first_network() -> None:
    page = opened("training")
    assert not page.exception
    assert page.button(key="train").disabled is False
    assert "3,500 pictures in batches of 32: 110 batches an epoch, 5 epochs" in words(page).replace("\\", "")
    assert "Loss: cross-entropy, because the last layer ends in softmax" in words(page)
    header, arrays = unpacked(payload(page, "samples"))
    assert arrays["pictures"].shape == (40, 28, 28, 1)
    assert header["titles"][:10] == list("0123456789")


def test_a_network_that_does_not_fit_is_explained_and_mended_by_buttons() -> None:
    page = opened("training", dataset="shapes")
    assert page.button(key="train").disabled
    assert "The network expects pictures of 28x28x1, the data has 32x32x3." in words(page).replace("\\", "")
    page = button(page, "fit_problem_mend_0")
    assert "The network has 10 outputs, the data has 5 classes." in words(page).replace("\\", "")
    page = button(page, "fit_problem_mend_0")
    assert page.button(key="train").disabled is False


def test_settings_that_mean_nothing_are_not_shown() -> None:
    keys = {slider.key for slider in opened("training").slider}
    assert "beta_2" in keys
    assert not {"momentum", "warm_up", "plateau_factor", "weight_decay"} & keys
    page = opened("training", optimizer="nesterov", schedule="one_cycle", learning_rate="0.01")
    keys = {slider.key for slider in page.slider}
    assert {"momentum", "warm_up", "final_share"} <= keys
    assert not {"beta_2", "step_factor", "plateau_factor"} & keys
    assert "from 0\\.0004, at most 0\\.01, at the end 0" in words(page)


@pytest.mark.parametrize(("limit", "said"), [("PICTURES", "3500 pictures would train"), ("EPOCHS", "5 epochs are asked for")])
def test_the_hosts_limits_are_named(limit: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CONVSCOPE_MOST_{limit}", "4")
    page = opened("training")
    assert said in words(page)
    assert page.button(key="train").disabled


def test_two_classes_can_end_in_one_unit() -> None:
    page = opened("training", classes="3, 8")
    labels = [entry.label for entry in page.button if entry.key and entry.key.startswith("fit_problem")]
    assert any("units 1, sigmoid" in label.lower() for label in labels)
    page = opened("training", classes="3, 8", input="28x28x1", layers="flatten | dense 1 sigmoid")
    assert "Loss: binary cross-entropy, because the last layer is one sigmoid unit" in words(page)


@pytest.mark.parametrize("given", ["3", "3, 3", "3, cat"])
def test_classes_from_a_link_that_cannot_be_are_explained(given: str) -> None:
    page = opened("training", classes=given)
    assert not page.exception
    page = button(page, "data_problem_mend_0")
    assert page.button(key="train").disabled is False


def test_a_recipe_sets_network_data_and_settings() -> None:
    page = button(opened("training"), "recipe_first_steps")
    assert "conv 8 k3 relu" in page.code[0].value
    assert page.slider(key="epochs").value == 4
    assert page.select_slider(key="learning_rate").value == 0.003
    page = button(page, "recipe_shapes")
    assert page.selectbox(key="dataset").value == "shapes"
    assert page.button(key="train").disabled is False


def test_a_run_is_found_again_by_its_link(own_folder: Path) -> None:
    run = kept(own_folder, test={"accuracy": 0.8642, "loss": 0.5})
    page = opened("training", run=run)
    said = words(page)
    assert "Test accuracy: `86.42 %`" in said
    assert "You are watching the training of another browser." in said
    header, arrays = unpacked(payload(page, "run_curves"))
    assert [chart["title"] for chart in header["charts"]] == ["Loss", "Accuracy"]
    assert arrays["curve_2"][:, 1].tolist() == pytest.approx([0.8, 0.6])
    assert header["end"] == 2


def test_the_link_of_a_run_says_nothing_but_the_run(own_folder: Path) -> None:
    run = kept(own_folder)
    assert written(opened("training", run=run, epochs="7", dataset="shapes", language="ko")) == {"run": run, "language": "ko"}
    assert written(opened("training", epochs="7")) == {"epochs": "7"}


def test_an_interrupted_run_says_so(own_folder: Path) -> None:
    run = kept(own_folder, stage="running", epoch=1)
    (bar,) = opened("training", run=run).get("progress")
    assert "interrupted at epoch 1" in bar.proto.text


@pytest.mark.parametrize("code", ["training_died", "training_hung", "training_memory", "training_diverged", "disk_full"])
def test_a_run_that_failed_says_why(own_folder: Path, code: str) -> None:
    values = {"ended": -9, "seconds": 120, "megabytes": 4000, "step": 7, "folder": "/data", "free": 0}
    page = opened("training", run=kept(own_folder, stage="failed", error={"code": code, "values": values}))
    assert not page.exception
    assert f"errors.{code}" not in words(page)
    assert len(page.get("progress")) == 1


def test_a_run_that_diverged_is_prepared_again_with_smaller_steps(own_folder: Path) -> None:
    error = {"code": "training_diverged", "values": {"step": 7}}
    run = kept(own_folder, stage="failed", error=error)
    page = opened("training", run=run)
    engine.trainings().store.give(run, page.session_state["visit"].owner)
    page.run()
    assert not [entry for entry in page.button if entry.key == "run_resume"]
    page = button(page, "run_problem_mend_0")
    assert page.select_slider(key="learning_rate").value == 0.05
    assert written(page) == {"epochs": "2", "layers": DIGITS[1], "learning_rate": "0.05"}


@pytest.mark.parametrize("run", ["0" * 16, "nonsense", "../../etc"])
def test_a_run_that_is_not_there_is_explained(run: str) -> None:
    page = opened("training", run=run)
    assert not page.exception
    page = button(page, "run_unknown_mend_0")
    assert page.button(key="train").disabled is False
