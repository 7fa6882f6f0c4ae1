"""The README does what it says: its Python and shell snippets run against the installed wheel."""

import re
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Distributions, copy_package

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
README = (ROOT / "README.md").read_text("utf-8")
NOT_RUN = {
    "pip install .\n": "needs a package index; tests/test_package.py installs the wheel",
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
    return copy_package(tmp_path / "clone")


def test_python_snippets(distributions: Distributions, clone: Path) -> None:
    """All snippets in one process, as a reader pastes them; each prints what stands below it."""
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
    """Where the article is at hand the output is, line for line, the one in the README."""
    from click.testing import CliRunner

    from bakumoscow.cli import main

    for code, output in blocks("sh"):
        if code.startswith("bakumoscow evidence"):
            assert CliRunner().invoke(main, code.split()[1:]).output == output


def test_message_of_the_readme(package: Path) -> None:
    """The example of a problem is the real one."""
    from click.testing import CliRunner

    from bakumoscow.cli import main

    path = package / "data/casualties.csv"
    text = path.read_text("utf-8")
    assert text.count("38,38,38,38") == 1
    path.write_text(text.replace("38,38,38,38", "38,38,40,38"), "utf-8")
    lines = CliRunner().invoke(main, ["build", str(package)]).output.splitlines()
    assert f"   `{lines[0]}`" in README.splitlines()


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_failing_check_of_contributing(package: Path) -> None:
    """The two outputs that CONTRIBUTING shows are the real ones."""
    from click.testing import CliRunner

    from bakumoscow.cli import main

    for name, old, new in (
        ("casualties", "38,38,38,38", "38,38,40,38"),
        ("events", "Plane crash near Aktau,accident", "Plane crash near Aktau,acident"),
    ):
        path = package / f"data/{name}.csv"
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8", newline="\n")
    shown = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("```text\n")
    for form in ("text", "github"):
        output = CliRunner().invoke(main, ["validate", "--format", form, str(package)]).output
        assert any(block.startswith(output) for block in shown), output
