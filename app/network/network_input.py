"""The learner's network: one for all pages, in the link as one readable line, with every step kept for undo."""

from dataclasses import dataclass
from functools import lru_cache

from app import controls, session
from app.network.history import History
from models.errors import LearnerError
from models.hyperparameters import Spec, words
from models.network import PRESETS
from models.network.notation import LONGEST_INPUT, LONGEST_TEXT, parse, write, write_input
from models.network.rows import LayerRow
from models.network.shapes import walk_until_failure
from models.specs.network import NetworkSpec

FIRST = parse(PRESETS["digits"].layers, PRESETS["digits"].input)


@dataclass(frozen=True)
class NetworkLine(Spec):
    """The network as the address names it: `?input=28x28x1&layers=conv 32 k3 same relu | pool 2`."""

    input: str = words(default=write_input(FIRST), longest=LONGEST_INPUT)
    layers: str = words(default=write(FIRST), longest=LONGEST_TEXT)


def history() -> History[NetworkSpec]:
    """Every network of this visit, in the order of undo."""
    visit = session.visit()
    if visit.networks is None:
        visit.networks = History((FIRST,))
    return visit.networks


def current() -> NetworkSpec:
    """The network of this visit."""
    return history().now


def take_link() -> tuple[str, LearnerError] | None:
    """Take over the network that a link names; where it names none, the page keeps its own, and this is the text and why."""
    line = NetworkLine(controls.get(NetworkLine, "input"), controls.get(NetworkLine, "layers"))
    first = session.visit().networks is None
    if line == written(current()):
        return None
    try:
        spec = parse(line.layers, line.input)
        _move(History((spec,)) if first else history().after(spec))
    except LearnerError as error:
        controls.change(NetworkLine, **vars(written(current())))
        return line.layers, error
    return None


def change(spec: NetworkSpec) -> None:
    """Make `spec` the network, one step after the last."""
    _move(history().after(spec))


def undo() -> None:
    """Back to the network before."""
    _move(history().undone())


def redo() -> None:
    """Forth to the network that was taken back."""
    _move(history().redone())


def _move(to: History[NetworkSpec]) -> None:
    visit = session.visit()
    visit.networks = to
    visit.panel += 1
    controls.change(NetworkLine, **vars(written(to.now)))


@lru_cache(maxsize=64)
def written(spec: NetworkSpec) -> NetworkLine:
    """`spec` as the address holds it."""
    return NetworkLine(write_input(spec), write(spec))


@lru_cache(maxsize=64)
def walked(spec: NetworkSpec) -> tuple[tuple[LayerRow, ...], LearnerError | None]:
    """The rows up to the first layer that cannot work, and why it cannot."""
    return walk_until_failure(spec)
