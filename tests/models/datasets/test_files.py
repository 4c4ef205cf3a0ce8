"""Sets that the host has put into Keras' folder: read as they are, and refused when they are anything else."""

import gzip
import io
import pickle
import pickletools
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from models.datasets import DATASETS
from models.datasets.batches import read_batch
from models.datasets.numeric import Expected, read_idx, read_npz
from models.datasets.official import FILES, paths
from models.errors import LearnerError
from tests.models.datasets.files import batch, idx, python_2, write_cifar, write_fashion, write_mnist

PICTURES, LABELS = Expected((10_000, 3072)), Expected((10_000,), below=10)
FULL = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (tmp_path / "datasets").mkdir()
    return tmp_path / "datasets"


def refused(read: Callable[[], object]) -> LearnerError:
    with pytest.raises(LearnerError) as error:
        read()
    assert error.value.code == "dataset_damaged"
    return error.value


@pytest.mark.parametrize("name", FILES)
def test_a_set_that_is_not_there_says_where_it_belongs(name: str, home: Path) -> None:
    assert not DATASETS[name].available
    with pytest.raises(LearnerError) as error:
        DATASETS[name]()
    assert error.value.code == "dataset_missing"
    assert error.value.values == {"dataset": name, "folder": str(home), "files": FILES[name]}


def test_mnist_is_read_from_kerass_own_file(home: Path) -> None:
    write_mnist(home)
    assert DATASETS["mnist"].available
    dataset = DATASETS["mnist"]()
    assert dataset.images.shape == (70_000, 28, 28, 1)
    assert dataset.official_test == 10_000
    assert dataset.images[60_007].any()
    assert not dataset.images[60_008].any()


def test_fashion_mnist_is_read_from_its_four_files(home: Path) -> None:
    write_fashion(home)
    dataset = DATASETS["fashion_mnist"]()
    assert dataset.images.shape == (70_000, 28, 28, 1)
    assert dataset.counts == dict.fromkeys(dataset.class_names, 7000)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["cifar-10-batches-py", "cifar-10-batches-py-target/cifar-10-batches-py"])
def test_cifar_10_is_read_from_both_places_where_keras_puts_it(home: Path, place: str) -> None:
    write_cifar(home / place)
    dataset = DATASETS["cifar10"]()
    assert dataset.images.shape == (60_000, 32, 32, 3)
    test = batch(5)
    np.testing.assert_array_equal(dataset.images[50_000, :, :, 1], test[b"data"][0, 1024:2048].reshape(32, 32))
    np.testing.assert_array_equal(dataset.labels[50_000:], test[b"labels"])
    assert [path.name for path in paths("cifar10")][-1] == "test_batch"


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="full MNIST is no part of the product")
def test_full_mnist_is_what_it_should_be(home: Path) -> None:
    (home / "mnist.npz").symlink_to(FULL / "mnist.npz")
    dataset = DATASETS["mnist"]()
    assert dataset.counts["1"] == 7877
    assert dataset.counts["5"] == 6313


@pytest.mark.parametrize("protocol", [2, 3, 4])
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_batch_that_python_3_wrote_is_read_as_well(tmp_path: Path, protocol: int, order: str) -> None:
    whole = batch(1)
    pictures = np.array(whole[b"data"][:20], order="F" if order == "F" else "C")
    few = {b"labels": whole[b"labels"][:20], b"data": pictures, b"filenames": whole[b"filenames"][:20]}
    path = tmp_path / "batch"
    path.write_bytes(pickle.dumps(few, protocol=protocol))
    images, labels = read_batch(path, Expected((20, 3072)), Expected((20,), below=10))
    np.testing.assert_array_equal(images, few[b"data"])
    np.testing.assert_array_equal(labels, few[b"labels"])


