"""Every shape, parameter and cost of a network, layer by layer, without Keras."""

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from models.errors import LearnerError
from models.network.effects import EFFECTS, Effect, Shape
from models.network.receptive_field import ReceptiveField, own_pixel
from models.network.rows import LayerRow, Path, place, unbatched
from models.specs.network import ActivationLayer, ConvLayer, Layer, NetworkSpec, ResidualLayer

MOST_PARAMETERS = 200_000_000
MOST_NUMBERS = 100_000_000
BYTES_PER_NUMBER = 4


def walk(spec: NetworkSpec) -> tuple[LayerRow, ...]:
    """One row per layer.

    Raises:
        LearnerError: see `walk_until_failure`.
    """
    rows, error = walk_until_failure(spec)
    if error:
        raise error
    return rows


def walk_until_failure(spec: NetworkSpec) -> tuple[tuple[LayerRow, ...], LearnerError | None]:
    """The rows of the layers before the first that cannot work, and why it cannot.

    The error is `layer_window_too_large`, `layer_needs_maps`, `layer_stride_with_dilation`, `branches_differ`,
    `map_too_large` or `too_many_parameters`. All have `index` (from 0), `path`, `place` (for people: "3", "3.2" within a
    block), `kind`, and their numbers.
    """
    rows: list[LayerRow] = []
    total = 0
    try:
        for row in steps(spec.layers, (), spec.input_shape, own_pixel(spec.input_shape[:2])):
            total += row.parameters
            if total > MOST_PARAMETERS:
                numbers = {"parameters": row.parameters, "total": total, "limit": MOST_PARAMETERS}
                raise placed(LearnerError("too_many_parameters", **numbers), row.layer, row.path)
            rows.append(row)
    except LearnerError as error:
        return tuple(rows), error
    return tuple(rows), None


def steps(layers: tuple[Layer, ...], above: Path, shape: Shape, field: ReceptiveField) -> Iterator[LayerRow]:
    """The rows of `layers`, which stand in the block at `above` and get maps of `shape` that see `field`."""
    for index, layer in enumerate(layers):
        row = step(layer, (*above, index), shape, field)
        shape, field = unbatched(row.output_shape), row.receptive_field
        yield row


def step(layer: Layer, path: Path, shape: Shape, field: ReceptiveField, name: str | None = None) -> LayerRow:
    """The row of one layer."""
    name = name or "_".join([layer.name, *(str(index + 1) for index in path)])
    if not layer.on:
        effect = Effect(shape)
    elif isinstance(layer, ResidualLayer):
        return residual_step(layer, path, shape, field, name)
    else:
        try:
            effect = EFFECTS[type(layer)](layer, shape)
            check_size(effect.output)
        except LearnerError as error:
            raise placed(error, layer, path) from error
    return LayerRow(
        path,
        name,
        layer,
        (None, *shape),
        (None, *effect.output),
        effect.weights,
        effect.multiplications,
        prod(effect.output) * BYTES_PER_NUMBER if layer.on else 0,
        field.through(effect.windows),
        effect.windows,
    )


def residual_step(layer: ResidualLayer, path: Path, shape: Shape, field: ReceptiveField, name: str) -> LayerRow:
    """The row of a residual block: inner layers, the shortcut's projection where shapes differ, the closing function."""
    inner = tuple(steps(layer.layers, path, shape, field))
    branch = unbatched(inner[-1].output_shape) if inner else shape
    try:
        projection = project(shape, field, inner[-1], path, f"{name}_projection") if branch != shape else None
    except LearnerError as error:
        raise placed(error, layer, path) from error
    parts = (*inner, projection) if projection else inner
    joined = projection.receptive_field if projection else field
    if inner:
        joined = joined.joined(inner[-1].receptive_field)
    function = ActivationLayer(layer.activation, on=layer.activation != "none")
    closing = step(function, path, branch, joined, f"{name}_activation")
    return LayerRow(
        path,
        name,
        layer,
        (None, *shape),
        (None, *branch),
        tuple(term for part in parts for term in part.parameter_terms),
        sum(part.multiplications for part in parts),
        sum(part.activation_bytes for part in parts) + prod(branch) * BYTES_PER_NUMBER,
        joined,
        closing.windows,
        inner,
        projection,
        closing,
    )


def project(shape: Shape, field: ReceptiveField, last: LayerRow, path: Path, name: str) -> LayerRow:
    """The 1x1 convolution that gives a shortcut of `shape` the shape of the branch that ends in `last`.

    Raises:
        LearnerError: `branches_differ` (shortcut, branch: the two shapes), when no stride does.
    """
    branch = unbatched(last.output_shape)
    differ = LearnerError("branches_differ", shortcut=written(shape), branch=written(branch))
    if len(shape) != 3 or len(branch) != 3:
        raise differ
    stride = Fraction(last.receptive_field.height.stride) / field.height.stride
    if stride.denominator != 1:
        raise differ
    try:
        row = step(ConvLayer(branch[2], 1, stride.numerator, "same"), path, shape, field, name)
    except LearnerError as error:
        raise differ from error
    if row.output_shape != last.output_shape:
        raise differ
    return row


def check_size(shape: Shape) -> None:
    """Refuse what no memory holds.

    Raises:
        LearnerError: `map_too_large` (shape, numbers, limit).
    """
    if prod(shape) > MOST_NUMBERS:
        raise LearnerError("map_too_large", shape=written(shape), numbers=prod(shape), limit=MOST_NUMBERS)


def placed(error: LearnerError, layer: Layer, path: Path) -> LearnerError:
    """`error` with the layer where it happened."""
    where = {"index": path[0], "path": path, "place": place(path), "kind": layer.name}
    return LearnerError(error.code, **{**where, **error.values})


def written(shape: Shape) -> str:
    """A shape for people: "28x28x1"."""
    return "x".join(str(size) for size in shape)
