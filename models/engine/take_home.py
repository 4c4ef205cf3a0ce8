"""What a run leaves for other programs. Only workers import this module, and with it Keras."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from models.datasets.choose import data_of
from models.engine.networks import opened
from models.errors import LearnerError
from models.network.notation import parse
from models.network.source import NetworkSource
from models.training.plain import training_of
from models.training.program import DATA_FILE, data_file, notebook, program
from models.training.store import Store

SCRIPT, NOTEBOOK, DATA = "train.py", "train.ipynb", DATA_FILE


def program_file(run: str, name: str, notes: Mapping[str, str]) -> bytes:
    """`SCRIPT` or `NOTEBOOK`, which train what the run trained, or `DATA`, the pictures that they read.

    Args:
        run: its id.
        name: which of them; `DATA` is empty for a set that Keras downloads.
        notes: the comments, as `models.training.program.NOTES`.

    Raises:
        LearnerError: `run_unknown` (run), and those of `models.datasets.choose.data_of`.
    """
    asked = Store().read(run)
    if not asked:
        raise LearnerError("run_unknown", run=run)
    dataset = data_of(asked.dataset)
    if name == DATA:
        return data_file(dataset)
    source = program(parse(asked.layers, asked.input), training_of(asked.training), dataset, notes)
    return (source if name == SCRIPT else notebook(source)).encode()


def epoch_file(run: str, epoch: int) -> bytes:
    """The network of a run as it was after an epoch, as Keras keeps it.

    Raises:
        LearnerError: those of `models.engine.networks.opened`.
    """
    model = opened(NetworkSource("run", name=run, epoch=epoch)).model
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return path.read_bytes()
