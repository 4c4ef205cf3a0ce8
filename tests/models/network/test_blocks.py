"""What belongs together in a network, and how a deep one is folded."""

from itertools import pairwise

import keras
import pytest

from models.network.blocks import common_name, cut, segments, stages
from models.network.build import build
from models.network.inventory import inventory
from models.network.map_plan import MOST_COLUMNS
from models.network.network_map import MapLook, NetworkMap
from models.network.notation import parse
from models.network.overview import draw_map
from tests.models.network.architectures import nested
from tests.models.network.looked_at import pictures

CHAIN = [(-1,), (0,), (1,), (2,)]
BLOCK = "residual(conv 4 k3 same | batch_norm | activation relu)"


def drawn(model: keras.Model, look: MapLook | None = None) -> NetworkMap:
    images = pictures(model, 1)
    return draw_map(model, images, images[0], look or MapLook())


def test_a_chain_has_no_branches() -> None:
    assert list(segments(CHAIN)) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_branched_part_goes_from_where_branches_part_to_where_they_join() -> None:
    assert list(segments([(-1,), (0,), (1,), (0, 2), (3,)])) == [(0, 0), (1, 3), (4, 4)]
    assert list(segments([(-1,), (0,), (0, 1), (2,), (3, 2), (4,)])) == [(0, 0), (1, 2), (3, 4), (5, 5)]
    assert list(segments([(-1,), (0, -1), (1,)])) == [(0, 1), (2, 2)]


def test_a_stage_ends_where_maps_become_much_smaller() -> None:
    layers = inventory(
        build(parse("conv 4 k3 | conv 4 k3 | pool 2 | conv 4 k3 | pool 2 | conv 4 k3 s2 | flatten", "40x44x1"), 1)
    ).layers
    shapes = [tuple(size or 0 for size in entry.shape) for entry in layers]
    assert list(stages(layers, shapes, [(place, place) for place in range(7)])) == [(0, 2), (3, 4)]


def test_a_long_stage_is_cut_where_branches_begin() -> None:
    units = [(0, 0), *[pair for first in range(1, 151, 3) for pair in ((first, first + 1), (first + 2, first + 2))]]
    found = list(cut(units, 160))
    assert 6 < len(found) < 16
    assert found[0][0] == 0
    assert found[-1][1] == 150
    assert all(one[1] + 1 == other[0] for one, other in pairwise(found))
    assert all((first - 1) % 3 == 0 for first, _ in found[1:])


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("conv2_block1_1_conv", "conv2_block1_1_bn", "conv2_block1_out"), "conv2_block1"),
        (("conv_1", "conv_2"), "conv"),
        (("conv_1", "pool_2"), ""),
        (("block_1_a", "block_12_b"), "block"),
    ],
)
def test_what_names_have_in_common(names: tuple[str, ...], expected: str) -> None:
    layers = inventory(build(parse("conv 4 k3", "9x9x1"), 1)).layers
    assert common_name([layers[0]._replace(name=name) for name in names]) == expected


def test_a_model_within_the_model_is_a_block() -> None:
    groups = drawn(nested()).groups
    assert "block" in {group.name for group in groups if group.sort == "model"}


@pytest.mark.parametrize("middle", [" | ".join([BLOCK] * 16), " | ".join(["conv 4 k3 same relu"] * 40)])
def test_a_deep_network_is_folded_and_can_be_unfolded(middle: str) -> None:
    model = build(parse(f"conv 4 k3 same | {middle} | global_pool average | dense 3", "6x7x1"), 1)
    shown = drawn(model)
    assert len(shown.columns) <= MOST_COLUMNS
    folded = [group for group in shown.groups if group.folded]
    assert folded
    assert all(shown.columns[group.start].block == (group.first, group.last) for group in folded)
    first = folded[0]
    after = drawn(model, MapLook(folds=((first.first, first.last), (5000, 9999))))
    assert len(after.columns) > len(shown.columns)
    now = next(group for group in after.groups if (group.first, group.last) == (first.first, first.last))
    assert not now.folded
    assert now.end > now.start
