"""What makes a filter fire: the patches of some pictures to which it responds most strongly.

Source: M. D. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks" (2013), section 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from models.arrays import Array, BatchArray
from models.network.firing_values import Box, Patch
from models.network.receptive_field import Pair
from models.network.run import Wanted, computed, runner
from models.network.sight import seen_box
from models.network.sums import activated, is_weighted


@dataclass(frozen=True, eq=False)
class Responses:
    """How strongly all filters of one layer respond to some pictures.

    A response is what stands on the feature map, before the activation function; of layers that write no weighted sums it is
    what they hand on.

    Attributes:
        layer: its name, as in `models.network.inspect.feature_maps`.
        before: whether these are sums before an activation function.
        strongest: (images, filters), the largest number on each map.
        places: (images, filters), where it stands: row after row, the first one of several.
        lowest: (filters,), the smallest number on any map of the filter.
        highest: (filters,), the largest one.
        active: (filters,), the share of all numbers on all maps that are above 0.
        dead: (filters,), whether the filter hands on the same number everywhere, in all pictures.
        columns: of a map; 0 where the layer writes a row.
        picture: (height, width) of the pictures.
    """

    layer: str
    before: bool
    strongest: Array
    places: NDArray[np.int32]
    lowest: Array
    highest: Array
    active: Array
    dead: NDArray[np.bool_]
    columns: int
    picture: Pair


def responses(model: keras.Model, layer: str, batches: Iterable[BatchArray]) -> Responses:
    """How strongly all filters of `layer` respond to the pictures in `batches`; the same batches give the same numbers.

    Args:
        model: a Sequential or Functional model; it is not changed.
        layer: any of its layers, as in `models.network.inspect.activation_maps`.
        batches: (images, height, width, channels) each, of the size that the model takes, as its own numbers.

    Raises:
        ValueError: for an unknown layer, for images of another size, and when there are none.
    """
    run = runner(model)
    index = run.network.index(layer)
    step = run.network.steps[index]
    wanted = [Wanted(index, is_weighted(step.layer))]
    highest, places, lowest, active = [], [], [], []
    shape, picture = (0,), (0, 0)
    for images in batches:
        # Not by the runner's traced function: it is not there from the start, and rounds some sums in another way.
        maps = np.asarray(computed(run.network, run.pictures(images), wanted)[0])
        shape, picture = maps.shape[1:], (images.shape[1], images.shape[2])
        rows = maps.reshape(len(maps), -1, shape[-1])
        highest.append(rows.max(axis=1))
        places.append(rows.argmax(axis=1).astype(np.int32))
        lowest.append(rows.min(axis=(0, 1)))
        active.append((rows > 0).mean(axis=1))
    if not highest:
        raise ValueError("batches: expected at least one; received none")
    strongest, low = np.concatenate(highest), np.min(lowest, axis=0)
    high = strongest.max(axis=0)
    dead = constant(step.layer, low, high)
    share = np.concatenate(active).mean(axis=0, dtype=np.float32)
    columns = shape[1] if len(shape) == 3 else 0
    return Responses(layer, wanted[0].before, strongest, np.concatenate(places), low, high, share, dead, columns, picture)


def constant(layer: object, low: Array, high: Array) -> NDArray[np.bool_]:
    """Whether all numbers from `low` to `high`, one each for a filter, are the same behind the activation function."""
    name = getattr(getattr(layer, "activation", None), "__name__", "")
    if is_weighted(layer) and "softmax" not in name:
        low, high = (np.asarray(activated(layer, keras.ops.convert_to_tensor(ends))) for ends in (low, high))
    return np.asarray(low == high)


def patches_of(model: keras.Model, found: Responses, filter_index: int, count: int) -> tuple[Patch, ...]:
    """The `count` patches to which one filter responds most strongly, the strongest first, one of each picture at most.

    Of equal responses the picture with the lower number goes first, and within a picture the upper, then the left unit.

    Raises:
        ValueError: for a filter that the layer does not have.
    """
    filters = found.strongest.shape[1]
    if not 0 <= filter_index < filters:
        raise ValueError(f"filter_index: expected 0 to {filters - 1} of layer {found.layer!r}; received {filter_index}")
    values = found.strongest[:, filter_index]
    order = np.argsort(-values, kind="stable")[:count]
    patches = []
    for image in order:
        place = int(found.places[image, filter_index])
        unit = divmod(place, found.columns) if found.columns else None
        patches.append(Patch(float(values[image]), int(image), unit, box_of(model, found, unit)))
    return tuple(patches)


def box_of(model: keras.Model, found: Responses, unit: Pair | None) -> Box:
    """What a unit sees of the picture, without padding."""
    height, width = found.picture
    whole = ((0, height - 1), (0, width - 1))
    (top, bottom), (left, right) = (seen_box(model, found.layer, unit, found.picture) if unit else None) or whole
    return (max(top, 0), min(bottom, height - 1)), (max(left, 0), min(right, width - 1))


def strongest_patches(
    model: keras.Model, batches: Iterable[BatchArray], layer: str, filter_index: int, count: int
) -> tuple[Patch, ...]:
    """`patches_of` one filter in the pictures of `batches`, see `responses`."""
    return patches_of(model, responses(model, layer, batches), filter_index, count)
