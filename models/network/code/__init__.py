"""A network as a program to take home: three styles of Keras, PyTorch, and a summary."""

from collections.abc import Callable, Mapping

from models.network.code.keras_programs import functional, sequential, subclass
from models.network.code.pytorch import pytorch
from models.network.code.summary import summary
from models.specs.network import NetworkSpec

__all__ = ["NOTES", "STYLES", "source", "summary"]

NOTES: Mapping[str, str] = {
    "data": "Random numbers, so that the program runs as it stands. Put your own pictures and answers here.",
    "pictures": "x: pictures, float32 from 0 to 1. Shape:",
    "classes": "y: for each picture the number of its class, from 0.",
    "yes_no": "y: for each picture and each unit 0 or 1.",
    "values": "y: the numbers that the network shall learn to give.",
    "axes": "PyTorch puts the channels before height and width.",
}
"""The comments of a program, in English; the page passes them in the learner's language (`[code_notes]` in the words)."""

STYLES: dict[str, Callable[[NetworkSpec, Mapping[str, str]], str]] = {
    "sequential": sequential,
    "functional": functional,
    "subclass": subclass,
    "pytorch": pytorch,
}
"""Name -> writer of a whole program."""


def source(spec: NetworkSpec, style: str, notes: Mapping[str, str] = NOTES) -> str:
    """A whole program: the model of `spec`, data of the right shape, compile and fit.

    Args:
        spec: a network that works.
        style: one of `STYLES`.
        notes: the comments, see `NOTES`.

    Raises:
        LearnerError: as `walk`; `sequential_cannot_branch` (index, path, place, kind) for a residual block in a `Sequential`.
        ValueError: for an unknown style.
    """
    if style not in STYLES:
        raise ValueError(f"style: expected one of {', '.join(STYLES)}; received {style!r}")
    return STYLES[style](spec, notes)
