"""The rules of the house that a program can check: style, types, walls between the parts, container file, requirements."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sys.executable).parent
SVG = "http://www.w3.org/2000/svg"


def run(*command: str | Path) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}\n{done.stdout}{done.stderr}"


def test_ruff_finds_nothing() -> None:
    run(sys.executable, "-m", "ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


@pytest.mark.slow
def test_every_type_fits() -> None:
    run(sys.executable, "-m", "mypy")


def test_the_walls_between_the_parts_stand() -> None:
    run(SCRIPTS / "lint-imports")


def test_hadolint_finds_nothing() -> None:
    run(SCRIPTS / "hadolint", "Dockerfile")


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned(file: str) -> None:
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-r "))]
    assert lines
    assert [line for line in lines if not re.match(r"[A-Za-z0-9._-]+==[0-9][^*\s;]*(;|$)", line)] == []


def test_the_interface_imports_no_tensorflow() -> None:
    code = """
import importlib, pkgutil, sys, app
for part in pkgutil.walk_packages(app.__path__, "app."):
    if part.name != "app.main":
        importlib.import_module(part.name)
print(sorted({"keras", "tensorflow"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("folder", ["app/static", "assets"])
def test_nothing_is_loaded_from_another_host(folder: str) -> None:
    """A credit may name where a picture comes from; a script or a style sheet may name no host, but the name of SVG."""
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in {".js", ".css", ".html"}]
    assert files
    found = {
        path.name: re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", path.read_text("utf-8").replace(SVG, "")) for path in files
    }
    assert {name: hosts for name, hosts in found.items() if hosts} == {}
