"""Whether a network can learn a data set: what speaks against it, and the changes that mend it."""

from dataclasses import dataclass, replace

from models.errors import LearnerError
from models.network.edits import inserted, replaced
from models.network.mends import Mend, mends
from models.network.rows import LayerRow, place, unbatched
from models.network.shapes import walk_until_failure, written
from models.settings import setting
from models.specs.network import DenseLayer, FlattenLayer, GlobalPoolLayer, NetworkSpec

MOST_PARAMETERS = 20_000_000
"""What two cores can train in a lesson; the host may allow more."""


@dataclass(frozen=True)
class Misfit:
    """One reason why a network cannot learn this set, and what would mend it."""

    error: LearnerError
    mends: tuple[Mend, ...]


def misfit(spec: NetworkSpec, image_shape: tuple[int, int, int], classes: int) -> Misfit | None:
    """The first reason, or None when the network fits; each mend has been tried.

    The errors: what `walk` says; `fit_shape` (network, data); `fit_empty`; `fit_not_flat` (shape); `fit_classes` (units,
    classes); `fit_activation` (activation, units); `fit_too_large` (parameters, limit; `CONVSCOPE_MOST_PARAMETERS`).
    """
    most = round(setting("CONVSCOPE_MOST_PARAMETERS", MOST_PARAMETERS))
    found = _first(spec, image_shape, classes, most)
    if not found:
        return None
    works = (mend for mend in found.mends if not _same(found, _first(mend.spec, image_shape, classes, most)))
    return replace(found, mends=tuple(works))


def _same(one: Misfit, other: Misfit | None) -> bool:
    return other is not None and one.error.code == other.error.code


def _first(spec: NetworkSpec, image_shape: tuple[int, int, int], classes: int, most: int) -> Misfit | None:
    if spec.input_shape != image_shape:
        error = LearnerError("fit_shape", network=written(spec.input_shape), data=written(image_shape))
        changed = replace(spec, input_shape=image_shape)
        return Misfit(error, (Mend("fit_shape", {"shape": written(image_shape)}, changed),))
    rows, failure = walk_until_failure(spec)
    if failure:
        return Misfit(failure, mends(spec, failure))
    on = [row for row in rows if row.layer.on]
    total = sum(row.parameters for row in rows)
    if total > most:
        return Misfit(LearnerError("fit_too_large", parameters=total, limit=most), ())
    return _end(spec, on, classes)


def _end(spec: NetworkSpec, on: list[LayerRow], classes: int) -> Misfit | None:
    ending = DenseLayer(1 if classes == 2 else classes, activation="sigmoid" if classes == 2 else "softmax")
    softmax = DenseLayer(classes, activation="softmax")
    if not any(row.parameters for row in on):
        added = inserted(spec, (len(spec.layers),), ending)
        flat = inserted(spec, (len(spec.layers),), FlattenLayer())
        whole = inserted(flat, (len(flat.layers),), ending) if not on or len(on[-1].output_shape) == 4 else added
        return Misfit(LearnerError("fit_empty"), (Mend("fit_ending", {"units": ending.units}, whole),))
    shape = unbatched(on[-1].output_shape)
    if len(shape) != 1:
        found = []
        for code, layer in (("fit_flatten", FlattenLayer()), ("fit_global", GlobalPoolLayer())):
            flat = inserted(spec, (len(spec.layers),), layer)
            found.append(Mend(code, {"units": softmax.units}, inserted(flat, (len(flat.layers),), softmax)))
        return Misfit(LearnerError("fit_not_flat", shape=written(shape)), tuple(found))
    last = next((row for row in reversed(on) if isinstance(row.layer, DenseLayer)), None)
    units, function = shape[0], _function(on)
    fits = units == classes or (units == 1 and classes == 2)
    if not fits:
        new = _new_end(spec, last, (softmax, ending) if classes == 2 else (softmax,))
        return Misfit(LearnerError("fit_classes", units=units, classes=classes), new)
    allowed = ("sigmoid", "none") if units == 1 else ("softmax", "none")
    if function not in allowed:
        error = LearnerError("fit_activation", activation=function, units=units, wanted=allowed[0])
        return Misfit(error, _new_end(spec, last, (DenseLayer(units, activation=allowed[0]),)))
    return None


def _function(on: list[LayerRow]) -> str:
    """The activation function that the last numbers went through, "none" without one."""
    for row in reversed(on):
        if hasattr(row.layer, "activation"):
            return str(row.layer.activation)
        if row.parameters:
            return "none"
    return "none"


def _new_end(spec: NetworkSpec, last: LayerRow | None, ends: tuple[DenseLayer, ...]) -> tuple[Mend, ...]:
    """The last dense layer with other units, or, where there is none, a new one at the end."""
    found = []
    for end in ends:
        values = {"units": end.units, "activation": end.activation}
        if last is not None and isinstance(last.layer, DenseLayer) and len(last.path) == 1:
            changed = replaced(spec, last.path, replace(last.layer, units=end.units, activation=end.activation))
            found.append(Mend("fit_units", {**values, "place": place(last.path)}, changed))
        else:
            found.append(Mend("fit_ending", values, inserted(spec, (len(spec.layers),), end)))
    return tuple(found)
