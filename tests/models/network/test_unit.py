"""How a map came about: the terms add up to Keras' own map, for every kind of layer."""

from collections.abc import Iterator

import keras
import numpy as np
import pytest

from models.errors import LearnerError
from models.network.build import build
from models.network.inspect import activation_maps, feature_maps, inventory
from models.network.notation import parse
from models.network.planes import plane, planes
from models.network.unit import unit_story
from models.network.unit_values import Function, Merged, Moved, Normalised, Passed, Pooled, Scaled, Story, Summed, UnitSum, Walk
from tests.models.network.architectures import ARCHITECTURES
from tests.models.network.keras_files import L, sequential, varied
from tests.models.network.looked_at import CONVOLUTIONS, Array, one_layer, pictures


def story(model: keras.Model, layer: str, number: int = 0, shown: int = 3) -> Story:
    return unit_story(model, layer, number, pictures(model, 1)[0], shown)


@pytest.mark.parametrize("kind", CONVOLUTIONS)
@pytest.mark.parametrize("shown", [1, 2, 9])
def test_what_is_shown_adds_up_to_the_map_of_keras(kind: str, shown: int) -> None:
    model = one_layer(kind)
    maps = feature_maps(model, pictures(model, 1))["asked"][0]
    for number in range(maps.shape[-1]):
        made = story(model, "asked", number, shown).made
        assert isinstance(made, Summed)
        np.testing.assert_array_equal(made.total, maps[..., number])
        total = made.parts.sum(axis=-1, dtype=np.float64) + made.rest + made.bias
        reach = float(np.abs(made.total).max())
        assert np.abs(total - made.total).max() <= 1e-5 * reach
        assert made.off <= 1e-5 * reach
        assert len(made.sources) == made.parts.shape[-1] <= shown
        assert sum(made.strengths) == pytest.approx(1)
        assert all(one >= other for one, other in zip(made.strengths[:-2], made.strengths[1:-1], strict=True))
        if not made.others:
            assert not made.rest.any()


def window(walk: Walk, at: tuple[int, int], shape: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
    """(row, col) of what comes in and of the kernel, for each product behind the output pixel `at`."""
    sides = [list(taps(walk, axis, at[axis], shape[axis])) for axis in (0, 1)]
    for row, i in sides[0]:
        for col, j in sides[1]:
            yield row, col, i, j


def taps(walk: Walk, axis: int, at: int, size: int) -> Iterator[tuple[int, int]]:
    for tap in range(walk.size[axis]):
        if walk.transposed:
            place, off = divmod(at + walk.before[axis] - tap * walk.dilation[axis], walk.stride[axis])
            if off:
                continue
        else:
            place = at * walk.stride[axis] + tap * walk.dilation[axis] - walk.before[axis]
        if 0 <= place < size:
            yield place, tap


@pytest.mark.parametrize("kind", CONVOLUTIONS)
def test_the_products_of_every_window_are_the_parts(kind: str) -> None:
    """The script that writes products out goes over the same places."""
    made = story(one_layer(kind), "asked", 1, 9).made
    assert isinstance(made, Summed)
    for at in np.ndindex(*made.total.shape):
        products = np.zeros(made.parts.shape[-1])
        for row, col, i, j in window(made.walk, at, made.inputs.shape):
            products += made.inputs[row, col] * made.kernels[i, j]
        np.testing.assert_allclose(products, made.parts[at], rtol=1e-4, atol=1e-5)


def test_by_hand() -> None:
    """A 3x4 picture of two channels, a 2x2 kernel, bias 10: every number of one window written out."""
    model = sequential(L.Conv2D(1, 2, name="conv", activation="relu"), shape=(3, 4, 2))
    kernel = np.zeros((2, 2, 2, 1), np.float32)
    kernel[..., 0, 0], kernel[..., 1, 0] = [[1, 0], [0, -1]], [[5, 0], [0, 0]]
    model.get_layer("conv").set_weights([kernel, np.array([10.0], np.float32)])
    image = np.stack([np.arange(12.0), np.arange(12.0, 0, -1)], axis=-1).reshape(3, 4, 2).astype(np.float32)
    told = unit_story(model, "conv", 0, image, 1)
    made = told.made
    assert isinstance(made, Summed)
    assert [source.map for source in made.sources] == [1]
    assert made.parts[..., 0].tolist() == [[60, 55, 50], [40, 35, 30]]
    assert made.rest.tolist() == [[-5, -5, -5], [-5, -5, -5]]
    assert (made.others, made.bias, made.off) == (1, 10, 0)
    assert made.total.tolist() == [[65, 60, 55], [45, 40, 35]]
    assert made.walk == Walk((2, 2), (1, 1), (1, 1), (0, 0))
    assert told.bent
    assert told.bent.after.tolist() == made.total.tolist()


def test_a_dense_unit_adds_up_and_is_drawn_back() -> None:
    model = varied(
        build(parse("conv 5 k3 | pool 2 | dropout 0.3 | flatten | dense 6 relu | dense 3 softmax", "9x11x1"), seed=2)
    )
    image = pictures(model, 1)
    maps, before = activation_maps(model, image), feature_maps(model, image)
    for number in range(6):
        made = story(model, "dense_5", number, 2).made
        assert isinstance(made, UnitSum)
        products = sum(value * weight for value, weight in zip(made.values, made.weights, strict=True))
        assert products + made.rest + made.bias == pytest.approx(made.total)
        assert made.total == pytest.approx(before["dense_5"][0, number], rel=1e-4, abs=1e-4)
        assert made.behind
        assert sum(made.behind.sums) + made.behind.rest + made.bias == pytest.approx(made.total)
        assert made.behind.sources[0].layer == "dropout_3"
        for value, place in zip(made.values, made.behind.places, strict=True):
            assert value == maps["pool_2"][0][place]
    last = story(model, "dense_6", 1).made
    assert isinstance(last, UnitSum)
    assert last.behind is None
    assert {source.layer for source in last.sources} == {"dense_5"}
    assert last.others == 0


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request: pytest.FixtureRequest) -> keras.Model:
    return varied(ARCHITECTURES[request.param]())


