"""What is found in a network, as plain values: they travel to the process that draws pages, which has no Keras."""

from dataclasses import dataclass
from typing import NamedTuple

from models.arrays import Array
from models.specs.preprocessing import PreprocessingSpec


class LayerEntry(NamedTuple):
    """One layer of a network, as the map of the network draws it.

    Attributes:
        name: as in `models.network.inspect.feature_maps`.
        kind: its class in Keras.
        blocks: the names of the models around it, the outermost first.
        sources: the names of the layers that it takes from; none: the picture.
        shape: of what it writes, (height, width, channels) or (units,); None where any size may come.
        parameters: how many numbers it holds; 0 at further calls of the same layer.
        function: the name of its activation function; "" when it has none.
        weighted: whether it writes weighted sums: a convolution or a dense layer.
    """

    name: str
    kind: str
    blocks: tuple[str, ...]
    sources: tuple[str, ...]
    shape: tuple[int | None, ...]
    parameters: int
    function: str
    weighted: bool


class Inventory(NamedTuple):
    """A network: what comes in, without the batch axis, and its layers, none before what it takes from."""

    name: str
    shape: tuple[int | None, ...]
    layers: tuple[LayerEntry, ...]


class Opening(NamedTuple):
    """What is known of a network once it is open.

    Attributes:
        inventory: its layers.
        class_names: of its answers; empty where nobody knows them.
        guess: the preprocessing that a network like this mostly has.
        reason: why: "rescaling", "normalization", "batch_norm", "family" or "usual".
        detail: the layer or the family that gives it away; or empty.
    """

    inventory: Inventory
    class_names: tuple[str, ...]
    guess: PreprocessingSpec
    reason: str
    detail: str


class TopClass(NamedTuple):
    """The number of a class, from 0, and its probability."""

    number: int
    probability: float


@dataclass(frozen=True)
class Contributions:
    """How the sum of one filter comes about.

    Attributes:
        channels: the input channels, strongest first: by the sum of what each contributes anywhere, signs left out.
        maps: (images, height, width, channels), or (images, channels) of a dense layer: what each of `channels` contributes.
        bias: one number, 0 without a bias.
        total: (images, height, width): the feature map, the sum of all maps and the bias.
    """

    channels: tuple[int, ...]
    maps: Array
    bias: float
    total: Array
