"""The README is right: its Python and shell snippets run against the installed wheel."""

import re
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Distributions, copy_package

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
README = (ROOT / "README.md").read_text("utf-8")
INSTALL = "python3 -m venv ../venv-bakumoscow && . ../venv-bakumoscow/bin/activate\npip install .\n"
NOT_RUN = {
    INSTALL: "needs a package index; tests/test_package.py installs the wheel",
    "make build\nmake test\n": "the tests run inside the second; CI runs both on a clean checkout",
}


def blocks(language: str) -> list[tuple[str, str]]:
    """The code and the promised output of each block of a language."""
    return [(code, output) for found, code, output in BLOCK.findall(README) if found == language]


def test_blocks_are_found() -> None:
    """Catches a pattern that matches nothing, which would make the other tests pass for nothing."""
    assert len(blocks("python")) >= 7
    assert len(blocks("sh")) >= 3
    assert {code for code, _ in blocks("sh")} >= set(NOT_RUN)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of this repository's own package."""
    return copy_package(tmp_path / "clone")


def test_python_snippets(distributions: Distributions, clone: Path) -> None:
    """All snippets run in one process, as a reader pastes them; each prints the output below it."""
    mark = "-- end of snippet --"
    program = "".join(f"{code}\nprint({mark!r})\n" for code, _ in blocks("python"))
    (clone / "snippets.py").write_text(program, "utf-8")
    result = distributions.run(sys.executable, "snippets.py", cwd=clone)
    assert result.returncode == 0, result.stderr
    printed = result.stdout.split(f"{mark}\n")[:-1]
    assert printed == [output for _, output in blocks("python")]


def test_shell_snippets(distributions: Distributions, clone: Path) -> None:
    run = [(code, output) for code, output in blocks("sh") if code not in NOT_RUN]
    assert run
    for code, output in run:
        arguments = code.split()
        assert arguments[0] == "bakumoscow"
        published = distributions.run(sys.executable, "-m", *arguments, cwd=clone)
        assert published.returncode == 0, published.stderr
        passages = re.findall(r"\[(.*?)\]", output)
        assert passages
        assert all(f"[{passage}]" in published.stdout for passage in passages)


def test_shell_output_in_a_checkout() -> None:
    """If the article is available, the output is line for line that of the README."""
    from click.testing import CliRunner

    from bakumoscow.cli import main

    for code, output in blocks("sh"):
        if code.startswith("bakumoscow evidence"):
            assert CliRunner().invoke(main, code.split()[1:]).output == output