def test_every_kind_of_layer_tells_how_its_maps_came_about(model: keras.Model) -> None:
    """The numbers that a page writes out make the map that Keras computes."""
    after = activation_maps(model, pictures(model, 1))
    for entry in inventory(model).layers:
        last = planes(after[entry.name].shape[1:]) - 1
        for number in {0, last}:
            told = story(model, entry.name, number)
            shown = plane(after[entry.name][0], number)
            made = computed(told)
            np.testing.assert_allclose(made, shown, rtol=1e-3, atol=1e-3 * max(1.0, float(np.abs(shown).max())))
            if told.bent:
                np.testing.assert_allclose(told.bent.after, shown, rtol=1e-4, atol=1e-4)


def computed(told: Story) -> Array:
    """What the page would write as the result, from the numbers that it was given."""
    made = told.made
    if told.bent and told.bent.curve is not None:
        assert isinstance(made, Summed | UnitSum | Function)
        x = np.asarray(made.values if isinstance(made, Function) else made.total)
        low, high = told.bent.curve[[0, -1], 0]
        assert low <= x.min() <= x.max() <= high
        return told.bent.after
    match made:
        case Pooled() if not made.whole:
            return pooled(made)
        case Pooled():
            return np.full((1, 1), made.values.max() if made.kind == "max" else made.values.mean())
        case Normalised():
            bent = (made.values - made.mean) / np.sqrt(made.variance + made.epsilon)
            return np.asarray(bent * made.gamma + made.beta)
        case Scaled():
            return made.values * made.scale + made.offset
        case Merged():
            return merged(made)
        case Passed():
            return made.values
        case Moved():
            return made.moved
        case Summed() | UnitSum():
            return (
                told.bent.after
                if told.bent
                else np.reshape(made.total, (1, 1) if isinstance(made, UnitSum) else made.total.shape)
            )
        case Function():
            assert told.bent
            return told.bent.after
    return made.written


def merged(made: Merged) -> Array:
    values = made.values
    results = {
        "add": values.sum(axis=-1),
        "average": values.mean(axis=-1),
        "maximum": values.max(axis=-1),
        "minimum": values.min(axis=-1),
        "multiply": values.prod(axis=-1),
        "subtract": values[..., 0] - values[..., 1],
    }
    return np.asarray(results[made.kind])


def pooled(made: Pooled) -> Array:
    result = np.zeros_like(made.pooled)
    for at in np.ndindex(*result.shape):
        cells = [made.values[row, col] for row, col, _, _ in window(made.walk, at, made.values.shape)]
        result[at] = max(cells) if made.kind == "max" else np.mean(cells)
    return result


def test_numbers_beyond_the_last_map_are_the_last() -> None:
    model = one_layer("conv")
    assert story(model, "asked", 99).map == 3
    with pytest.raises(ValueError, match="layer"):
        story(model, "nowhere")


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_numbers_that_are_none_are_explained(wrong: float) -> None:
    """As after a training that diverged."""
    model = one_layer("conv")
    layer = model.get_layer("asked")
    layer.bias.assign(np.full(layer.bias.shape, wrong))
    with pytest.raises(LearnerError) as caught:
        story(model, "asked")
    assert (caught.value.code, caught.value.values) == ("unit_not_finite", {"layer": "asked"})
    assert story(model, "before").map == 0
