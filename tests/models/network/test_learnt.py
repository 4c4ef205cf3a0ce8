"""Kernels filter by filter, how they are spread, what training changed, and the film of all epochs."""

import keras
import numpy as np
import pytest

from models.network.build import build
from models.network.film import FEW_SLICES, PAGE, film, most_epochs, page_of, shrunk, small, thinned, told
from models.network.inspect import kernels
from models.network.learnt import answers, change, kernel_set, spread
from models.network.learnt_story import judged_story, story
from models.network.learnt_values import Answers, Film, FilmLook, Judged, KernelSet
from models.network.notation import parse
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import CONVOLUTIONS, Array, one_layer, pictures


def kernels_as(values: Array) -> KernelSet:
    count, slices = values.shape[:2]
    channels = np.tile(np.arange(slices, dtype=np.int32), (count, 1))
    return KernelSet("kernels", values.astype(np.float32), channels, np.zeros(count, np.float32))


def film_of(*epochs: Array, look: FilmLook = FilmLook(), chances: int = 3) -> Film:  # noqa: B008
    count = len(page_of(kernels_as(epochs[-1]), look).filters)
    maps = [np.full((count, 3, 5), place, np.float32) for place in range(len(epochs))]
    written = [Answers(one, np.eye(chances, dtype=np.float32)[0], (3, 5)) for one in maps]
    found = list(zip(map(kernels_as, epochs), written, strict=True))
    return film("conv", tuple(range(len(epochs))), found, look)


@pytest.mark.parametrize("kind", [kind for kind in CONVOLUTIONS if kind != "dense"])
def test_kernels_of_every_convolution_are_those_that_it_works_with(kind: str) -> None:
    model = one_layer(kind)
    found = kernel_set(model, "asked")
    assert found.form == "kernels"
    assert not found.picture
    np.testing.assert_array_equal(found.values, kernels(model, "asked").transpose(3, 2, 0, 1))
    assert found.channels.shape == found.values.shape[:2]


def test_slices_are_numbered_by_the_channels_that_they_look_at() -> None:
    assert kernel_set(one_layer("groups"), "asked").channels.tolist() == [[0, 1], [0, 1], [2, 3], [2, 3]]
    assert kernel_set(one_layer("depthwise"), "asked").channels.ravel().tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


def test_a_dense_layer_behind_flattened_maps_has_weights_as_large_as_the_maps() -> None:
    model = varied(
        sequential(L.Conv2D(4, 2, name="conv"), L.Flatten(), L.Dropout(0.1), L.Dense(3, name="dense"), shape=(5, 7, 2))
    )
    found = kernel_set(model, "dense")
    assert (found.form, found.values.shape) == ("maps", (3, 4, 4, 6))
    images = pictures(model, 1)
    maps = answers(model, "conv", images).maps
    sums = answers(model, "dense", images).maps.ravel()
    np.testing.assert_allclose((found.values * maps).sum(axis=(1, 2, 3)) + found.biases, sums, rtol=1e-4, atol=1e-5)


def test_a_dense_layer_on_a_row_has_one_row_each_and_one_on_the_picture_its_channels() -> None:
    model = sequential(
        L.Rescaling(2.0), L.Flatten(name="flatten"), L.Dense(4, name="first"), L.Dense(2, name="last"), shape=(3, 5, 3)
    )
    first, last = kernel_set(model, "first"), kernel_set(model, "last")
    assert (first.form, first.picture, first.values.shape) == ("maps", True, (4, 3, 3, 5))
    assert (last.form, last.picture, last.values.shape) == ("row", False, (2, 1, 1, 4))
    with pytest.raises(ValueError, match="convolution"):
        kernel_set(model, "flatten")


def test_answers_of_one_unit_are_two_classes_and_maps_are_none() -> None:
    one = build(parse("conv 1 k3 | flatten | dense 1 sigmoid", "6x8x1"), 3)
    found = answers(one, "dense_3", pictures(one, 1))
    assert found.maps.shape == (1, 1, 1)
    assert found.chances.sum() == pytest.approx(1)
    assert found.chances[1] == pytest.approx(1 / (1 + np.exp(-found.maps[0, 0, 0])), abs=1e-6)
    maps = build(parse("conv 2 k3", "6x8x1"), 3)
    assert answers(maps, "conv_1", pictures(maps, 1)).chances.size == 0


def test_the_spread_by_hand() -> None:
    found = spread(np.array([[-1.0, 0.0], [0.4, 1.0]], np.float32), 1.0, 2)
    assert found.shares.tolist() == [0.25, 0.75]
    assert found.mean == pytest.approx(0.1)
    assert found.deviation == pytest.approx(np.sqrt((1.21 + 0.01 + 0.09 + 0.81) / 4), rel=1e-6)
    assert spread(np.zeros(3, np.float32), 0.0, 3).shares.tolist() == [0, 1, 0]
    with pytest.raises(ValueError, match="at least one"):
        spread(np.zeros(0, np.float32), 1.0, 2)


