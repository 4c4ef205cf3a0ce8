"""What a learner looks at on the page of networks."""

from dataclasses import dataclass

from app import controls, session
from app.network import network_input
from app.network.budgets import BUDGETS
from models.hyperparameters import Spec, choice, flag, integer, words
from models.network.code import STYLES
from models.network.moves import is_path
from models.network.rows import Path
from models.specs.network import SIDE

PICTURE = "in"
TOPICS = ("sums", "budget", "sight", "axes", "code")


@dataclass(frozen=True)
class NetworkLook(Spec):
    """The chosen layer ("2", "3.1" in a block, counted from 0, "in" is the picture), what is shown of the network, the
    device that it shall fit on, the unit whose receptive field is shown (-1 is the middle), guessing or not.
    """

    layer: str = words(default="0", longest=20)
    topic: str = choice(TOPICS[0], *TOPICS)
    device: str = choice(next(iter(BUDGETS)), *BUDGETS)
    style: str = choice("functional", *STYLES, "summary")
    format: str = choice("channels_last", "channels_last", "channels_first")
    unit_row: int = integer(default=-1, low=-1, high=2 * SIDE.high)
    unit_col: int = integer(default=-1, low=-1, high=2 * SIDE.high)
    predict: bool = flag(False)


def selected() -> Path:
    """The path of the chosen layer; () is the picture. Where there is no such layer any more: the last one."""
    text = controls.get(NetworkLook, "layer")
    spec = network_input.current()
    path = path_of(text)
    if path is not None and (not path or is_path(spec, path)):
        return path
    return (len(spec.layers) - 1,) if spec.layers else ()


def path_of(text: object) -> Path | None:
    """The path that a browser or a link sent, or None."""
    if text == PICTURE:
        return ()
    parts = str(text).split(".")
    if not isinstance(text, str) or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        return None
    return tuple(int(part) for part in parts)


def select(path: Path) -> None:
    """Choose the layer at `path`; its widgets are new ones."""
    session.visit().panel += 1
    controls.change(NetworkLook, layer=".".join(map(str, path)) or PICTURE)