class Bomb:
    """What runs when a pickle of it is loaded."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return eval, ("open('exploded', 'w').close()",)


def test_the_python_2_form_is_what_pickle_understands() -> None:
    """So that the files these tests make are pickles, and the numbers in them the right ones."""
    few = {**batch(1), b"labels": [3, 1], b"filenames": [b"a", b"b"]}
    loaded = pickle.loads(python_2(few), encoding="bytes")
    np.testing.assert_array_equal(loaded[b"data"], few[b"data"])
    assert (loaded[b"labels"], loaded[b"filenames"]) == ([3, 1], [b"a", b"b"])


def test_nothing_in_a_batch_is_ever_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "batch"
    path.write_bytes(python_2(batch(1))[:-2] + pickle.dumps(Bomb(), protocol=2)[2:-1] + b"N" + b"u.")
    read_batch(path, PICTURES, LABELS)
    path.write_bytes(pickle.dumps(Bomb()))
    refused(lambda: read_batch(path, PICTURES, LABELS))
    assert not (tmp_path / "exploded").exists()


HOSTILE_PICKLES = {
    "nothing": b"",
    "no pickle": b"\x89PNG\r\n",
    "text": b"hello",
    "cut off": pickle.dumps(batch(1), protocol=2)[:1_000_000],
    "a huge place in the memo": b"\x80\x02r\xff\xff\xff\x7f.",
    "more bytes than there are": b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f",
    "too long a number": b"\x80\x02\x8b\xff\xff\xff\x7f",
    "labels without end": b"\x80\x02U\x06labels(" + b"K\x01" * 3_000_000,
    "labels that are no bytes": pickle.dumps({**batch(1), b"labels": [300] * 10_000}, protocol=2),
    "negative labels": pickle.dumps({**batch(1), b"labels": [-1] * 10_000}, protocol=2),
    "labels above 9": pickle.dumps({**batch(1), b"labels": [10] * 10_000}, protocol=2),
    "too few labels": pickle.dumps({**batch(1), b"labels": [1] * 9_999}, protocol=2),
    "objects": pickle.dumps({b"labels": [1] * 10_000, b"data": np.array([{}] * 10_000, dtype=object)}, protocol=2),
}


@pytest.mark.parametrize("damage", HOSTILE_PICKLES)
def test_a_hostile_batch_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "data_batch_1"
    path.write_bytes(HOSTILE_PICKLES[damage])
    assert refused(lambda: read_batch(path, PICTURES, LABELS)).values["file"] == "data_batch_1"


def test_a_batch_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "batch"
    with path.open("wb") as file:
        file.truncate(10**12)
    refused(lambda: read_batch(path, PICTURES, LABELS))


def npz(
    path: Path, *, claimed: tuple[int, ...] = (3, 4), data: bytes = bytes(12), dtype: str = "|u1", name: str = "images"
) -> Path:
    """An archive with one array that claims to have a shape."""
    member = io.BytesIO()
    np.lib.format.write_array_header_1_0(member, {"descr": dtype, "fortran_order": False, "shape": claimed})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.npy", member.getvalue() + data)
    return path


def objects(path: Path) -> Path:
    np.savez(path, images=np.array([[Bomb()] * 4] * 3, dtype=object))
    return path


def cut(path: Path) -> Path:
    npz(path)
    path.write_bytes(path.read_bytes()[:-30])
    return path


HOSTILE_ARCHIVES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "objects": (objects, "shape"),
    "another shape": (lambda path: npz(path, claimed=(4, 3)), "shape"),
    "a shape that fills the memory": (lambda path: npz(path, claimed=(10**9, 10**9)), "shape"),
    "another type": (lambda path: npz(path, dtype="<f4"), "shape"),
    "more data than its shape": (lambda path: npz(path, data=bytes(10**8)), "unreadable"),
    "less data than its shape": (lambda path: npz(path, data=bytes(5)), "unreadable"),
    "another name": (lambda path: npz(path, name="pictures"), "unreadable"),
    "cut off": (cut, "unreadable"),
}


@pytest.mark.parametrize("damage", HOSTILE_ARCHIVES)
def test_a_hostile_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.chdir(tmp_path)
    make, reason = HOSTILE_ARCHIVES[damage]
    path = make(tmp_path / "set.npz")
    error = refused(lambda: read_npz(path, {"images": Expected((3, 4))}))
    assert error.values["reason"] == reason
    assert not (tmp_path / "exploded").exists()


def test_an_archive_of_columns_is_read_as_well(tmp_path: Path) -> None:
    array = np.arange(12, dtype=np.uint8).reshape(3, 4)
    np.savez_compressed(tmp_path / "set.npz", images=np.asfortranarray(array))
    np.testing.assert_array_equal(read_npz(tmp_path / "set.npz", {"images": Expected((3, 4))})["images"], array)


@pytest.mark.parametrize(
    "data", [b"", b"hello", *(gzip.compress(data, mtime=0) for data in (b"", b"\0\0\x0d\x02" + bytes(100)))]
)
def test_what_is_no_idx_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file.gz").write_bytes(data)
    assert refused(lambda: read_idx(tmp_path / "file.gz", Expected((3, 4)))).values["reason"] == "unreadable"


def test_an_idx_file_of_another_shape_or_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(idx(np.zeros((4, 3), np.uint8))))
    assert refused(lambda: read_idx(path, Expected((3, 4)))).values["received"] == "4x3 uint8"
    path.write_bytes(gzip.compress(idx(np.zeros((3, 4), np.uint8)) + bytes(50_000_000)))
    assert refused(lambda: read_idx(path, Expected((3, 4)))).values["reason"] == "unreadable"


def test_pickletools_still_runs_nothing() -> None:
    """`batches` relies on it."""
    assert "REDUCE" in [operation.name for operation, _, _ in pickletools.genops(pickle.dumps(Bomb(), protocol=2))]


def test_the_sets_need_no_keras() -> None:
    code = "import sys, models.datasets, models.datasets.summary; print(sorted({'keras', 'tensorflow'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.strip() == "[]"
