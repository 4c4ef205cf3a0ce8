"""What a learner looks at on the map of a network."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, integer, words


@dataclass(frozen=True)
class OverviewLook(Spec):
    """The chosen unit and how the map of the network is drawn.

    `layer` is the name of the chosen layer in the inventory, empty for the first that writes weighted sums. `map` is the number
    of the chosen map, or of the unit of a dense layer, from 0. `row` and `col` are the pixel of that map, -1 is the middle.
    `kinds` says which maps of a layer with its own activation function are drawn, `scale` what shares one colour scale.
    `opened` are the numbers of the layers that show all their maps, "2,5"; `folds` the blocks that somebody folded or
    unfolded, as first and last layer, "4-9,10-15".
    """

    layer: str = words(default="", longest=120)
    map: int = integer(default=0, low=0, high=999_999)
    row: int = integer(default=-1, low=-1, high=4096)
    col: int = integer(default=-1, low=-1, high=4096)
    kinds: str = choice("both", "both", "feature", "activation")
    scale: str = choice("layer", "layer", "block", "network")
    opened: str = words(default="", longest=400)
    folds: str = words(default="", longest=800)
