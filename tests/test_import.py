"""`import bakumoscow` costs nothing that is not used."""

import subprocess
import sys
from pathlib import Path

HEAVY = ["pandas", "numpy", "pyarrow", "pandera", "frictionless", "click", "pathlib", "typing"]


def imported(statement: str) -> set[str]:
    """The modules that a statement imports in a bare interpreter, without the site's own."""
    program = f"import sys; before = set(sys.modules); {statement}; print('\\n'.join(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_import_brings_only_the_package_itself() -> None:
    """Catches any import at the top of the package."""
    assert imported("import bakumoscow") == {"bakumoscow"}


def test_what_is_imported_is_seen() -> None:
    """Catches a list of imports that is empty whatever happens; some Pythons have a few at their start."""
    assert set(HEAVY) - {"pathlib", "typing"} <= imported(f"import {', '.join(HEAVY)}")


def test_help_does_not_import_pandas() -> None:
    """Catches a command line that pays for what --help does not use."""
    found = imported("import bakumoscow.cli")
    assert not {"pandas", "pyarrow", "pandera", "rich", "bakumoscow.dataset", "bakumoscow.reports"} & found


# What `bakumoscow validate` does without, though all of it is installed.
NOT_TO_CHECK = {"pandas", "pandera", "hypothesis", "concurrent.futures", "pyarrow.parquet", "pyarrow.acero", "logging"}


def of_command(*arguments: str) -> set[str]:
    """The modules in the process of a command when it ends."""
    program = "import sys, runpy, atexit; atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr));"
    program += f"sys.argv = {['bakumoscow', *arguments]!r}; runpy.run_module('bakumoscow', run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    return set(result.stderr.split())


def test_validate_goes_without_pandas(package: Path) -> None:
    """Catches an import that takes longer than the whole check: pyarrow brings pandas where it is let in."""
    modules = of_command("validate", str(package))
    assert "pyarrow.compute" in modules
    assert modules & NOT_TO_CHECK == set()
    path = package / "data/events.csv"
    path.write_text(path.read_text("utf-8").replace("accident,", "acident,"), "utf-8", newline="\n")
    assert of_command("validate", "--format", "sarif", str(package)) & {"pandas", "pandera"} == set()


def test_build_without_changes_goes_without_pandera(package: Path) -> None:
    """Catches a build that pays for a check of tables that it does not write."""
    assert "pandera" not in of_command("build", str(package))
    path = package / "data/events.csv"
    path.write_text(path.read_text("utf-8").replace("Crash of the airliner", "Crash of a plane"), "utf-8", newline="\n")
    assert "pandera" in of_command("build", str(package))


def test_pandas_is_let_in_if_pyarrow_needs_it() -> None:
    """Catches a command that fails where a version of pyarrow cannot do without pandas."""
    program = (
        "import sys, pyarrow.compute as pc\n"
        "from bakumoscow.without_pandas import keep_out_pandas\n"
        "real = pc.equal\n"
        "def equal(*values):\n"
        "    import pandas\n"
        "    return real(*values)\n"
        "pc.equal = equal\n"
        "keep_out_pandas()\n"
        "import pandas\n"
        "print('pandas' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.strip() == "True", result.stderr
