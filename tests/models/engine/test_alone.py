"""`models.engine` is the only package that starts a process."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
STARTERS = {"subprocess", "multiprocessing"}


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_nobody_else_starts_a_process() -> None:
    files = [file for folder in ("app", "models") for file in (ROOT / folder).rglob("*.py")]
    assert files
    starters = {file.relative_to(ROOT).as_posix() for file in files if imported(file) & STARTERS}
    assert {name for name in starters if not name.startswith("models/engine/")} == set()