def test_changes_by_hand() -> None:
    before = np.array([[3.0, 4.0], [0.0, 0.0], [1.0, 0.0]], np.float32)
    after = np.array([[3.0, 4.0], [1.0, 0.0], [0.0, -2.0]], np.float32)
    found = change(before, after)
    np.testing.assert_allclose(found.lengths, [0, 1, np.sqrt(5)], rtol=1e-6)
    np.testing.assert_allclose(found.alike, [1, 0, 0], atol=1e-6)
    with pytest.raises(ValueError, match="expected shape"):
        change(before, after[:2])


def test_a_film_shows_the_strongest_slices_of_the_last_epoch_and_all_of_the_chosen_kernel() -> None:
    values = np.zeros((3, 6, 1, 2))
    values[1, :, 0, 0] = [1, 5, 2, 4, 0, 3]
    found = film_of(values / 10, values, look=FilmLook(order="strongest", chosen=1))
    assert found.filters == (1, 0, 2)
    assert found.channels[0].tolist() == [1, 3, 5, 2]
    assert found.kernels.shape == (2, 3, FEW_SLICES, 1, 2)
    assert found.kernels[1, 0, :, 0, 0].tolist() == [5, 4, 3, 2]
    assert found.whole[1, :, 0, 0].tolist() == [5, 4, 3, 2, 1, 0]
    assert found.whole_channels.tolist() == [1, 3, 5, 2, 0, 4]
    assert found.norms[1, 0] == pytest.approx(np.sqrt(55))
    assert found.moved[:, 1].tolist() == pytest.approx([0, 9])
    assert film_of(values, look=FilmLook(slices="all")).kernels.shape[2] == 6


def test_many_filters_are_turned_page_by_page() -> None:
    values = np.random.default_rng(0).normal(size=(2 * PAGE + 2, 1, 3, 3))
    first, last = film_of(values), film_of(values, look=FilmLook(page=99, chosen=999))
    assert (first.pages, first.page, first.filters) == (3, 0, tuple(range(PAGE)))
    assert (last.page, last.filters, last.chosen) == (2, (2 * PAGE, 2 * PAGE + 1), 2 * PAGE + 1)


def test_maps_keep_their_zero_and_large_ones_become_smaller() -> None:
    maps = np.array([[[[0.0, -2.0, 1.0]]]], np.float32)
    steps, reaches = small(list(maps))
    assert steps.tolist() == [[[[0, -127, 64]]]]
    assert reaches.tolist() == [[2]]
    large = shrunk(np.ones((2, 900, 700), np.float32), 4)
    assert 4 * large.size <= 1_200_000
    assert large.shape[1] / large.shape[2] == pytest.approx(9 / 7, rel=0.02)
    np.testing.assert_allclose(large, 1, rtol=1e-6)
    assert shrunk(maps[0], 60).shape == maps[0].shape


def test_long_trainings_are_thinned_evenly() -> None:
    epochs = tuple(range(201))
    found = thinned(epochs, 5, 77)
    assert found == (0, 50, 77, 100, 150, 200)
    assert thinned(epochs, 5, 999) == (0, 50, 100, 150, 200)
    assert thinned((0, 3, 4), 5, 0) == (0, 3, 4)
    assert most_epochs(kernels_as(np.zeros((512, 512, 3, 3))), FilmLook()) == 2


def test_of_many_classes_the_most_probable_of_any_epoch_are_told() -> None:
    early, late = np.zeros(40, np.float32), np.zeros(40, np.float32)
    early[7], late[33] = 1, 1
    assert {7, 33} <= set(told([early, late]))
    assert len(told([early, late])) == 10
    assert told([early[:3], late[:3]]) == (0, 1, 2)


def test_what_is_said_of_a_training() -> None:
    values = np.random.default_rng(1).normal(size=(4, 2, 3, 3))
    assert story(film_of(values, values)) == [("frozen", {"count": 4})]
    grown = values * np.array([1, 2, 2, 3])[:, None, None, None]
    codes = dict(story(film_of(values, grown)))
    assert list(codes) == ["kept", "wider", "still", "most"]
    assert codes["still"] == {"still": 1, "count": 4}
    assert codes["most"] == {"filter": 3, "far": 200}
    turned = [code for code, _ in story(film_of(values, -values / 4))]
    assert turned == ["turned", "narrower", "most"]


@pytest.mark.parametrize(
    ("before", "after", "code"), [(11, 90, "guessing"), (40, 90, "better"), (50, 50, "same"), (60, 50, "worse")]
)
def test_what_is_said_of_test_pictures(before: int, after: int, code: str) -> None:
    said, values = judged_story(Judged(before, after, 100, 100, "digits"), 10)
    assert said == code
    assert values["share_after"] == after


def test_nothing_is_changed_by_a_look() -> None:
    model: keras.Model = one_layer("conv")
    before = [variable.numpy() for variable in model.variables]
    kernel_set(model, "asked")
    answers(model, "asked", pictures(model, 1))
    assert all(np.array_equal(old, new.numpy()) for old, new in zip(before, model.variables, strict=True))
