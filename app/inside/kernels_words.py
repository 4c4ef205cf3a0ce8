"""How kernels, their slices and their layers are called, and what one sees in them."""

from typing import Any

from app import i18n
from app.components.microscope import CHANNEL_NAMES
from app.inside.choice import Chosen
from app.inside.unit_words import class_name, is_answer
from models.network.findings import LayerEntry
from models.network.learnt_values import Film


def layer_line(entry: LayerEntry) -> str:
    """A layer in a list."""
    values = {"kind": entry.kind, "filters": entry.shape[-1] or "?", "count": f"{entry.parameters:,}"}
    return i18n.raw("learnt.layer_line", name=entry.name, **values)


def filter_name(chosen: Chosen, entry: LayerEntry, number: int) -> str:
    """A filter, or a unit of a dense layer, which may stand for a class."""
    if is_answer(chosen, entry.name):
        return class_name(chosen, number)
    return i18n.raw("learnt.unit" if entry.kind == "Dense" else "learnt.filter", number=number)


def slice_name(chosen: Chosen, film: Film, channel: int) -> str:
    """A slice, by what it looks at."""
    if film.form == "row":
        return i18n.raw("learnt.row")
    if film.picture:
        return CHANNEL_NAMES[channel] if chosen.image.shape[2] == len(CHANNEL_NAMES) else i18n.raw("learnt.picture")
    return i18n.raw("learnt.slice", number=channel)


def in_colour(film: Film) -> bool:
    """Whether the three slices of a kernel look at red, green and blue."""
    return film.form == "kernels" and film.slices == len(CHANNEL_NAMES) and film.picture


def words(film: Film) -> dict[str, Any]:
    """What the components say."""
    found: dict[str, Any] = i18n.section("kernel_film")
    found["parts"] = [i18n.raw("curves.training"), i18n.raw("curves.validation")]
    if film.form != "kernels":
        found["weights"] = i18n.raw("kernel_film.dense_weights")
    if film.map_shape == (1, 1):
        found["maps"], found["its_map"] = i18n.raw("kernel_film.values"), i18n.raw("kernel_film.its_sum")
    return found


def count_line(entry: LayerEntry, film: Film) -> str:
    """How many numbers the kernels of a layer are, with the learner's own numbers."""
    rows, cols = film.kernels.shape[3:]
    each = rows * cols * film.slices
    noun = "units" if entry.kind == "Dense" else "kernels"
    counted = i18n.raw(f"learnt.{noun}_{'one' if film.count == 1 else 'many'}", count=film.count)
    values = {"counted": counted, "rows": rows, "cols": cols, "slices": film.slices, "all": f"{film.count * each:,}"}
    kinds = {"Dense": f"dense_{film.form}", "DepthwiseConv2D": "depthwise", "SeparableConv2D": "separable"}
    kind = kinds.get(entry.kind, "transposed" if entry.kind == "Conv2DTranspose" else "conv")
    return i18n.text(f"learnt.count.{kind}", layer=entry.name, **values)


def reading(film: Film, chosen: Chosen) -> str:
    """How to read the film."""
    shown = film.kernels.shape[2]
    said = [i18n.text(f"learnt.reading.{film.form}")]
    if in_colour(film):
        said.append(i18n.text("learnt.reading.colours"))
    if shown < film.slices:
        said.append(i18n.text("learnt.reading.strongest", shown=shown, slices=film.slices))
    if chosen.source.kind == "file":
        said.append(i18n.text("learnt.reading.file"))
    elif len(film.epochs) == 1:
        said.append(i18n.text("learnt.reading.untrained"))
    if film.maps.shape[2:] != film.map_shape:
        said.append(i18n.text("learnt.reading.smaller", height=film.map_shape[0], width=film.map_shape[1]))
    if chosen.run and len(film.epochs) < len(chosen.epochs):
        said.append(i18n.text("learnt.reading.thinned", shown=len(film.epochs), epochs=len(chosen.epochs)))
    return " ".join(said)
