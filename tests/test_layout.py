"""The layout of the source: each file name occurs once, and imports go one way."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import bakumoscow

SOURCE = Path(bakumoscow.__file__).parent
# Which parts of the package each part may import; a module at the top is a part of its own.
MAY_IMPORT = {
    "model": set[str](),
    "kernels": set[str](),
    "rules": {"model", "kernels", "problem"},  # problem only for its type
    "problem": {"rules"},
    "findings": {"model", "problem"},
    "formats": {"model", "kernels", "rules", "frames"},
    "frames": set[str](),
    "errors": set[str](),
    "choices": set[str](),
    "readings": {"model", "rules", "frames", "errors", "choices", "dataset"},  # dataset only for its type
    "views": {
        "model",
        "rules",
        "formats",
        "frames",
        "errors",
        "choices",
        "readings",
        "dataset",
    },  # dataset only for its type
    "exports": {"model", "frames", "errors", "extras", "choices", "sql", "dataset"},  # dataset only for its type
    "extras": set[str](),
    "sql": set[str](),
    "engines": {"frames", "errors", "choices", "extras", "sql", "readings", "dataset"},  # dataset only for its type
    "connection": {"engines", "extras", "sql", "choices", "dataset"},  # dataset only for its type
    "chart_rows": set[str](),
    "plot": {"chart_rows", "extras"},
    "explorer": {"model", "frames", "errors", "choices", "chart_rows", "dataset"},
    "dataset": {"formats", "frames", "errors", "choices", "readings", "views", "engines", "connection", "exports"},
    "versions": {"model", "kernels", "errors"},
    # to report on them
    "reports": {"model", "rules", "problem", "findings", "terminal", "dataset", "pipeline", "versions"},
    "terminal": set[str](),
    "commands": {"choices", "errors", "terminal", "reports", "dataset", "versions"},
    "pipeline": {"model", "kernels", "rules", "problem", "findings", "formats", "frames", "explorer", "dataset"},
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


def modules(part: str) -> list[Path]:
    return sorted((SOURCE / part).rglob("*.py")) or [SOURCE / f"{part}.py"]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_go_one_way(part: str) -> None:
    """Catches a module that imports from a higher part: what it needs belongs in a lower one."""
    found = {name.split(".")[1] for path in modules(part) for name in imported(path) if name.startswith("bakumoscow.")}
    assert found - {part} <= MAY_IMPORT[part]


@pytest.mark.parametrize("part", FORBIDDEN)
def test_the_engine_knows_no_pandas(part: str) -> None:
    """Catches an import that every check would pay for."""
    found = {name.split(".")[0] for path in modules(part) for name in imported(path)}
    assert not found & FORBIDDEN[part]


def test_a_file_name_occurs_once() -> None:
    """Catches a second `cells.py`: a name that two files share says too little."""
    names = Counter(path.name for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []
