"""A network as a chain of parts to draw: boxes, plates, and the forks and sums of its blocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.network.effects import Shape
from models.network.rows import LayerRow, Path, unbatched
from models.specs.network import ResidualLayer


@dataclass(frozen=True)
class Part:
    """One thing in the chain: a layer's output ("box"), a layer that keeps the shape ("plate"), where branches part
    ("fork") or are added ("sum"), or the first layer that cannot work ("broken").
    """

    sort: str
    path: Path = ()
    lines: tuple[str, ...] = ()
    shape: Shape = ()
    role: str = "input"
    note: str = ""
    depth: int = 0
    stripe: bool = False


@dataclass(frozen=True)
class Drawn:
    """What the drawing says about one layer: its name, its hyperparameters, its colour."""

    title: str
    line: str
    role: str
    failed: bool = False


def chain(picture: Shape, rows: Sequence[LayerRow], says: Mapping[Path, Drawn], words: Mapping[str, str]) -> Iterator[Part]:
    """The parts in the order in which numbers pass them."""
    first = says[()]
    yield Part("box", (), (first.title, sizes(picture)), picture, first.role)
    yield from layers(rows, says, words, 0)
    for path, drawn in says.items():
        if drawn.failed:
            yield Part("broken", path, (drawn.title, drawn.line), (), drawn.role)


def layers(rows: Sequence[LayerRow], says: Mapping[Path, Drawn], words: Mapping[str, str], depth: int) -> Iterator[Part]:
    """The parts of a network or of the inner branch of a block."""
    for row in rows:
        if not row.layer.on:
            continue
        drawn = says[row.path]
        if isinstance(row.layer, ResidualLayer):
            yield from block(row, drawn, says, words, depth)
            continue
        shape = unbatched(row.output_shape)
        same = row.input_shape == row.output_shape and not row.parameter_terms
        sort = "plate" if same or row.layer.name == "batch_norm" else "box"
        lines = (drawn.title, drawn.line) if sort == "plate" else (drawn.title, drawn.line, sizes(shape))
        bent = sort == "box" and getattr(row.layer, "activation", "none") != "none"
        yield Part(sort, row.path, tuple(line for line in lines if line), shape, drawn.role, depth=depth, stripe=bent)


def block(row: LayerRow, drawn: Drawn, says: Mapping[Path, Drawn], words: Mapping[str, str], depth: int) -> Iterator[Part]:
    """A residual block: fork, inner layers, sum."""
    note = words["projection"] if row.projection else ""
    yield Part("fork", row.path, note=note, depth=depth + 1)
    yield from layers(row.inner, says, words, depth + 1)
    yield Part(
        "sum", row.path, (words["sum"], drawn.line, sizes(unbatched(row.output_shape))), role=drawn.role, depth=depth + 1
    )


def sizes(shape: Shape) -> str:
    """A shape for people."""
    return "×".join(map(str, shape))
