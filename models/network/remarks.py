"""What works, but may not be meant."""

from collections.abc import Iterator

from models.network.edits import replaced
from models.network.mends import Mend, change, insertion, removal
from models.network.remark_rules import ON_NEIGHBOURS, ON_ONE_LAYER, Remark, remark
from models.network.rows import LayerRow, leaves, place
from models.specs.network import DenseLayer, DropoutLayer, FlattenLayer, GlobalPoolLayer, NetworkSpec

__all__ = ["Remark", "remarks"]

LARGE_SHARE = 0.6
MANY_PARAMETERS = 10_000
CLIPPING = ("relu", "leaky_relu", "elu", "gelu", "silu")


def remarks(spec: NetworkSpec, rows: tuple[LayerRow, ...]) -> tuple[Remark, ...]:
    """Every remark on `rows`, which `walk` or `walk_until_failure` made of `spec`, in the order of the layers."""
    found = [*on_sequence(spec, rows), *dense_holds_most(spec, rows)]
    if rows and len(rows) == len(spec.layers):
        found += [*on_the_end(spec, rows), *softmax_inside(spec, rows)]
    return tuple(sorted(found, key=lambda remark: remark.path))


def on_sequence(spec: NetworkSpec, rows: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """The remarks on the layers of a network or a block, one by one and with those that follow."""
    on = tuple(row for row in rows if row.layer.on)
    for index, row in enumerate(on):
        yield from on_sequence(spec, row.inner)
        for rule in ON_ONE_LAYER:
            yield from rule(spec, row)
        for neighbours in ON_NEIGHBOURS:
            yield from neighbours(spec, row, on[index + 1 :])


def dense_holds_most(spec: NetworkSpec, rows: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """One dense layer with most of a network's parameters."""
    total = sum(row.parameters for row in rows)
    on = [row for row in rows if row.layer.on]
    for before, row in zip([None, *on], on, strict=False):
        share = row.parameters / max(total, 1)
        if isinstance(row.layer, DenseLayer) and total >= MANY_PARAMETERS and LARGE_SHARE <= share < 1:
            mends: tuple[Mend, ...] = ()
            if before and isinstance(before.layer, FlattenLayer) and len(before.input_shape) == 4:
                pooled = replaced(spec, before.path, GlobalPoolLayer())
                mends = (Mend("use_global_pool", {"place": place(before.path)}, pooled),)
            yield remark("dense_holds_most", row, *mends, percent=round(100 * share), parameters=row.parameters, total=total)


def on_the_end(spec: NetworkSpec, rows: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """The remarks on what comes out of the network."""
    on = [row for row in rows if row.layer.on]
    ends = [row for row in on if not isinstance(row.layer, DropoutLayer | FlattenLayer)]
    for row in reversed(on):
        if not isinstance(row.layer, DropoutLayer):
            break
        yield remark("dropout_after_output", row, removal(spec, row.path))
    if not ends:
        return
    end, shape = ends[-1], on[-1].output_shape
    if len(shape) == 4:
        mends = insertion("append_global_pool", spec, (len(spec.layers),), GlobalPoolLayer())
        yield remark("output_is_maps", end, *mends, height=shape[1], width=shape[2], maps=shape[3])
        return
    function, units = getattr(end.layer, "activation", "none"), shape[1] or 0
    if function == "sigmoid" and units > 1:
        mend = change("use_activation", spec, end.path, activation="softmax")
        yield remark("sigmoid_for_classes", end, mend, units=units)
    elif function in CLIPPING:
        better = "softmax" if units > 1 else "none"
        mend = change("use_activation", spec, end.path, activation=better)
        yield remark("output_bent", end, mend, activation=function, units=units)


def softmax_inside(spec: NetworkSpec, rows: tuple[LayerRow, ...]) -> Iterator[Remark]:
    """Softmax before the last layer that has weights or a function."""
    counted = [row for row in leaves(rows) if not isinstance(row.layer, DropoutLayer | FlattenLayer)]
    for row in counted[:-1]:
        if getattr(row.layer, "activation", "") == "softmax" and row.output_shape[-1] != 1:
            yield remark("softmax_inside", row, change("use_activation", spec, row.path, activation="relu"))
