"""Runs that are kept: what was trained, how it went, the weights after every epoch. Bounded, and never half written."""

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from models.settings import setting
from models.training import files
from models.training.files import Arrays
from models.training.record import Record
from models.training.run import ALIVE, ENDED, ID, Run, State, fits

__all__ = ["ALIVE", "ENDED", "ID", "Run", "State", "Store"]

LONGEST_NAME = 80
LONGEST_NOTES = 2000
DAY = 86_400.0


class Store:
    """The runs in one folder. Any number of threads and processes may use it at once.

    Args:
        folder: `files.data_folder()` when none is given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or files.data_folder()) / "runs"

    def _at(self, run: str) -> Path:
        if not ID.fullmatch(run):
            raise ValueError(f"run: expected 16 hexadecimal digits; received {run!r}")
        return self.folder / run

    def create(self, owner: str, network: tuple[str, str], training: Mapping[str, Any], dataset: Mapping[str, Any]) -> Run:
        """A new run, which waits.

        Args:
            owner: of the browser that asks.
            network: (input, layers) in notation.
            training: JSON of the settings.
            dataset: JSON of the data's name and settings.

        Raises:
            OSError: when the folder cannot be written.
        """
        run = Run(token_hex(8), owner, time.time(), *network, training, dataset)
        asked = {name: value for name, value in asdict(run).items() if name not in ("id", "name", "notes", "state")}
        files.make_folder(self._at(run.id), {"run.json": asked, "state.json": asdict(State(updated=run.made))})
        return run

    def read(self, run: str) -> Run | None:
        """The run, or None where there is none that one could read; `run` may come from a link."""
        if not ID.fullmatch(run):
            return None
        asked = files.read_json(self._at(run) / "run.json")
        label = files.read_json(self._at(run) / "label.json") or {}
        state = files.read_json(self._at(run) / "state.json") or {}
        try:
            return Run(id=run, **asked, **label, state=State(**state)) if asked and fits(asked, state) else None
        except TypeError:
            return None

    def runs(self, owner: str | None = None) -> list[Run]:
        """Every readable run (of one owner), the newest first."""
        names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        found = [run for name in names if (run := self.read(name))]
        return sorted((run for run in found if owner in (None, run.owner)), key=lambda run: run.made, reverse=True)

    def write_state(self, run: str, **changes: Any) -> State:
        """Change some fields of a run's state; returns all of it."""
        state = State(**(files.read_json(self._at(run) / "state.json") or {}))
        state = replace(state, **changes, updated=time.time())
        files.write_json(self._at(run) / "state.json", asdict(state))
        return state

    def give(self, run: str, owner: str) -> None:
        """Make somebody else the owner."""
        asked = files.read_json(self._at(run) / "run.json")
        if asked:
            files.write_json(self._at(run) / "run.json", {**asked, "owner": owner})

    def label(self, run: str, name: str, notes: str) -> None:
        """Name a run and note something about it."""
        files.write_json(self._at(run) / "label.json", {"name": name[:LONGEST_NAME], "notes": notes[:LONGEST_NOTES]})

    def write_record(self, run: str, record: Record) -> None:
        """Keep what was told so far."""
        files.write_arrays(self._at(run) / "record.npz", record.arrays())

    def record(self, run: str) -> Record:
        """What was told until it was last written; empty where nothing can be read."""
        return Record(files.read_arrays(self._at(run) / "record.npz"))

    def write_weights(self, run: str, epoch: int, weights: Arrays) -> None:
        """Keep the weights after an epoch (0: before the first)."""
        files.write_arrays(self._at(run) / f"weights_{epoch:04d}.npz", weights)

    def weights(self, run: str, epoch: int) -> Arrays | None:
        """The weights after an epoch, when they are there."""
        return files.read_arrays(self._at(run) / f"weights_{epoch:04d}.npz")

    def epochs(self, run: str) -> list[int]:
        """The epochs whose weights are there, in order."""
        return sorted(int(path.stem[8:]) for path in self._at(run).glob("weights_*.npz") if path.stem[8:].isdecimal())

    def write_arrays(self, run: str, name: str, arrays: Arrays) -> None:
        """Keep other arrays, for example what the optimizer needs to go on."""
        files.write_arrays(self._at(run) / f"{name}.npz", arrays)

    def arrays(self, run: str, name: str) -> Arrays | None:
        """Such arrays, when they are there."""
        return files.read_arrays(self._at(run) / f"{name}.npz")

    def write_by(self, run: str, name: str, write: Callable[[str], None]) -> None:
        """Keep a file of another kind; `write` gets the path of a temporary one that ends like `name`."""
        with TemporaryDirectory(prefix=files.UNFINISHED, dir=self._at(run)) as folder:
            path = Path(folder) / name
            write(str(path))
            files.replace(path, self._at(run) / name)

    def file(self, run: str, name: str) -> Path | None:
        """The path of such a file, when it is there."""
        path = self._at(run) / name
        return path if path.is_file() else None

    def delete(self, run: str) -> None:
        """Take a run away, with all that it has."""
        files.remove_folder(self._at(run))

    def prune(self, busy: set[str], *, free: int = 0) -> list[str]:
        """Keep within the host's limits: what is too old goes, then the oldest, until the rest (and `free` bytes) fit.

        Runs in `busy` stay. Returns what went. `CONVSCOPE_KEEP_DAYS` (7) and `CONVSCOPE_KEEP_MB` (2048) set the limits.
        """
        if not self.folder.is_dir():
            return []
        files.sweep(self.folder)
        limit = setting("CONVSCOPE_KEEP_MB", 2048) * 2**20 - free
        oldest = time.time() - setting("CONVSCOPE_KEEP_DAYS", 7) * DAY
        found = sorted((max(run.made, run.state.updated), run.id) for run in self.runs())
        sizes = {run: files.size(self._at(run)) for _, run in found}
        total, gone = sum(sizes.values()), []
        for moment, run in found:
            if run not in busy and (moment < oldest or total > limit):
                self.delete(run)
                total -= sizes[run]
                gone.append(run)
        return gone

    def free_megabytes(self) -> float:
        """What the disk still takes."""
        place = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        return shutil.disk_usage(place).free / 2**20
