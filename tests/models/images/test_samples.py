"""Every sample picture, and whose it is."""

import os
from pathlib import Path

import numpy as np
import pytest

from models.datasets.shapes import OUTLINES
from models.images import SAMPLES
from models.images.samples import FOLDER, PictureFile, Sample

EVERY = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
PHOTOS = [sample for sample in SAMPLES.values() if sample.kind == "photo"]


@EVERY
def test_samples_keep_the_convention_for_pictures(sample: Sample) -> None:
    image = sample.make()
    assert image.ndim == 3
    assert image.dtype == np.float32
    assert image.shape[2] in (1, 3)
    assert image.min() >= 0
    assert image.max() <= (9 if sample.name.startswith("grid") else 1)
    assert max(image.shape[:2]) <= 512
    assert image.min() < image.max()


@EVERY
def test_samples_are_the_same_every_time_and_nobody_shares_them(sample: Sample) -> None:
    first = sample.make()
    first[:] = 5
    second = sample.make()
    np.testing.assert_array_equal(second, sample.make())
    assert not np.array_equal(first, second)


@EVERY
def test_a_sample_has_its_own_name_a_kind_and_a_credit_unless_it_is_code(sample: Sample) -> None:
    assert SAMPLES[sample.name] is sample
    assert sample.kind in ("photo", "digit", "toy")
    assert (sample.credit is None) == (sample.kind == "toy")


def test_the_choice_of_samples() -> None:
    assert sum(sample.make().shape[2] == 3 for sample in PHOTOS) >= 4
    assert sum(sample.make().shape[2] == 1 for sample in PHOTOS) >= 3
    assert sum(sample.kind == "digit" for sample in SAMPLES.values()) >= 2
    assert all(sample.make().shape[0] != sample.make().shape[1] for sample in PHOTOS)


def test_a_digit_is_28_by_28_and_bright_on_black() -> None:
    for sample in SAMPLES.values():
        if sample.kind == "digit":
            assert sample.make().shape == (28, 28, 1)
            assert sample.make()[[0, -1]].max() == 0


def test_the_small_grids_number_by_number() -> None:
    assert SAMPLES["grid_3x3"].make()[..., 0].tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert SAMPLES["grid_5x7"].make()[..., 0].tolist() == [
        [1, 1, 1, 6, 6, 6, 6],
        [1, 1, 1, 6, 9, 6, 6],
        [1, 1, 1, 6, 6, 6, 6],
        [2, 3, 4, 5, 6, 7, 8],
        [0, 0, 0, 0, 0, 0, 0],
    ]


def test_toys_by_hand() -> None:
    edge = SAMPLES["step_edge"].make()
    assert edge[:, :7].max() == 0
    assert edge[:, 7:].min() == 1
    assert SAMPLES["stripes"].make()[3, :, 0].tolist() == [0, 0, 1, 1] * 4
    board = SAMPLES["checkerboard"].make()[..., 0]
    assert board[:4, :4].tolist() == [[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]]
    dot = SAMPLES["single_pixel"].make()
    assert (dot.sum(), dot[7, 8, 0], dot.shape) == (1, 1, (15, 17, 1))
    patches = SAMPLES["colour_patches"].make()
    assert patches[0, ::3].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert patches[5, 2::3].tolist() == [[1, 1, 0], [1, 1, 1], [0, 0, 0]]


def test_files_are_found_from_every_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert SAMPLES["cat"].make().shape == (300, 451, 3)
    assert Path.cwd() == Path(os.path.realpath(tmp_path))


def credits_table() -> dict[str, list[str]]:
    lines = (FOLDER / "CREDITS.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return {row[0]: row[1:] for row in rows[2:]}


def test_every_file_has_a_credit_and_every_credit_a_file() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"CREDITS.md"}
    assert set(credits_table()) == files
    assert all(cell for cells in credits_table().values() for cell in cells)


def test_the_page_credits_what_the_file_credits() -> None:
    shown = {
        sample.make.name: [sample.credit.title, sample.credit.author, sample.credit.source, sample.credit.licence]
        for sample in SAMPLES.values()
        if isinstance(sample.make, PictureFile) and sample.credit
    }
    assert shown == {file: cells[:4] for file, cells in credits_table().items()}


def test_the_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000


@pytest.mark.parametrize("name", ["circle", "triangle", "square", "star", "cross"])
def test_a_shape_is_drawn_as_those_that_networks_learn_from(name: str) -> None:
    assert name in OUTLINES
    assert SAMPLES[name].make().shape == (32, 32, 3)
