"""Films of kept runs and of shipped networks; the untrained network is the one that the training began with."""

from pathlib import Path

import numpy as np
import pytest

from models.datasets.choose import data_of
from models.engine.film_questions import kernel_film, kernel_judged, untrained
from models.engine.networks import opened
from models.errors import LearnerError
from models.network.build import build
from models.network.learnt import answers
from models.network.learnt_values import FilmLook
from models.network.notation import parse
from models.network.shipped import SHIPPED
from models.network.source import NetworkSource
from models.specs.training import TrainingSpec
from models.training.snapshot import Control
from models.training.steps import path_of
from models.training.store import Store
from models.training.stream import _Course

INPUT, LINE = "28x28x1", "conv 2 k3 relu | pool 4 | flatten | dense 3 softmax"
PICTURE = np.random.default_rng(0).random((28, 28, 1), np.float32)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVSCOPE_DATA", str(tmp_path))


def trained(epochs: int = 3) -> NetworkSource:
    """A run in whose weights everything is 0.1 after the first epoch, 0.2 after the second, and so on."""
    store = Store()
    run = store.create("ada", (INPUT, LINE), {"seed": 4, "epochs": epochs}, {"name": "digits", "classes": "3, 5, 8"}).id
    for epoch in range(1, epochs + 1):
        variables = build(parse(LINE, INPUT), 4).variables
        store.write_weights(run, epoch, {path_of(v): np.full(v.shape, epoch / 10, np.float32) for v in variables})
    return NetworkSource("run", run, epoch=epochs)


def test_a_film_of_a_run_goes_from_the_first_weights_to_the_last() -> None:
    source = trained()
    found = kernel_film(source, (0, 1, 2, 3), "conv_1", PICTURE, FilmLook())
    assert found.epochs == (0, 1, 2, 3)
    np.testing.assert_allclose(found.kernels[2], 0.2)
    np.testing.assert_allclose(found.biases[:, 0], [0, 0.1, 0.2, 0.3], rtol=1e-6)
    first = NetworkSource("run", source.name, epoch=0)
    assert untrained(source) == first
    np.testing.assert_array_equal(
        found.kernels[0, :, 0], np.asarray(opened(first).model.layers[1].kernel)[:, :, 0].transpose(2, 0, 1)
    )
    own = answers(opened(source).model, "conv_1", PICTURE[None])
    np.testing.assert_allclose(found.maps[3] * found.reaches[3, :, None, None] / 127, own.maps, atol=own.maps.max() / 200)
    np.testing.assert_allclose(found.chances[3], own.chances, rtol=1e-5)


def test_new_epochs_join_the_film_and_missing_ones_are_explained() -> None:
    source = trained(1)
    assert kernel_film(source, (0, 1), "dense_4", PICTURE, FilmLook()).epochs == (0, 1)
    with pytest.raises(LearnerError) as caught:
        kernel_film(source, (0, 1, 2), "dense_4", PICTURE, FilmLook())
    assert caught.value.code == "epoch_gone"


def test_the_untrained_network_is_the_one_that_training_begins_with() -> None:
    """Bit by bit, for a run and for a shipped network."""
    spec = TrainingSpec(seed=4, epochs=1)
    data = data_of({"name": "digits", "settings": {}, "classes": "3, 5, 8"})
    course = _Course(parse(LINE, INPUT), spec, data, Control(), None)
    model = opened(NetworkSource("run", trained(1).name, epoch=0)).model
    for variable in model.variables:
        np.testing.assert_array_equal(course.machine.weights()[path_of(variable)], variable.numpy())
    card = SHIPPED["digits_small"]
    course = _Course(parse(card.layers, card.input), card.training, card.data(), Control(), None)
    before = untrained(NetworkSource("shipped", "digits_small"))
    assert before
    for variable in opened(before).model.variables:
        np.testing.assert_array_equal(course.machine.weights()[path_of(variable)], variable.numpy())


def test_a_shipped_network_is_as_good_as_its_card_says_and_was_not_before() -> None:
    card = SHIPPED["digits_small"]
    assert card.made
    found = kernel_judged(NetworkSource("shipped", "digits_small"))
    assert found
    assert (found.after, found.pictures, found.dataset) == (card.made.right, card.made.test_pictures, "digits")
    assert found.before < found.pictures / 4
    film = kernel_film(NetworkSource("shipped", "digits_small"), (), "conv_1", PICTURE, FilmLook())
    assert film.epochs == (0, card.training.epochs)


def test_a_network_that_was_not_trained_here_has_one_epoch_and_no_other() -> None:
    built = NetworkSource("layers", input=INPUT, layers=LINE, seed=2)
    assert kernel_film(built, (), "conv_1", PICTURE, FilmLook()).epochs == (0,)
    assert kernel_judged(built) is None
    assert untrained(NetworkSource("file", "abc")) is None


def test_a_run_is_judged_by_pictures_that_it_has_not_seen() -> None:
    found = kernel_judged(trained(1))
    assert found
    assert found.pictures == found.of
    assert 0 < found.pictures < 400
