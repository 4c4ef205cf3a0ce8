"""Layers put in, duplicated, switched off and moved: nothing is lost, and the place that is told is the layer's."""

from random import Random

import pytest

from models.network.edits import layer_at
from models.network.moves import duplicated, is_path, moved, put_behind, put_inside, shifted, switched
from models.network.notation import parse, write
from models.network.rows import Path
from models.specs.network import FlattenLayer, NetworkSpec, ResidualLayer, nested

CHAIN = parse("conv 1 | pool 2 | flatten | dense 3", "9x7x1")
BLOCK = parse("conv 1 | residual(conv 2 | residual(conv 3) | conv 4) | dense 5", "9x7x1")


def paths(spec: NetworkSpec) -> list[Path]:
    found: list[Path] = []

    def collect(layers: tuple[object, ...], above: Path) -> None:
        for index, layer in enumerate(layers):
            found.append((*above, index))
            if isinstance(layer, ResidualLayer):
                collect(layer.layers, (*above, index))

    collect(spec.layers, ())
    return found


@pytest.mark.parametrize("path", [(), (9,), (0, 0), (1, 9), (1, 1, 1), (-1,)])
def test_places_without_a_layer(path: Path) -> None:
    assert not is_path(BLOCK, path)
    assert all(is_path(BLOCK, known) for known in paths(BLOCK))


def test_a_layer_is_put_first_behind_and_inside() -> None:
    assert write(put_behind(CHAIN, (), FlattenLayer())[0]).startswith("flatten | conv 1")
    spec, path = put_behind(BLOCK, (1, 0), FlattenLayer())
    assert path == (1, 1)
    assert layer_at(spec, path) == FlattenLayer()
    spec, path = put_inside(BLOCK, (1, 1), FlattenLayer())
    assert path == (1, 1, 1)
    assert layer_at(spec, path) == FlattenLayer()
    with pytest.raises(ValueError, match="residual block"):
        put_inside(BLOCK, (0,), FlattenLayer())


def test_a_duplicate_stands_behind_its_layer() -> None:
    spec, path = duplicated(BLOCK, (1, 1))
    assert path == (1, 2)
    assert layer_at(spec, path) == layer_at(BLOCK, (1, 1))


def test_switching_twice_changes_nothing() -> None:
    assert not layer_at(switched(BLOCK, (1, 0)), (1, 0)).on
    assert switched(switched(BLOCK, (1, 0)), (1, 0)) == BLOCK


def test_steps_up_and_down() -> None:
    assert write(shifted(CHAIN, (1,), -1)[0]).startswith("pool 2 | conv 1")
    assert shifted(CHAIN, (0,), -1) == (CHAIN, (0,))
    assert shifted(CHAIN, (3,), 1) == (CHAIN, (3,))
    out, path = shifted(BLOCK, (1, 0), -1)
    assert path == (1,)
    assert write(out).startswith("conv 1 k3 | conv 2 k3 | residual(residual(conv 3 k3)")
    out, path = shifted(BLOCK, (1, 2), 1)
    assert path == (2,)
    assert layer_at(out, path) == layer_at(BLOCK, (1, 2))


def test_a_block_does_not_move_into_itself() -> None:
    assert moved(BLOCK, (1,), (1, 1), behind=False) == (BLOCK, (1,))


@pytest.mark.parametrize("seed", range(60))
def test_moving_keeps_every_layer_and_tells_where_it_went(seed: int) -> None:
    random, spec = Random(seed), BLOCK
    for _ in range(20):
        path, goal = random.choice(paths(spec)), random.choice(paths(spec))
        layer, aim = layer_at(spec, path), layer_at(spec, goal)
        behind = random.random() < 0.5
        after, place = moved(spec, path, goal, behind=behind)
        assert layer_at(after, place) == layer
        assert sorted(map(str, map(type, nested(after.layers)))) == sorted(map(str, map(type, nested(spec.layers))))
        if goal[: len(path)] != path and path[: len(goal)] != goal:
            neighbour = (*place[:-1], place[-1] + (-1 if behind else 1))
            assert layer_at(after, neighbour) == aim
        spec = after
