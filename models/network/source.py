"""Which network a "look inside" is about. No Keras: pages make these, workers open them."""

import re
from dataclasses import dataclass, field

from models.specs.preprocessing import PreprocessingSpec

LINK = re.compile(r"([0-9a-f]{16})(?:@(\d{1,4}))?")


@dataclass(frozen=True)
class NetworkSource:
    """A network that a worker can open; equal sources are the same network.

    Attributes:
        kind: "layers" (built by the learner, untrained), "run" (trained here), "shipped", or "file" (brought by the learner).
        name: of a run its id, of a shipped network its name, of a file the SHA-256 of its bytes.
        epoch: of a run: after which epoch; 0 is the network before its first batch.
        input: of layers: the picture, in notation.
        layers: the layers, in notation.
        seed: of layers: draws the weights.
        path: of a file: where the web process has put it.
        preprocessing: how a picture becomes what the network takes.
    """

    kind: str
    name: str = ""
    epoch: int = 0
    input: str = ""
    layers: str = ""
    seed: int = 0
    path: str = ""
    preprocessing: PreprocessingSpec = field(default_factory=PreprocessingSpec)


def read_link(text: str) -> tuple[str, int | None] | None:
    """(run, epoch) of "<run>@<epoch>"; the epoch is None, the newest, where there is none; None where this names no run."""
    found = LINK.fullmatch(text)
    return (found[1], int(found[2]) if found[2] else None) if found else None


def write_link(run: str, epoch: int | None) -> str:
    """The inverse of `read_link`."""
    return run if epoch is None else f"{run}@{epoch}"
