"""Where a window does not fit: each change that is offered works, and none nearer does."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from models.ops.mends import fits, mends
from models.specs.operations import ConvSpec


@pytest.mark.parametrize(
    ("size", "spec", "expected"),
    [
        ((3, 3), ConvSpec(5), [{"kernel_size": 3}, {"padding": "same"}, {"padding": 1}]),
        ((9, 4), ConvSpec(3, dilation=3), [{"kernel_size": 2}, {"dilation": 1}, {"padding": "same"}, {"padding": 2}]),
        ((1, 9), ConvSpec((3, 2)), [{"padding": "same"}, {"padding": 1}]),
        ((1, 1), ConvSpec(11, dilation=4), [{"kernel_size": 1}, {"padding": "same"}]),
        ((2, 8), ConvSpec(7, padding=2), [{"kernel_size": 6}, {"padding": "same"}, {"padding": 3}]),
    ],
)
def test_by_hand(size: tuple[int, int], spec: ConvSpec, expected: list[dict[str, Any]]) -> None:
    assert list(mends(*size, spec)) == expected


PADDINGS: tuple[str | int, ...] = ("valid", 1, 3)
SIZES = ((1, 1), (2, 5), (3, 30))
SPECS = [ConvSpec(kernel, 1, padding, dilation) for kernel, padding, dilation in product((2, 5, 11), PADDINGS, (1, 3))]


@pytest.mark.parametrize(
    ("size", "spec"), [(size, spec) for size, spec in product(SIZES, SPECS) if not fits(*size, spec)], ids=str
)
def test_each_offer_is_the_nearest_that_works(size: tuple[int, int], spec: ConvSpec) -> None:
    offers = mends(*size, spec)
    assert {"padding": "same"} in offers
    for (field, value), *_ in (list(offer.items()) for offer in offers):
        assert fits(*size, replace(spec, **{field: value}))
        if value != "same":
            between = range(value + 1, getattr(spec, field)) if field != "padding" else range(value)
            assert not any(fits(*size, replace(spec, **{field: nearer})) for nearer in between)
