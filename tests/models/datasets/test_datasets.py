"""What every set promises, choosing classes, and the three parts."""

from dataclasses import fields

import numpy as np
import pytest

from models.datasets import DATASETS, Dataset, dataset_of
from models.datasets.choose import chosen
from models.datasets.shapes import OUTLINES
from models.datasets.split import split
from models.datasets.summary import PARTS, samples, summary
from models.errors import LearnerError
from models.hyperparameters import Integer, Number, declared
from models.specs.dataset import ShapesSpec

SHIPPED = [name for name, entry in DATASETS.items() if entry.shipped]


def uneven(*counts: int, official_test: int = 0) -> Dataset:
    """A set with so many pictures of each class, in a random order, of 5x7 pixels; each picture shows its own number."""
    labels = np.random.default_rng(5).permutation(np.repeat(np.arange(len(counts)), counts))
    images = np.arange(len(labels))[:, None, None, None] * np.ones((5, 7, 1)) / max(len(labels) - 1, 1)
    names = tuple(f"class {number}" for number in range(len(counts)))
    return Dataset(images.astype(np.float32), labels, names, "drawn here", "CC0", official_test)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_set_keeps_what_every_set_promises(name: str) -> None:
    dataset = DATASETS[name]()
    assert DATASETS[name].name == dataset.name == name
    assert dataset.images.dtype == np.uint8
    assert dataset.images.ndim == 4
    assert dataset.labels.dtype == np.int32
    assert len(dataset) == len(dataset.labels) == sum(dataset.counts.values())
    assert len(set(dataset.class_names)) == len(dataset.class_names)
    assert min(dataset.counts.values()) > 0
    assert dataset.source
    assert dataset.licence
    batch = dataset.batch([0, 3, len(dataset) - 1])
    assert batch.shape == (3, *dataset.image_shape)
    assert batch.dtype == np.float32
    assert 0 <= batch.min() < batch.max() <= 1


