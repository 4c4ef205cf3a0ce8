"""A table of a network as text, in the manner of `model.summary()`."""

from collections.abc import Iterable

from models.network.keras_calls import call_of
from models.network.rows import LayerRow
from models.network.shapes import BYTES_PER_NUMBER, walk
from models.specs.network import NetworkSpec, ResidualLayer

HEAD = ("Layer (type)", "Output Shape", "Param #")


def summary(spec: NetworkSpec) -> str:
    """The layers with their output shapes and parameters, and the totals; inner layers stand indented under their block.

    Raises:
        LearnerError: as `walk`.
    """
    rows = walk(spec)
    table = [HEAD, *lines(rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    rule = "=" * (sum(widths) + 2)
    text = [" ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table]
    trainable, fixed = sum(row.trainable for row in rows), sum(row.non_trainable for row in rows)
    totals = (("Total params", trainable + fixed), ("Trainable params", trainable), ("Non-trainable params", fixed))
    return "\n".join([text[0], rule, *text[1:], rule, *(f"{name}: {count:,} ({size(count)})" for name, count in totals)]) + "\n"


def lines(rows: Iterable[LayerRow], depth: int = 0) -> list[tuple[str, str, str]]:
    """One line per layer that is switched on."""
    found: list[tuple[str, str, str]] = []
    for row in rows:
        if row.layer.on and isinstance(row.layer, ResidualLayer):
            found += lines([*row.inner, *([row.projection] if row.projection else [])], depth + 1)
            found.append((f"{'  ' * depth}{row.name}_add (Add)", str(row.output_shape), "0"))
            found += lines([row.closing] if row.closing else [], depth)
        elif row.layer.on:
            kind = call_of(row.layer).layer
            found.append((f"{'  ' * depth}{row.name} ({kind})", str(row.output_shape), f"{row.parameters:,}"))
    return found


def size(count: int) -> str:
    """The memory of so many float32 numbers, in the unit that Keras would print."""
    amount = float(count * BYTES_PER_NUMBER)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.2f} {unit}"
        amount /= 1024
    return f"{amount:.2f} GB"
