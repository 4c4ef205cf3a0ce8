"""What a learner compares on the page of all feature maps, and how they are drawn."""

from dataclasses import dataclass

from models.hyperparameters import Spec, choice, flag, integer, number, words
from models.network.picture_moves import Move


@dataclass(frozen=True)
class FeatureMapsLook(Spec):
    """What the maps are compared with, and how they are drawn.

    `against` is what stands on the second side: the picture moved by `down` and `right` (pixels of what the network sees),
    `turn` (degrees clockwise) and `zoom`; `second`, another sample picture; the same run after `beside_epoch`; or `beside`,
    another network as in `network=`. `back` lays the maps of the moved picture back. `every` shows all maps of the block.
    """

    against: str = choice("moved", "moved", "picture", "epoch", "network")
    down: int = integer(default=0, low=-16, high=16)
    right: int = integer(default=0, low=-16, high=16)
    turn: int = integer(default=0, low=-180, high=180)
    zoom: float = number(default=1.0, low=0.5, high=2.0, step=0.05)
    back: bool = flag(default=False)
    second: str = words(default="", longest=60)
    beside_epoch: int = integer(default=0, low=0, high=9999)
    beside: str = words(default="", longest=80)
    scale: str = choice("common", "common", "own")
    every: bool = flag(default=False)
    predict: bool = flag(default=False)

    @property
    def move(self) -> Move:
        """How the picture is moved."""
        return Move(self.down, self.right, self.turn, self.zoom)
