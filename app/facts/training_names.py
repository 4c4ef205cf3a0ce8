"""What runs are called, and what can be said of one in a few words."""

from app import i18n
from models.errors import LearnerError
from models.network.notation import parse
from models.network.shapes import walk_until_failure
from models.training.record import Record
from models.training.store import Run


def called(run: Run) -> str:
    """What a run is called: by its owner, or by the start of its id. Not for Markdown."""
    return run.name or i18n.raw("training.unnamed", id=run.id[:4])


def title(run: Run) -> str:
    """The same, for Markdown."""
    return i18n.plain(called(run))


def data_name(run: Run) -> str:
    """What its data is called, for people; not for Markdown."""
    name = str(run.dataset.get("name", ""))
    classes = str(run.dataset.get("classes", ""))
    shown = i18n.raw(f"choices.dataset.{name}") if i18n.has(f"choices.dataset.{name}") else name
    return f"{shown} ({classes})" if classes else shown


def parameters(run: Run) -> int:
    """How many numbers its network learns and keeps."""
    try:
        rows, _ = walk_until_failure(parse(run.layers, run.input))
    except LearnerError:
        return 0
    return sum(row.parameters for row in rows)


def best_epoch(record: Record) -> tuple[int, float] | None:
    """(epoch, validation loss) of the epoch with the lowest; None before there is one."""
    epochs = record.epochs()
    if not epochs:
        return None
    best = min(epochs, key=lambda epoch: epoch["val_loss"])
    return int(best["epoch"]), float(best["val_loss"])


def span(seconds: float) -> str:
    """A time for people."""
    if seconds < 90:
        return i18n.raw("training.seconds", count=f"{seconds:.0f}")
    return i18n.raw("training.minutes", count=f"{seconds / 60:.0f}")