def test_the_digits_are_five_hundred_of_each_and_look_like_their_class() -> None:
    dataset = DATASETS["digits"]()
    assert dataset.counts == {str(digit): 500 for digit in range(10)}
    assert dataset.image_shape == (28, 28, 1)
    flat = dataset.batch(slice(None)).reshape(5000, -1)
    means = np.stack([flat[dataset.labels == digit].mean(axis=0) for digit in range(10)])
    nearest = ((flat[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == dataset.labels).mean() > 0.75


def test_bytes_and_floats_are_the_same_pictures() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (6, 5, 7, 3), dtype=np.uint8)
    labels = np.arange(6) % 2
    as_bytes, as_floats = (
        Dataset(images, labels, ("a", "b"), "", "") for images in (pictures, pictures.astype(np.float32) * np.float32(1 / 255))
    )
    np.testing.assert_array_equal(as_bytes.batch([1, 4]), as_floats.batch([1, 4]))


@pytest.mark.parametrize(
    ("images", "labels", "about"),
    [
        (np.zeros((4, 5, 7)), [0, 1, 0, 1], "images"),
        (np.zeros((4, 5, 7, 2)), [0, 1, 0, 1], "images"),
        (np.zeros((4, 5, 7, 1), np.int64), [0, 1, 0, 1], "images"),
        (np.full((4, 5, 7, 1), np.nan), [0, 1, 0, 1], "images"),
        (np.full((4, 5, 7, 1), 2.0), [0, 1, 0, 1], "images"),
        (np.zeros((4, 5, 7, 1)), [0, 1, 0], "labels"),
        (np.zeros((4, 5, 7, 1)), [0, 1, 0, 2], "labels"),
        (np.zeros((4, 5, 7, 1)), [0, 1, 0, -1], "labels"),
        (np.zeros((4, 5, 7, 1)), [0.0, 1.0, 0.0, 1.0], "labels"),
    ],
)
def test_a_programmers_mistake_is_named(images: object, labels: object, about: str) -> None:
    with pytest.raises(ValueError, match=f"^{about}: expected"):
        Dataset(images, np.array(labels), ("a", "b"), "", "")  # type: ignore[arg-type]


def test_shapes_are_drawn_from_their_seed() -> None:
    one, same, other = (DATASETS["shapes"](per_class=10, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.images, same.images)
    assert (one.images != other.images).any()
    assert one.counts == dict.fromkeys(OUTLINES, 10)


@pytest.mark.parametrize("field", [field.name for field in fields(ShapesSpec)])
def test_every_knob_of_the_shapes_turns_something(field: str) -> None:
    hyperparameter = declared(ShapesSpec)[field]
    value = hyperparameter.high if isinstance(hyperparameter, Integer | Number) else "grey"
    value = 20 if field == "per_class" else value
    plain = DATASETS["shapes"](per_class=10)
    turned = DATASETS["shapes"](**{"per_class": 10, field: value})
    assert turned.images.shape != plain.images.shape or (turned.images != plain.images).any()


@pytest.mark.parametrize("shape", [(16, 96), (96, 16), (17, 23)])
def test_shapes_fit_into_pictures_of_every_shape(shape: tuple[int, int]) -> None:
    dataset = DATASETS["shapes"](per_class=10, height=shape[0], width=shape[1], size=0.9, rotation=180, clutter=0, noise=0)
    assert dataset.image_shape == (*shape, 3)
    border = np.concatenate([dataset.images[:, 0].reshape(50, -1, 3), dataset.images[:, -1].reshape(50, -1, 3)], axis=1)
    # A shape may touch the border, but it does not run over it: most of the border is background.
    same = (np.abs(border.astype(int) - np.median(border, axis=1, keepdims=True)) < 4).all(axis=2)
    assert same.mean() > 0.8


@pytest.mark.parametrize("settings", [{"per_class": 0}, {"noise": "much"}, {"height": 5000}, {"colour": "blue"}])
def test_a_setting_that_is_not_taken_is_the_learners_error(settings: dict[str, object]) -> None:
    with pytest.raises(LearnerError) as error:
        dataset_of("shapes", **settings)
    assert error.value.values["field"] in settings


def test_an_unknown_set_is_explained() -> None:
    with pytest.raises(LearnerError) as error:
        dataset_of("imagenet" * 100)
    assert error.value.code == "unknown_dataset"
    assert error.value.values["options"] == tuple(DATASETS)
    assert len(error.value.values["received"]) == 40


def test_a_set_can_be_cut_down_to_two_classes_in_any_order() -> None:
    dataset = DATASETS["digits"]()
    two = chosen(dataset, " 8,3 ,")
    assert two.counts == {"8": 500, "3": 500}
    np.testing.assert_array_equal(two.images[two.labels == 0], dataset.images[dataset.labels == 8])
    assert chosen(dataset, " , ") is dataset
    assert chosen(DATASETS["shapes"](per_class=10), "STAR, circle").class_names == ("star", "circle")


@pytest.mark.parametrize(
    ("classes", "code"),
    [("3", "too_few_classes"), ("3, 11", "unknown_class"), ("3, 8, 3", "class_twice"), ("x" * 5000, "unknown_class")],
)
def test_classes_that_cannot_be_chosen_are_explained(classes: str, code: str) -> None:
    with pytest.raises(LearnerError) as error:
        chosen(DATASETS["digits"](), classes)
    assert error.value.code == code


def test_an_official_test_part_stays_one_when_classes_are_chosen() -> None:
    dataset = uneven(30, 40, 50, official_test=24)
    two = chosen(dataset, "class 2, class 0")
    parts = split(two, 0.2, 0.3, seed=0)
    original = np.rint(two.images[:, 0, 0, 0] * (len(dataset) - 1)).astype(int)
    assert set(original[parts.test]) == {n for n in range(96, 120) if dataset.labels[n] != 1}
    assert two.official_test == len(parts.test)


@pytest.mark.parametrize("official_test", [0, 60])
def test_the_three_parts_share_no_picture_and_every_class_has_its_share(official_test: int) -> None:
    dataset = uneven(40, 100, 200, official_test=official_test)
    parts = split(dataset, 0.2, 0.1, seed=7)
    everything = np.concatenate([parts.training, parts.validation, parts.test])
    np.testing.assert_array_equal(np.sort(everything), np.arange(len(dataset)))
    free = np.bincount(dataset.labels[: len(dataset) - official_test])
    np.testing.assert_array_equal(np.bincount(dataset.labels[parts.validation]), np.floor(free * 0.2 + 1e-9))
    expected = np.arange(280, 340) if official_test else None
    if expected is None:
        np.testing.assert_array_equal(np.bincount(dataset.labels[parts.test]), [4, 10, 20])
    else:
        np.testing.assert_array_equal(parts.test, expected)


def test_the_parts_are_drawn_from_their_seed() -> None:
    dataset = uneven(30, 50)
    one, same, other = (split(dataset, 0.2, 0.2, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.training, same.training)
    np.testing.assert_array_equal(one.test, same.test)
    assert set(one.test) != set(other.test)


@pytest.mark.parametrize("count", [3, 4, 5])
@pytest.mark.parametrize("share", [0.05, 0.4])
def test_the_smallest_classes_are_in_every_part(count: int, share: float) -> None:
    dataset = uneven(count, 40)
    parts = split(dataset, share, share, seed=0)
    for part in (parts.training, parts.validation, parts.test):
        assert np.bincount(dataset.labels[part], minlength=2).min() >= 1


def test_too_few_pictures_for_three_parts_are_explained() -> None:
    with pytest.raises(LearnerError) as error:
        split(uneven(2, 40), 0.2, 0.2, seed=0)
    assert (error.value.code, error.value.values["class_name"], error.value.values["count"]) == (
        "too_few_pictures",
        "class 0",
        2,
    )


def test_a_sketch_tells_what_the_whole_set_is() -> None:
    settings = {"per_class": 30, "noise": 0.2}
    told = summary("shapes", settings, "star, circle", (0.2, 0.1), 3)
    whole = chosen(dataset_of("shapes", **settings), "star, circle")
    parts = split(whole, 0.2, 0.1, 3)
    assert told.counts.tolist() == [np.bincount(whole.labels[getattr(parts, part)]).tolist() for part in PARTS]
    np.testing.assert_array_equal(told.samples, samples(whole))
    assert told.all_classes == DATASETS["shapes"]().class_names
