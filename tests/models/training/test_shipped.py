"""Making a shipped network again."""

from pathlib import Path

import numpy as np
import pytest

from models.network.load import load_model
from models.network.shipped import read_card
from models.training.shipped import make, right_of, written

CARD = """# Words above stay.

input = "16x18x1"
layers = "conv 2 k3 s2 relu | flatten | dense 1 sigmoid"
dataset = "shapes"
settings = { per_class = 10, height = 16, width = 18, colour = "grey" }
classes = "cross, star"

[training]
epochs = 2

[training.augmentation]
flip_horizontal = true
"""


# Keras copies tensors in a way that NumPy gives up.
@pytest.mark.filterwarnings("ignore:__array__")
def test_a_card_makes_its_network_and_is_completed(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(CARD)
    first = make("small", tmp_path)
    weights = load_model(first.file(tmp_path).read_bytes()).get_weights()
    text = (tmp_path / "small.toml").read_text()
    assert text.startswith(CARD)
    assert first == read_card("small", tmp_path)
    assert first.made
    assert first.made.class_names == ("cross", "star")
    assert first.training.augmentation.flip_horizontal
    again = make("small", tmp_path)
    assert again == first
    assert (tmp_path / "small.toml").read_text() == text
    model = load_model(again.file(tmp_path).read_bytes())
    for one, other in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    data = again.data()
    assert right_of(model, data, again.parts(data).test) == first.made.right


def test_a_missing_card_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nothing"):
        make("nothing", tmp_path)


def test_values_are_written_as_toml() -> None:
    assert [written(value) for value in ('a "b" \\', 3, 0.5, ("0", "1"))] == ['"a \\"b\\" \\\\"', "3", "0.5", '["0", "1"]']
