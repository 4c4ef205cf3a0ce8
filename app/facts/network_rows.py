"""A network as the rows of its list: what each layer is, makes and costs, what is wrong and what is worth a remark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from app import i18n
from app.figures.scale import Scale, amount, memory, scale_of
from models.errors import LearnerError
from models.network.effects import Shape
from models.network.mends import Mend, mends
from models.network.notation import write_layer
from models.network.remarks import Remark, remarks
from models.network.rows import LayerRow, Path, place, unbatched
from models.specs.layers import Windowed
from models.specs.network import (
    DenseLayer,
    GlobalPoolLayer,
    Layer,
    NetworkSpec,
    PoolLayer,
    ResidualLayer,
)

HEIGHT, ACROSS = 30.0, 26.0
UNKNOWN = "—"
HIDDEN = "?"


@dataclass(frozen=True)
class Findings:
    """All changes that the page offers, numbered over the whole network, and where they are offered."""

    problem: tuple[Mend, ...]
    remarks: tuple[Remark, ...]

    def mend(self, number: int) -> Mend | None:
        """The change with this number."""
        every = [*self.problem, *(mend for remark in self.remarks for mend in remark.mends)]
        return every[number] if 0 <= number < len(every) else None


@lru_cache(maxsize=64)
def findings(spec: NetworkSpec, rows: tuple[LayerRow, ...], error: LearnerError | None) -> Findings:
    """What is to be said about `spec` besides its numbers."""
    return Findings(mends(spec, error) if error else (), remarks(spec, rows))


def key_of(path: Path) -> str:
    """A path as the browser sends it back: "3", "3.1"; the picture's is "in"."""
    return ".".join(map(str, path)) or "in"


def flat(rows: Sequence[LayerRow]) -> Iterator[LayerRow]:
    """Every row, those in blocks too."""
    for row in rows:
        yield row
        yield from flat(row.inner)


def layers_of(layers: Sequence[Layer], above: Path = ()) -> Iterator[tuple[Path, Layer]]:
    """Every layer with its path, those in blocks behind their block."""
    for index, layer in enumerate(layers):
        yield (*above, index), layer
        if isinstance(layer, ResidualLayer):
            yield from layers_of(layer.layers, (*above, index))


def scale(spec: NetworkSpec, rows: Sequence[LayerRow]) -> Scale:
    """The scale of the small boxes."""
    return scale_of([spec.input_shape, *(unbatched(row.output_shape) for row in flat(rows))], HEIGHT, ACROSS)


def listed(
    spec: NetworkSpec, rows: tuple[LayerRow, ...], error: LearnerError | None, found: Findings, hidden: Path | None
) -> list[dict[str, Any]]:
    """The rows as `layers.js` takes them; numbers at `hidden` and behind it are what the learner is asked for."""
    known = {row.path: row for row in flat(rows)}
    total = sum(row.parameters for row in rows) or 1
    boxes = scale(spec, rows)
    notes = _notes(found)
    shown = [_picture(spec, boxes)]
    for path, layer in layers_of(spec.layers):
        row = known.get(path)
        said = {"problem": _problem(error, found, path), "remarks": notes.get(path, [])}
        shown.append(_row(path, layer, row, boxes, total) | said)
        if row and row.projection and layer.on:
            shown.append(_row(path, row.projection.layer, row.projection, boxes, total) | {"depth": len(path)} | _shortcut())
        if hidden is not None and path >= hidden:
            shown[-1] |= dict.fromkeys(("output", "parameters", "multiplications", "memory", "field"), HIDDEN)
            shown[-1] |= {"share": 0, "box": (2, 2, 2), "remarks": []}
    return shown


def _picture(spec: NetworkSpec, boxes: Scale) -> dict[str, Any]:
    return _bare((), "input") | {
        "input": True,
        "title": i18n.raw("network.picture"),
        "line": "x".join(map(str, spec.input_shape)),
        "output": written((None, *spec.input_shape)),
        "memory": memory(4 * spec.input_shape[0] * spec.input_shape[1] * spec.input_shape[2]),
        "box": boxes.box(spec.input_shape),
        "field": "1×1",
    }


def _bare(path: Path, role: str) -> dict[str, Any]:
    numbers = dict.fromkeys(("output", "parameters", "multiplications", "memory", "field"), UNKNOWN)
    return {
        "path": key_of(path),
        "place": place(path),
        "depth": len(path) - 1 if path else 0,
        "on": True,
        "role": role,
        "share": 0,
        "box": (2, 2, 2),
        "problem": None,
        "remarks": [],
        **numbers,
    }


