import keras
import numpy as np
import pytest

from models.ops import activation
from models.ops.softmax import cross_entropy, softmax, softmax_terms


def test_by_hand() -> None:
    terms = softmax_terms([0.0, np.log(2.0), np.log(5.0)])
    np.testing.assert_allclose(terms.shift, [np.log(5.0)], rtol=1e-6)
    np.testing.assert_allclose(terms.exponentials, [0.2, 0.4, 1.0], rtol=1e-6)
    np.testing.assert_allclose(terms.total, [1.6], rtol=1e-6)
    np.testing.assert_allclose(terms.probabilities, [0.125, 0.25, 0.625], rtol=1e-6)


@pytest.mark.parametrize("temperature", [0.1, 0.5, 1.0, 2.0, 10.0])
def test_equals_keras(temperature: float) -> None:
    logits = np.random.default_rng(2).normal(scale=8, size=(5, 7)).astype(np.float32)
    expected = keras.activations.softmax(keras.ops.convert_to_tensor(logits / np.float32(temperature)))
    probabilities = softmax(logits, temperature)
    np.testing.assert_allclose(probabilities, expected, atol=1e-6 * max(1.0, 1 / temperature))
    assert probabilities.dtype == np.float32


@pytest.mark.parametrize(
    ("logits", "expected"),
    [
        ([1000.0, 0.0], [1, 0]),
        ([-1000.0, -1000.0], [0.5, 0.5]),
        ([1000.0, 1000.0, -1000.0], [0.5, 0.5, 0]),
        ([3e38, -3e38], [1, 0]),
        ([4.0], [1]),
    ],
)
def test_large_logits_and_ties(logits: list[float], expected: list[float]) -> None:
    np.testing.assert_array_equal(softmax(logits), np.array(expected, dtype=np.float32))


def test_the_terms_add_up() -> None:
    terms = softmax_terms(np.random.default_rng(4).normal(scale=30, size=(20, 10)), 0.7)
    np.testing.assert_allclose(terms.exponentials.sum(axis=-1, keepdims=True), terms.total, rtol=1e-6)
    np.testing.assert_allclose(terms.probabilities.sum(axis=-1), 1, rtol=1e-6)
    np.testing.assert_allclose(terms.exponentials / terms.total, terms.probabilities, rtol=1e-6, atol=1e-30)
    assert terms.exponentials.max() == 1


def test_two_units_are_a_sigmoid_of_the_difference() -> None:
    for left, right in ((0.0, 0.0), (2.0, -1.0), (-30.0, 30.0)):
        expected = activation.ACTIVATIONS["sigmoid"](np.array(left - right))
        assert activation.softmax([left, right])[0] == pytest.approx(float(expected), rel=1e-6)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan")])
def test_the_temperature_is_above_zero(temperature: float) -> None:
    with pytest.raises(ValueError, match=r"^temperature: expected .* received"):
        softmax([1.0, 2.0], temperature)


@pytest.mark.parametrize("logits", [3.0, [], np.zeros((2, 0))])
def test_no_classes_are_a_programmers_mistake(logits: object) -> None:
    with pytest.raises(ValueError, match=r"^logits: expected axes"):
        softmax(logits)  # type: ignore[arg-type]


def test_cross_entropy_equals_keras() -> None:
    for probabilities in ([0.7, 0.2, 0.1], [1.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3]):
        for true_class in range(3):
            one_hot = np.eye(3, dtype=np.float32)[true_class]
            expected = keras.losses.categorical_crossentropy(one_hot, np.array(probabilities, dtype=np.float32))
            assert cross_entropy(probabilities, true_class) == pytest.approx(float(expected), abs=1e-5)


def test_cross_entropy_by_hand() -> None:
    assert cross_entropy([0.25, 0.75], 0) == pytest.approx(1.3862944)
    assert str(cross_entropy([0.0, 1.0], 1)) == "0.0"
    assert cross_entropy([0.0, 1.0], 0) == pytest.approx(16.1180957)


@pytest.mark.parametrize("true_class", [-1, 2])
def test_the_true_class_is_one_of_them(true_class: int) -> None:
    with pytest.raises(ValueError, match=r"^true_class: expected 0 to 1; received"):
        cross_entropy([0.5, 0.5], true_class)
