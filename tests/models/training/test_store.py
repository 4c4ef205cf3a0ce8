"""Runs that are kept: whole or not there, whenever a writer is killed; bounded; never trusting what lies in the folder."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from models.training import files
from models.training.record import Record, Told
from models.training.store import Run, Store

ROOT = Path(__file__).parents[3]
NETWORK = ("5x7x3", "conv 2 k3 relu | flatten | dense 3 softmax")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def made(store: Store, owner: str = "ada") -> Run:
    return store.create(owner, NETWORK, {"epochs": 3, "augmentation": {"rotation": 10}}, {"name": "digits"})


def test_what_was_written_is_read(store: Store) -> None:
    run = made(store)
    store.label(run.id, "my 고양이", "two\nlines")
    store.write_state(run.id, stage="running", epoch=2, test={"loss": 0.5})
    found = store.read(run.id)
    assert found
    assert (found.input, found.layers) == NETWORK
    assert (found.training, found.dataset) == ({"epochs": 3, "augmentation": {"rotation": 10}}, {"name": "digits"})
    assert (found.owner, found.name, found.notes) == ("ada", "my 고양이", "two\nlines")
    assert (found.state.stage, found.state.epoch, found.state.test) == ("running", 2, {"loss": 0.5})


def test_arrays_come_back_as_they_were(store: Store) -> None:
    run = made(store).id
    weights = {"conv_1/kernel": np.arange(54, dtype=np.float32).reshape(3, 3, 3, 2), "conv_1/bias": np.zeros(2, np.float32)}
    store.write_weights(run, 0, weights)
    store.write_weights(run, 11, weights)
    assert store.epochs(run) == [0, 11]
    found = store.weights(run, 11)
    assert found
    assert all(np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in weights.items())
    assert store.weights(run, 5) is None


def test_a_record_grows_and_is_cut_where_a_training_goes_on(store: Store) -> None:
    record = Record()
    for step in range(1, 26):
        record.add(Told(grown={"batches": np.array([[step, 1, 0]], np.float32)}, replaced={"layers": np.array(["conv_1"])}))
        if step % 10 == 0:
            row = np.array([[step // 10, step, 1, 0, 1, 0, 0.1, 2]], np.float32)
            told = {"gradients": np.ones((1, 1)), "updates": np.ones((1, 1)), "measured": np.array([[step]])}
            record.add(Told(grown={"epochs": row, **told}))
    run = made(store).id
    store.write_record(run, record)
    found = store.record(run)
    assert found.rows("batches").shape == (25, 3)
    assert [epoch["epoch"] for epoch in found.epochs()] == [1, 2]
    assert found.arrays()["layers"].tolist() == ["conv_1"]
    cut = found.until(1)
    assert (len(cut.rows("batches")), len(cut.epochs()), len(cut.rows("gradients"))) == (10, 1, 1)
    assert len(found.until(0).rows("batches")) == 0


def test_an_unknown_run_and_a_link_that_tries_its_luck(store: Store) -> None:
    made(store)
    for given in ("", "0" * 16, "../../etc", "..", "0" * 17, "run.json", "A" * 16, "\0", "0" * 15 + "\n"):
        assert store.read(given) is None
    with pytest.raises(ValueError, match="16 hexadecimal digits"):
        store.delete("../..")


GARBAGE = {
    "run.json": [b"", b"{", b"null", b"[]", b"{}", b'{"owner": 3}', b"\xff\xfe", b"[" * 100_000, b'{"made": "now"}'],
    "state.json": [b"", b"[]", b'{"stage": "flying"}', b'{"stage": "running", "epoch": "three"}', b'{"stage": 3, "x": 4}'],
}


@pytest.mark.parametrize(("name", "contents"), [(name, given) for name, several in GARBAGE.items() for given in several])
def test_garbage_is_no_run_and_hides_no_other(store: Store, name: str, contents: bytes) -> None:
    good, bad = made(store), made(store)
    (store.folder / bad.id / name).write_bytes(contents)
    (store.folder / "a file").write_bytes(b"x")
    (store.folder / ("f" * 16)).mkdir()
    assert [run.id for run in store.runs()] == [good.id]
    assert store.read(bad.id) is None
    store.prune(set())


@pytest.mark.parametrize("contents", [b"", b"PK\3\4 and so on", b"\x93NUMPY", b"x" * 1000])
def test_damaged_arrays_are_no_arrays(store: Store, contents: bytes) -> None:
    run = made(store).id
    for name in ("record.npz", "weights_0001.npz"):
        (store.folder / run / name).write_bytes(contents)
    assert store.weights(run, 1) is None
    assert store.record(run).arrays() == {}


def test_pickled_objects_are_neither_read_nor_written(store: Store) -> None:
    run = made(store).id
    np.savez(store.folder / run / "weights_0001.npz", trap=np.array([Path], dtype=object), allow_pickle=True)
    assert store.weights(run, 1) is None
    with pytest.raises(ValueError, match="allow_pickle"):
        store.write_weights(run, 2, {"trap": np.array([Path], dtype=object)})
    assert store.epochs(run) == [1]


def test_the_oldest_go_first_when_there_is_no_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [made(store).id for _ in range(4)]
    for number, run in enumerate(runs):
        store.write_weights(run, 1, {"kernel": np.zeros(2**18, np.float32)})
        state = {"stage": "finished", "epoch": 1, "updated": time.time() - 1000 + number}
        (store.folder / run / "state.json").write_text(json.dumps(state))
        asked = json.loads((store.folder / run / "run.json").read_text())
        (store.folder / run / "run.json").write_text(json.dumps({**asked, "made": state["updated"]}))
    assert store.prune(set()) == []
    monkeypatch.setenv("CONVSCOPE_KEEP_MB", "2.5")
    assert store.prune({runs[0]}) == [runs[1], runs[2]]
    assert {run.id for run in store.runs()} == {runs[0], runs[3]}
    monkeypatch.setenv("CONVSCOPE_KEEP_DAYS", "0.001")
    assert store.prune({runs[0]}) == [runs[3]]


def test_what_was_deleted_or_never_finished_is_swept_away(store: Store) -> None:
    run = made(store)
    store.delete(run.id)
    assert store.runs() == []
    for name in (files.UNFINISHED, files.GONE):
        (store.folder / f"{name}abc").mkdir()
        (store.folder / f"{name}abc" / "large").write_bytes(b"x")
    files.sweep(store.folder)
    assert len(list(store.folder.iterdir())) == 2
    for path in store.folder.iterdir():
        os.utime(path, (0, 0))
    files.sweep(store.folder)
    assert list(store.folder.iterdir()) == []


def test_a_disk_that_takes_nothing_leaves_the_old_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_json(tmp_path / "state.json", {"epoch": 1})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_json(tmp_path / "state.json", {"epoch": 2})
    assert files.read_json(tmp_path / "state.json") == {"epoch": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


WRITER = """
import sys
from pathlib import Path
import numpy as np
from models.training.record import Record, Told
from models.training.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    run = store.create("ada", ("5x7x3", "flatten"), {"epochs": 3}, {})
    record = Record()
    for epoch in range(1, 4):
        record.add(Told(grown={"batches": np.full((1000, 3), epoch, np.float32)}))
        store.write_record(run.id, record)
        store.write_weights(run.id, epoch, {"kernel": np.full(50_000, epoch, np.float32)})
        store.write_state(run.id, stage="running", epoch=epoch)
    store.label(run.id, "x" * 80, "y" * 2000)
    store.delete(run.id) if epoch % 2 else None
"""


def test_nothing_half_written_is_ever_read_whenever_a_writer_is_killed(tmp_path: Path) -> None:
    chance = random.Random(5)
    for _ in range(12):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            writer.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        store = Store(tmp_path)
        for path in store.folder.glob("[0-9a-f]*"):
            run = store.read(path.name)
            assert run, list(path.iterdir())
            written = store.epochs(run.id)
            assert written == list(range(1, len(written) + 1))
            assert run.state.epoch <= len(written) <= run.state.epoch + 1
            for epoch in written:
                weights = store.weights(run.id, epoch)
                assert weights
                assert (weights["kernel"] == epoch).all()
            assert len(store.record(run.id).rows("batches")) in {1000 * len(written), 1000 * (len(written) + 1)}


def test_the_folder_is_the_hosts_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVSCOPE_DATA", str(tmp_path / "data"))
    assert made(Store()).id in os.listdir(tmp_path / "data" / "runs")
    monkeypatch.delenv("CONVSCOPE_DATA")
    assert files.data_folder().name == "convscope"
    assert Store(tmp_path / "none").runs() == []
    assert Store(tmp_path / "none").free_megabytes() > 0