def _row(path: Path, layer: Layer, row: LayerRow | None, boxes: Scale, total: int) -> dict[str, Any]:
    shown = _bare(path, role(layer)) | {
        "title": i18n.raw(f"layers.{layer.name}.title"),
        "line": line(layer),
        "on": layer.on,
        "block": isinstance(layer, ResidualLayer),
    }
    if row is None:
        return shown
    return shown | {
        "output": written(row.output_shape),
        "parameters": f"{row.parameters:,}",
        "multiplications": amount(row.multiplications),
        "memory": memory(row.activation_bytes),
        "field": sees(row),
        "box": boxes.box(unbatched(row.output_shape)),
        "share": row.parameters / total if row.layer.on else 0,
    }


def _shortcut() -> dict[str, Any]:
    return {"fixed": True, "place": "", "title": i18n.raw("network.projection"), "problem": None, "remarks": []}


def line(layer: Layer) -> str:
    """The hyperparameters in the words of the notation, without those inside a block."""
    bare = replace(layer, layers=(), on=True) if isinstance(layer, ResidualLayer) else replace(layer, on=True)
    return write_layer(bare).replace("()", "")


def role(layer: Layer) -> str:
    """The colour of a kind of layer, of `app.figures.theme.ROLES`."""
    if isinstance(layer, Windowed | ResidualLayer):
        return "feature_map"
    if isinstance(layer, PoolLayer | GlobalPoolLayer):
        return "pooled_map"
    if isinstance(layer, DenseLayer):
        return "dense"
    return {"activation": "activation_map", "zero_padding": "padding"}.get(layer.name, "input")


def written(shape: Sequence[int | None]) -> str:
    """A shape as Keras prints it."""
    return f"({', '.join(map(str, shape))})"


def sees(row: LayerRow) -> str:
    """The receptive field's size."""
    height, width = (float(side) for side in row.receptive_field.size)
    return f"{height:g}×{width:g}"


def _problem(error: LearnerError | None, found: Findings, path: Path) -> dict[str, Any] | None:
    if error is None or error.values.get("path") != path:
        return None
    parts = [i18n.raw(f"errors.{error.code}.{part}", **labelled(error.values)) for part in ("what", "why", "fix")]
    return {"text": " ".join(parts), "mends": _offers(found.problem, 0)}


def _notes(found: Findings) -> dict[Path, list[dict[str, Any]]]:
    notes: dict[Path, list[dict[str, Any]]] = {}
    first = len(found.problem)
    for remark in found.remarks:
        text = i18n.raw(f"remarks.{remark.code}.text", **labelled(remark.values))
        notes.setdefault(remark.path, []).append({"text": text, "mends": _offers(remark.mends, first)})
        first += len(remark.mends)
    return notes


def _offers(offered: Sequence[Mend], first: int) -> list[dict[str, Any]]:
    return [
        {"number": first + at, "label": i18n.raw(f"mends.{mend.code}.label", **labelled(mend.values))}
        for at, mend in enumerate(offered)
    ]


NAMED = {"kind": "layers.{}.title", "next_kind": "layers.{}.title", "field": "fields.{}.label"}
CHOSEN = ("padding", "activation", "initializer", "first", "second")


def labelled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of an error or a remark in the learner's words, numbers with their thousands apart."""
    shown: dict[str, Any] = {}
    for name, value in values.items():
        choice = "activation" if name in ("first", "second") else name
        key = NAMED.get(name, f"choices.{choice}.{{}}" if name in CHOSEN else "").format(value)
        if key and i18n.has(key):
            shown[name] = i18n.raw(key)
        else:
            shown[name] = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
    return shown


def totals(rows: Sequence[LayerRow], hidden: bool) -> dict[str, str]:
    """The sums under the list."""
    if hidden:
        return dict.fromkeys(("parameters", "multiplications", "memory"), HIDDEN)
    return {
        "parameters": f"{sum(row.parameters for row in rows):,}",
        "multiplications": amount(sum(row.multiplications for row in rows)),
        "memory": memory(sum(row.activation_bytes for row in rows)),
    }


def output_of(spec: NetworkSpec, row: LayerRow | None) -> Shape:
    """What comes out of `row`; the picture where there is none."""
    return unbatched(row.output_shape) if row else spec.input_shape
