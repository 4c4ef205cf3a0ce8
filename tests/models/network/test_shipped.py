"""The networks that come with Convscope: what their cards say is so."""

from functools import cache

import keras
import numpy as np
import pytest

from models.datasets import DATASETS
from models.datasets.dataset import Dataset
from models.images import SAMPLES
from models.network.build import build
from models.network.inspect import activation_maps, probabilities
from models.network.load import load_model
from models.network.notation import parse, write
from models.network.preprocessing import fitted, of_dataset
from models.network.shipped import FOLDER, NAMES, SHIPPED, Card
from models.training.fit import misfit
from models.training.shipped import right_of
from tests.models.network.drawn_digits import drawing

LARGEST_FILE = 400_000
LEAST_MAP = 0.1
"""Of the strongest number of a layer: a map that never gets there shows nothing."""


@pytest.fixture(scope="module")
def models() -> dict[str, keras.Model]:
    return {name: load_model(card.file().read_bytes()) for name, card in SHIPPED.items()}


@cache
def data_of(name: str) -> Dataset:
    return SHIPPED[name].data()


def test_every_file_has_a_card_and_every_card_a_file() -> None:
    assert tuple(SHIPPED) == NAMES
    assert {path.stem for path in FOLDER.glob("*.keras")} == {path.stem for path in FOLDER.glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_the_accuracy_is_what_the_card_says(card: Card, models: dict[str, keras.Model]) -> None:
    data = data_of(card.name)
    parts = card.parts(data)
    assert card.made
    assert (len(parts.training), len(parts.test)) == (card.made.training_pictures, card.made.test_pictures)
    assert right_of(models[card.name], data, parts.test) == card.made.right
    assert card.made.accuracy == round(card.made.right / card.made.test_pictures, 4)
    assert (data.class_names, data.source, data.licence) == (card.made.class_names, card.made.source, card.made.licence)


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_the_network_is_what_the_card_says(card: Card, models: dict[str, keras.Model]) -> None:
    assert card.made
    assert card.made.command == f"python -m models.training.shipped {card.name}"
    assert card.file().stat().st_size < LARGEST_FILE
    network = parse(card.layers, card.input)
    assert parse(write(network), card.input) == network
    model = models[card.name]
    assert model.count_params() == card.made.parameters
    expected = build(network, card.training.seed)
    assert [layer.name for layer in model.layers] == [layer.name for layer in expected.layers]
    assert [weight.shape for weight in model.weights] == [weight.shape for weight in expected.weights]
    data = DATASETS[card.dataset]
    assert data.shipped, "without its data nobody could make it again offline"
    assert misfit(network, network.input_shape, len(card.made.class_names)) is None


@pytest.mark.parametrize("name", SHIPPED)
def test_no_map_is_dead(name: str, models: dict[str, keras.Model]) -> None:
    """Every map of every convolution shows something for some pictures."""
    card = SHIPPED[name]
    data = data_of(card.name)
    maps = activation_maps(models[name], data.batch(card.parts(data).test[:100]))
    shown = {layer: values for layer, values in maps.items() if values.ndim == 4 and layer.startswith(("conv", "activation"))}
    assert shown
    for layer, values in shown.items():
        strongest = np.abs(values).max(axis=(0, 1, 2))
        assert strongest.min() > LEAST_MAP * strongest.max(), layer


def test_there_is_a_grey_a_coloured_a_wide_a_residual_one_and_one_with_a_single_unit(models: dict[str, keras.Model]) -> None:
    shapes = {name: model.input_shape[1:] for name, model in models.items()}
    assert {shape[2] for shape in shapes.values()} == {1, 3}
    assert any(height != width for height, width, _ in shapes.values())
    assert "residual(" in SHIPPED["residual"].layers
    assert "batch_norm" in SHIPPED["residual"].layers
    assert np.array_equal(data_of("residual").images, data_of("shapes").images)
    assert 1 in {model.output_shape[1] for model in models.values()}


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_the_samples_among_the_pictures_are_read(card: Card, models: dict[str, keras.Model]) -> None:
    model, names = models[card.name], data_of(card.name).class_names
    samples = [sample for sample in SAMPLES.values() if sample.name.removeprefix("digit_") in names]
    assert samples
    seen = [fitted(sample.make(), model.input_shape[1:], of_dataset(card.dataset)).image for sample in samples]
    found = probabilities(model, np.stack(seen)).argmax(axis=1)
    assert [names[number] for number in found] == [sample.name.removeprefix("digit_") for sample in samples]


@pytest.mark.parametrize(("name", "least"), [("digits", 1.0), ("digits_small", 0.9)])
def test_drawn_digits_are_read(name: str, least: float, models: dict[str, keras.Model]) -> None:
    """Thin and thick, small and large, in the middle and off it: as the pad gives them, and as MNIST has them."""
    looks = [(20, 2.2, (14, 14)), (14, 1.6, (10, 17)), (24, 3.6, (14, 13)), (17, 2.4, (17, 11))]
    drawn = [drawing(digit, *look) for look in looks for digit in range(10)]
    as_mnist = [fitted(picture, (28, 28, 1), of_dataset("digits")).image for picture in drawn]
    labels = np.tile(np.arange(10), len(looks))
    for pictures, enough in ((as_mnist, least), (drawn, 0.9 * least)):
        right = probabilities(models[name], np.stack(pictures)).argmax(axis=1) == labels
        assert right.mean() >= enough
