"""The rooms of the house: each file name once, and imports that lead one way."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import bakumoscow

SOURCE = Path(bakumoscow.__file__).parent
# Which of the package's rooms each room may import, beside itself; a module at the top is a room of its own.
MAY_IMPORT = {
    "model": set[str](),
    "kernels": set[str](),
    "rules": {"model", "kernels", "problem"},  # problem only for its type
    "problem": {"rules"},
    "findings": {"model", "problem"},
    "formats": {"model", "rules"},
    "dataset": {"formats"},
    "reports": {"model", "rules", "problem", "findings", "terminal", "dataset", "pipeline"},  # of which only types
    "pipeline": {"model", "kernels", "rules", "problem", "findings", "formats"},
}
FORBIDDEN = {
    "model": {"pandas", "pandera", "pyarrow", "numpy"},
    "rules": {"pandas", "pandera"},
    "kernels": {"pandas", "pandera"},
}


def imported(path: Path) -> Iterator[str]:
    """The modules that a module imports anywhere, with the names taken from bakumoscow itself."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ([f"bakumoscow.{alias.name}" for alias in node.names] if node.module == "bakumoscow" else [])
            yield node.module


def modules(room: str) -> list[Path]:
    return sorted((SOURCE / room).rglob("*.py")) or [SOURCE / f"{room}.py"]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_lead_one_way(room: str) -> None:
    """Catches a module that reaches up: what it needs belongs further down."""
    found = {name.split(".")[1] for path in modules(room) for name in imported(path) if name.startswith("bakumoscow.")}
    assert found - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_the_engine_knows_no_pandas(room: str) -> None:
    """Catches an import that every check would pay for."""
    found = {name.split(".")[0] for path in modules(room) for name in imported(path)}
    assert not found & FORBIDDEN[room]


def test_a_file_name_occurs_once() -> None:
    """Catches a second `cells.py`, of which nobody knows which one is meant."""
    names = Counter(path.name for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []
