"""The specs of operations: which settings they take, and the windows that follow."""

from dataclasses import replace
from typing import Any

import pytest

from models.errors import LearnerError
from models.hyperparameters import Choice, Spec, declared
from models.ops.activation import ACTIVATIONS
from models.specs.operations import ActivationSpec, ConvSpec, FilterSpec, PoolSpec


@pytest.mark.parametrize(
    ("kernel_size", "dilation", "shape", "spans"),
    [
        (3, 1, (3, 3), (3, 3)),
        (3, 2, (3, 3), (5, 5)),
        ((2, 5), 3, (2, 5), (4, 13)),
        (1, 4, (1, 1), (1, 1)),
        (11, 4, (11, 11), (41, 41)),
    ],
)
def test_the_window_that_a_kernel_covers(
    kernel_size: int | tuple[int, int], dilation: int, shape: tuple[int, int], spans: tuple[int, int]
) -> None:
    spec = ConvSpec(kernel_size, dilation=dilation)
    assert (spec.kernel_shape, spec.spans) == (shape, spans)


def test_a_square_pair_is_one_number() -> None:
    assert ConvSpec((3, 3)) == ConvSpec(3)
    assert hash(ConvSpec((3, 3))) == hash(ConvSpec(3))
    assert ConvSpec((3, 5)) != ConvSpec((5, 3))


@pytest.mark.parametrize(
    "values",
    [
        {"kernel_size": 0},
        {"kernel_size": 12},
        {"kernel_size": (3,)},
        {"kernel_size": (3, 12)},
        {"kernel_size": (3, 3, 3)},
        {"stride": 9},
        {"dilation": 5},
        {"padding": 17},
        {"padding": "full"},
    ],
)
def test_what_a_convolution_refuses(values: dict[str, Any]) -> None:
    with pytest.raises(LearnerError) as caught:
        ConvSpec(**values)
    assert caught.value.values["field"] in values


@pytest.mark.parametrize("spec", [ConvSpec, PoolSpec, ActivationSpec, FilterSpec])
def test_a_change_of_a_spec_is_checked(spec: type[Spec]) -> None:
    for name in declared(spec):
        with pytest.raises(LearnerError):
            replace(spec(), **{name: "\n"})


def test_each_activation_that_can_be_chosen_is_there() -> None:
    kind = declared(ActivationSpec)["activation"]
    assert isinstance(kind, Choice)
    assert set(kind.options) - {"none"} <= ACTIVATIONS.keys()
