"""A training without engine and page: the same numbers for the same seed, everything that can be told to it, every setting."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.datasets.dataset import Dataset
from models.errors import LearnerError
from models.network.notation import parse
from models.specs.augmentation import AugmentationSpec
from models.specs.network import NetworkSpec
from models.specs.training import RECIPES, TrainingSpec
from models.training.fit import misfit
from models.training.rates import plateau, rate_at
from models.training.snapshot import MANY, Control, Resume, TrainingSnapshot
from models.training.stream import stream

SHAPE = (9, 11, 1)
SPEC = TrainingSpec(epochs=3, batch_size=16, learning_rate=0.02, validation_share=0.14, test_share=0.14)


def data(classes: int = 3, count: int = 150) -> Dataset:
    """Noise with a bright row that tells the class."""
    random = np.random.default_rng(0)
    labels = np.arange(count) % classes
    images = random.integers(0, 120, (count, *SHAPE), dtype=np.uint8)
    images[np.arange(count), 2 * labels + 1] += 120
    return Dataset(images, labels, tuple("abcdefgh"[:classes]), "", "")


def network(end: str = "dense 3 softmax") -> NetworkSpec:
    return parse(f"conv 3 k3 relu | batch_norm momentum=0.8 | pool 2 | flatten | dropout 0.2 | {end}", SHAPE)


def course(spec: TrainingSpec = SPEC, **more: Any) -> list[TrainingSnapshot]:
    return list(stream(network(), spec, data(), **more))


def same(one: TrainingSnapshot, other: TrainingSnapshot) -> bool:
    return one.weights.keys() == other.weights.keys() and all(
        np.array_equal(weights, other.weights[name]) for name, weights in one.weights.items()
    )


@pytest.fixture(scope="module")
def whole() -> list[TrainingSnapshot]:
    return course()


def test_it_learns_and_tells_of_every_batch_and_every_epoch(whole: list[TrainingSnapshot]) -> None:
    steps = np.concatenate([snapshot.batches for snapshot in whole])[:, 0]
    assert steps.tolist() == list(range(1, whole[-1].steps + 1))
    rows = [snapshot.row for snapshot in whole if snapshot.row]
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[-1][2] < rows[0][2]
    assert whole[-1].ended == "finished"
    assert whole[-1].test["accuracy"] > 0.8
    assert whole[-1].confusion is not None
    assert whole[-1].confusion.sum(axis=1).tolist() == [7, 7, 7]
    assert whole[0].kernels is not None
    assert whole[0].kernels.shape == (3, 3, 1, 3)
    assert whole[1].scores is not None
    assert np.allclose(whole[1].scores.sum(axis=1), 1, atol=1e-5)
    assert all(np.isfinite(snapshot.updates).all() for snapshot in whole)


def test_the_same_seed_gives_the_same_numbers_also_beside_another_training(whole: list[TrainingSnapshot]) -> None:
    one, other = stream(network(), SPEC, data()), stream(network(), replace(SPEC, seed=1), data())
    last = None
    for snapshot in one:
        next(other, None)
        last = snapshot
    assert last
    assert same(last, whole[-1])
    assert last.test == whole[-1].test


def test_a_training_that_goes_on_ends_where_an_uninterrupted_one_ends(whole: list[TrainingSnapshot]) -> None:
    resume = after(whole, 2)
    rest = course(resume=resume)
    assert rest[0].batches[0, 0] == 2 * whole[-1].steps // 3 + 1
    assert same(rest[-1], whole[-1])


def after(moments: list[TrainingSnapshot], epoch: int) -> Resume:
    """Where a training goes on that was ended after an epoch."""
    rows = [moment for moment in moments if moment.row and moment.epoch <= epoch]
    best = min(rows, key=lambda moment: moment.row[4])
    return Resume(epoch, rows[-1].weights, rows[-1].state, tuple(moment.row[4] for moment in rows), best.weights)


def test_varied_pictures_also_go_on_as_if_nothing_had_happened() -> None:
    spec = replace(SPEC, epochs=2, augmentation=AugmentationSpec(rotation=20, noise=0.1, erasing=0.5))
    whole = course(spec)
    assert same(course(spec, resume=after(whole, 1))[-1], whole[-1])


def test_the_best_epoch_before_an_interruption_is_restored_after_it() -> None:
    spec = replace(SPEC, epochs=6, learning_rate=0.3, restore_best=True, optimizer="momentum")
    whole = course(spec)
    losses = [moment.row[4] for moment in whole if moment.row]
    best = int(np.argmin(losses)) + 1
    assert best < 5, "the test needs a training whose best epoch comes early"
    ended = course(spec, resume=after(whole, 5))[-1]
    assert same(ended, next(moment for moment in whole if moment.row and moment.epoch == best))
    assert same(ended, whole[-1])


class Told(Control):
    """A control that lets so many turns pass, one batch each."""

    def __init__(self, turns: int) -> None:
        self.turns = turns

    def turn(self) -> int:
        self.turns -= 1
        self.ending = "" if self.turns >= 0 else "asked"
        return int(self.turns >= 0)


def test_one_batch_at_a_time_and_an_end_in_the_middle() -> None:
    moments = course(control=Told(4))
    assert [len(moment.batches) for moment in moments] == [1, 1, 1, 1, 0]
    assert moments[-1].ended == "asked"
    assert moments[-1].test


def test_how_many_batches_go_at_once_changes_no_number(whole: list[TrainingSnapshot]) -> None:
    assert same(course(control=Told(1000))[-1], whole[-1])


def test_the_learning_rate_can_be_changed() -> None:
    control = Control()
    moments = stream(network(), SPEC, data(), control)
    assert next(moments).learning_rate == 0.02
    control.rate = 0.5
    assert next(moments).learning_rate == 0.5


CHANGES: dict[str, Any] = {
    "optimizer": "momentum",
    "schedule": "one_cycle",
    "label_smoothing": 0.2,
    "seed": 4,
    "batch_size": 8,
    "learning_rate": 0.01,
    "validation_share": 0.3,
    "split_seed": 4,
    "beta_2": 0.9,
    "augmentation": AugmentationSpec(rotation=20),
}


@pytest.mark.parametrize("field", CHANGES)
def test_every_setting_changes_the_result(field: str, whole: list[TrainingSnapshot]) -> None:
    changed = next(iter(course(replace(SPEC, epochs=1, **{field: CHANGES[field]}))[-1:]))
    (first,) = [snapshot for snapshot in whole if snapshot.row and snapshot.epoch == 1]
    assert not same(changed, first)


BELONGING: dict[str, Any] = {
    "momentum": {"optimizer": "nesterov", "momentum": 0.5},
    "weight_decay": {"optimizer": "adamw", "weight_decay": 0.1},
    "step_epochs": {"schedule": "step", "step_epochs": 1},
    "step_factor": {"schedule": "step", "step_factor": 0.5},
    "warm_up": {"schedule": "one_cycle", "warm_up": 0.7},
    "final_share": {"schedule": "cosine", "final_share": 0.5},
}


@pytest.mark.parametrize("field", BELONGING)
def test_a_setting_that_belongs_to_another_changes_the_result_beside_it(field: str) -> None:
    spec = replace(SPEC, epochs=2, **BELONGING[field])
    assert spec.means(field)
    assert not SPEC.means(field)
    assert not same(course(spec)[-1], course(replace(spec, **{field: getattr(SPEC, field)}))[-1])


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adamw"])
def test_every_optimizer_steps(optimizer: str) -> None:
    assert np.isfinite(course(replace(SPEC, epochs=1, optimizer=optimizer))[-1].test["loss"])


@pytest.mark.parametrize(("end", "classes"), [("dense 1 sigmoid", 2), ("dense 1", 2), ("dense 3", 3)])
def test_every_end_that_fits_is_learnt(end: str, classes: int) -> None:
    spec = replace(SPEC, epochs=6, learning_rate=0.02)
    last = list(stream(network(end), spec, data(classes)))[-1]
    assert last.test["accuracy"] > 0.8
    assert last.scores is not None
    assert last.scores.shape[1] == classes


def test_class_weights_count_rare_classes_more() -> None:
    few = data()
    kept = np.flatnonzero((few.labels < 2) | (np.arange(len(few)) < 60))
    uneven = replace(few, images=few.images[kept], labels=few.labels[kept])
    plain, weighted = (list(stream(network(), replace(SPEC, epochs=1, class_weights=on), uneven))[-1] for on in (False, True))
    assert not same(plain, weighted)


def test_early_stopping_and_the_best_epoch() -> None:
    moments = course(replace(SPEC, epochs=40, learning_rate=0.3, patience=2, restore_best=True, optimizer="momentum"))
    rows = [moment for moment in moments if moment.row]
    assert moments[-1].ended == "early"
    assert len(rows) < 40
    best = min(rows, key=lambda moment: moment.row[4])
    assert len(rows) == best.epoch + 2
    assert same(moments[-1], best)


def test_a_loss_that_runs_away_is_told() -> None:
    with pytest.raises(LearnerError, match="training_diverged"):
        course(replace(SPEC, epochs=30, learning_rate=10.0, optimizer="sgd"), control=_Fast())


class _Fast(Control):
    rate = 1e30

    def turn(self) -> int:
        return MANY


def test_a_network_that_does_not_fit_is_refused_before_anything_is_built() -> None:
    with pytest.raises(LearnerError, match="fit_classes"):
        next(stream(network("dense 4 softmax"), SPEC, data()))


SCHEDULES: dict[str, tuple[dict[str, Any], list[float]]] = {
    "constant": ({"schedule": "constant"}, [1, 1, 1, 1, 1]),
    "step": ({"schedule": "step"}, [1, 1, 0.1, 0.01, 0.01]),
    "step factor": ({"schedule": "step", "step_factor": 0.5}, [1, 1, 0.5, 0.25, 0.25]),
    "every epoch": ({"schedule": "step", "step_epochs": 1, "epochs": 4}, [1, 0.1, 0.01, 0.001, 0.0001]),
    "every two epochs": ({"schedule": "step", "step_epochs": 2, "epochs": 4}, [1, 1, 0.1, 0.1, 0.01]),
    "cosine": ({"schedule": "cosine"}, [1, 0.8536, 0.5, 0.1464, 0]),
    "cosine to a fifth": ({"schedule": "cosine", "final_share": 0.2}, [1, 0.8828, 0.6, 0.3172, 0.2]),
    "plateau": ({"schedule": "plateau"}, [1, 1, 1, 1, 1]),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_by_hand(name: str) -> None:
    settings, expected = SCHEDULES[name]
    spec = TrainingSpec(learning_rate=1.0, **settings)
    assert [round(rate_at(spec, step, 4), 4) for step in range(5)] == expected


def test_one_cycle_goes_up_and_down() -> None:
    spec = TrainingSpec(learning_rate=1.0, schedule="one_cycle", final_share=0.001)
    rates = [rate_at(spec, step, 100) for step in range(101)]
    assert (round(rates[0], 3), max(rates), rates.index(max(rates)), round(rates[-1], 3)) == (0.04, 1.0, 30, 0.001)
    later = [rate_at(replace(spec, warm_up=0.5, final_share=0.1), step, 100) for step in range(101)]
    assert (later.index(max(later)), round(later[-1], 3)) == (50, 0.1)


def test_a_plateau_lowers_the_rate_after_as_many_epochs_as_it_has_patience() -> None:
    courses: list[list[float]] = [[], [1, 0.9], [1, 1, 1], [1, 1.1, 1.2, 1, 1.3, 0.5]]
    assert [plateau(TrainingSpec(), losses) for losses in courses] == [1, 1, 0.5, 0.25]
    patient = TrainingSpec(plateau_patience=3, plateau_factor=0.2)
    assert [plateau(patient, losses) for losses in courses] == [1, 1, 1, 0.2]


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_fits_its_data(name: str) -> None:
    recipe = RECIPES[name]
    spec = parse(recipe.layers, recipe.input)
    classes = 5 if recipe.dataset == "shapes" else 10
    assert misfit(spec, spec.input_shape, classes) is None
