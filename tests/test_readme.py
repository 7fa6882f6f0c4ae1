"""The README is right: each of its blocks runs by itself, against the installed wheel, and prints what it promises."""

import json
import re
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import bakumoscow
from bakumoscow.cli import main
from tests.conftest import ROOT, Distributions, copy_package
from tools.release import TRAP

BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$(?:\n\n^ *```text\n(.*?)^ *```$)?", re.MULTILINE | re.DOTALL)
README = (ROOT / "README.md").read_text("utf-8")
INSTALL = "python3 -m venv ../venv-bakumoscow && . ../venv-bakumoscow/bin/activate\npip install .\n"
NOT_RUN = {
    INSTALL: "needs a package index; tests/test_package.py installs the wheel",
    "make build\nmake test\n": "the tests run inside the second; CI runs both on a clean checkout",
}
WIDTH = 80  # of what is printed


def blocks(language: str) -> list[tuple[str, str]]:
    """The code and the promised output of each block of a language."""
    return [
        (textwrap.dedent(code), textwrap.dedent(output))
        for _, found, code, output in BLOCK.findall(README)
        if found == language
    ]


def test_blocks_are_found() -> None:
    """Catches a pattern that matches nothing, which would make the other tests pass for nothing."""
    assert len(blocks("python")) >= 15
    assert {code for code, _ in blocks("sh")} >= set(NOT_RUN)
    assert len(TRAP.findall(README)) == 5


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of this repository's own package."""
    return copy_package(tmp_path / "clone")


def test_python_blocks(distributions: Distributions, clone: Path) -> None:
    """Catches a block that needs another one, or prints something else than the README shows."""
    code = [code for code, _ in blocks("python")]
    program = f"""
import contextlib, io, json, warnings
warnings.simplefilter("ignore")
for code in {code!r}:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, {{}})
    print(json.dumps(printed.getvalue()))
"""
    (clone / "blocks.py").write_text(program, "utf-8")
    result = distributions.run(sys.executable, "blocks.py", cwd=clone)
    assert result.returncode == 0, result.stderr
    assert [json.loads(line) for line in result.stdout.splitlines()] == [output for _, output in blocks("python")]


def test_what_is_printed_fits() -> None:
    """Catches output that a terminal would wrap; a citation is no table."""
    lines = [line for code, output in blocks("python") if "cite(" not in code for line in output.splitlines()]
    assert [line for line in lines if len(line) > WIDTH] == []


def test_shell_blocks(distributions: Distributions, clone: Path) -> None:
    """Without the article a command prints the passages of the README; with it, line for line the same."""
    for code, output in blocks("sh"):
        if code not in NOT_RUN:
            published = distributions.run(sys.executable, "-m", *code.split(), cwd=clone)
            assert published.returncode == 0, published.stderr
            assert re.findall(r"\[.*?\]", output) == re.findall(r"\[.*?\]", published.stdout) != []
            assert CliRunner().invoke(main, code.split()[1:]).output == output


@pytest.mark.parametrize(("line", "wrong", "call", "right"), TRAP.findall(README))
def test_traps(line: str, wrong: str, call: str, right: str) -> None:
    """Catches a trap that is none, and a call that falls into it."""
    names = {name: getattr(bakumoscow, name) for name in ("load", "totals", "timeline", "dyads")}
    assert _said(eval(line, names)) == wrong
    assert _said(eval(call, names)) == right
    assert wrong != right


def _said(number: object) -> str:
    return "missing" if pd.isna(number) else str(number)  # type: ignore[call-overload]


def test_the_diagram_has_every_table_with_its_rows() -> None:
    (diagram,) = (text for _, _, text, _ in BLOCK.findall(README) if "events 23" in text)
    counts = {name: int(rows) for name, rows in re.findall(r"([a-z]+) (\d+)", diagram)}
    assert counts == {name: len(frame) for name, frame in bakumoscow.load_all().items()}


def test_every_function_and_command_is_named() -> None:
    names = {name for name in bakumoscow.__all__ if name.islower()} | set(main.commands)
    assert [
        name for name in names if not re.search(rf"`(bakumoscow )?{name}[`( ]|^bakumoscow {name} ", README, re.M)
    ] == []
