"""Which maps stand side by side."""

import pytest

from models.network.build import build
from models.network.inventory import inventory
from models.network.map_blocks import block_of, map_blocks
from models.network.notation import parse
from tests.models.network.architectures import ARCHITECTURES


def steps(layers: str) -> list[list[tuple[str, str]]]:
    listed = inventory(build(parse(layers, "12x14x3"), seed=1)).layers
    return [[(listed[stage.layer].name, stage.sort) for stage in block.stages] for block in map_blocks(listed)]


def test_a_fused_function_and_a_layer_of_its_own_both_stand_behind_the_sums() -> None:
    assert steps("conv 4 relu | pool 2 | conv 5 no_bias | batch_norm | activation relu | dropout 0.2 | pool 2") == [
        [("conv_1", "feature"), ("conv_1", "activation"), ("pool_2", "pooled")],
        [("conv_3", "feature"), ("batch_norm_4", "normalised"), ("activation_5", "activation"), ("pool_7", "pooled")],
    ]


def test_rows_of_numbers_and_layers_without_function() -> None:
    assert steps("conv 4 | global_pool average | dense 6 relu | dense 1 sigmoid") == [
        [("conv_1", "feature"), ("global_pool_2", "pooled")],
        [("dense_3", "feature"), ("dense_3", "activation")],
        [("dense_4", "feature"), ("dense_4", "activation")],
    ]


def test_a_sum_stands_with_what_flows_into_it() -> None:
    *_, last = steps("conv 4 k3 same relu | residual(conv 4 k3 same relu | conv 4 k3 same)")
    assert [sort for _, sort in last][:2] == ["feature", "sum"]


def test_maps_of_another_number_begin_a_block() -> None:
    listed = inventory(ARCHITECTURES["branches"]()).layers
    for block in map_blocks(listed):
        assert len({listed[stage.layer].shape[-1] for stage in block.stages}) == 1


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_layer_is_in_one_block_at_most(name: str) -> None:
    listed = inventory(ARCHITECTURES[name]()).layers
    blocks = map_blocks(listed)
    places = [place for block in blocks for place in block.layers]
    assert places == sorted(set(places))
    assert [block_of(blocks, block.layers[0]) for block in blocks] == list(range(len(blocks)))
    weighted = [place for place, entry in enumerate(listed) if entry.weighted]
    stages = [stage for block in blocks for stage in block.stages]
    assert [stage.layer for stage in stages if stage.sort == "feature"] == weighted
