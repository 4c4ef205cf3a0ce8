"""What a person does to the network on its page. Everything here comes from a browser and is checked again."""

from collections.abc import Callable, Mapping
from typing import Any

from app import controls, session
from app.facts.network_rows import findings
from app.network import network_input
from app.network.network_look import NetworkLook, path_of, select, selected
from models.errors import LearnerError
from models.network import LAYERS, PRESETS
from models.network.edits import removed
from models.network.moves import duplicated, is_path, moved, put_behind, put_inside, shifted, switched
from models.network.notation import parse
from models.network.rows import Path
from models.specs.network import Layer, NetworkSpec

START: dict[str, str] = {
    "conv": "conv 32 k3 same relu",
    "depthwise": "depthwise k3 same relu",
    "separable": "separable 32 k3 same relu",
    "transposed": "transposed 32 k2 s2 relu",
    "dense": "dense 10",
    "residual": "residual(conv 32 k3 same relu | conv 32 k3 same)",
}
"""Kind -> how a new layer begins; the others begin with the defaults of their hyperparameters."""

EMPTY = "empty"

Change = tuple[NetworkSpec, Path]


def start_from(name: str) -> None:
    """Take a preset, or an empty network."""
    if name == EMPTY:
        take((NetworkSpec(network_input.current().input_shape), ()))
    elif name in PRESETS:
        take((parse(PRESETS[name].layers, PRESETS[name].input), (0,)))


def edit(edit: Mapping[str, Any]) -> None:
    """Do what the list of layers reports."""
    does = edit.get("do")
    if does == "undo":
        step(network_input.undo)
    elif does == "redo":
        step(network_input.redo)
    elif does == "mend":
        mend(edit.get("mend"))
    elif does == "add":
        add(edit)
    else:
        spec, path = network_input.current(), path_of(edit.get("path"))
        if path is not None and does in ON_LAYERS and (is_path(spec, path) or (does == "select" and not path)):
            attempt(lambda: ON_LAYERS[str(does)](spec, path, edit))


def step(move: Callable[[], None]) -> None:
    """Undo or redo; what a refused edit had to say is over."""
    session.visit().draft = session.visit().refused = None
    move()


def attempt(work: Callable[[], Change | None]) -> None:
    """Take over what `work` makes; where that is no network, say why and keep the old one."""
    try:
        change = work()
    except LearnerError as error:
        session.visit().refused = error
        return
    if change:
        take(change)


def take(change: Change) -> None:
    """Show the new network, one of its layers chosen."""
    session.visit().draft = session.visit().refused = None
    network_input.change(change[0])
    select(change[1])
    controls.change(NetworkLook, unit_row=-1, unit_col=-1)


def mend(number: Any) -> None:
    """One of the changes that the page offers."""
    spec = network_input.current()
    rows, error = network_input.walked(spec)
    found = findings(spec, rows, error).mend(number) if isinstance(number, int) else None
    if found:
        take((found.spec, selected()))


def add(edit: Mapping[str, Any]) -> None:
    """A new layer behind another one, as the last of a block, or at the end."""
    spec, kind = network_input.current(), edit.get("kind")
    given = edit.get("path")
    path = (len(spec.layers) - 1,) if given is None and spec.layers else path_of(given or "in")
    if not isinstance(kind, str) or kind not in LAYERS or path is None or (path and not is_path(spec, path)):
        return
    place = put_inside if edit.get("inside") is True else put_behind
    attempt(lambda: place(spec, path, new(kind)))


def new(kind: str) -> Layer:
    """A layer to begin with."""
    return parse(START.get(kind, kind), (1, 1, 1)).layers[0]


def _select(spec: NetworkSpec, path: Path, edit: Mapping[str, Any]) -> None:  # noqa: ARG001
    select(path)
    controls.change(NetworkLook, unit_row=-1, unit_col=-1)


def _remove(spec: NetworkSpec, path: Path, edit: Mapping[str, Any]) -> Change:  # noqa: ARG001
    left = removed(spec, path)
    above = (*path[:-1], path[-1] - 1) if path[-1] else path[:-1]
    return left, path if is_path(left, path) else above


def _move(spec: NetworkSpec, path: Path, edit: Mapping[str, Any]) -> Change | None:
    goal = path_of(edit.get("goal"))
    if not goal or not is_path(spec, goal):
        return None
    return moved(spec, path, goal, behind=edit.get("behind") is True)


ON_LAYERS: dict[str, Callable[[NetworkSpec, Path, Mapping[str, Any]], Change | None]] = {
    "select": _select,
    "remove": _remove,
    "move": _move,
    "up": lambda spec, path, _: shifted(spec, path, -1),
    "down": lambda spec, path, _: shifted(spec, path, 1),
    "duplicate": lambda spec, path, _: duplicated(spec, path),
    "switch_off": lambda spec, path, _: (switched(spec, path), path),
    "switch_on": lambda spec, path, _: (switched(spec, path), path),
}
"""What can be done to a layer, by the name that `layers.js` sends."""
