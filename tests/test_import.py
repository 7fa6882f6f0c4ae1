"""`import bakumoscow` costs nothing that is not used."""

import subprocess
import sys

import pytest

HEAVY = ["pandas", "numpy", "pyarrow", "pandera", "frictionless", "click", "pathlib", "typing"]


def imported(statement: str) -> set[str]:
    """The modules that a statement imports in a bare interpreter, without the site's own."""
    program = f"import sys; before = set(sys.modules); {statement}; print('\\n'.join(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_import_brings_only_the_package_itself() -> None:
    """Catches any import at the top of the package."""
    assert imported("import bakumoscow") == {"bakumoscow"}


@pytest.mark.parametrize("module", HEAVY)
def test_the_test_can_fail(module: str) -> None:
    """Each module of the list would be seen if it were imported: none is preloaded by the interpreter's start."""
    found = imported(f"import {module}")
    program = f"import sys; print({module!r} in sys.modules)"
    preloaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "True"
    assert module in found or preloaded


def test_help_does_not_import_pandas() -> None:
    """Catches a command line that pays for what --help does not use."""
    found = imported("import bakumoscow.cli")
    assert not {"pandas", "pyarrow", "pandera"} & found
