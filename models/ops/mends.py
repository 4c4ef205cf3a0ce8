"""The nearest settings that work, where a window does not fit into a picture."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from models.errors import LearnerError
from models.hyperparameters import Padding, declared
from models.ops.window import output_size
from models.specs.operations import ConvSpec, PoolSpec


def fits(height: int, width: int, spec: ConvSpec) -> bool:
    """Whether at least one window fits."""
    try:
        for size, span in zip((height, width), spec.spans, strict=True):
            output_size(size, span, spec.stride, spec.padding)
    except LearnerError:
        return False
    return True


def mends(height: int, width: int, spec: ConvSpec) -> tuple[dict[str, Any], ...]:
    """Single changes, field -> value, each of which makes a window of `spec` fit into (height, width); nearest first."""
    return tuple(
        {field: value}
        for field, values in _candidates(spec)
        if (value := next((v for v in values if fits(height, width, replace(spec, **{field: v}))), None)) is not None
    )


def _candidates(spec: ConvSpec) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(spec.kernel_size, int):
        yield "kernel_size", list(range(spec.kernel_size - 1, 0, -1))
    yield "dilation", list(range(spec.dilation - 1, 0, -1))
    yield "padding", ["same"]
    amount = spec.padding if isinstance(spec.padding, int) else 0
    limits = declared(ConvSpec)["padding"]
    if isinstance(limits, Padding):
        yield "padding", list(range(amount + 1, limits.high + 1))


def pool_mends(height: int, width: int) -> tuple[dict[str, Any], ...]:
    """Single changes, field -> value, each of which makes a window of a `PoolSpec` fit into (height, width); nearest first."""
    limits = declared(PoolSpec)["size"]
    largest = limits.take(min(height, width))
    return ({"size": largest}, {"padding": "same"}) if largest else ({"padding": "same"},)
