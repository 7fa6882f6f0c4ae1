"""The README is right: its Python and shell snippets run against the installed wheel.

What CONTRIBUTING quotes is what the commands print and what is in `data/`.
"""

import re
import shutil
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import ROOT, Distributions, copy_package

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FIRST = "has-russia-lost-azerbaijan"
COUNTS = ("casualties", "38,38,38,38", "38,38,40,38")
LEVEL = ("events", "Plane crash near Aktau,accident", "Plane crash near Aktau,acident")
RETIRED = ("retired", "note\n", f"note\n{FIRST},events,crash-funerals,Renamed to funerals.\n")
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


def output(package: Path, *arguments: str) -> str:
    """What a command prints about a package."""
    from click.testing import CliRunner

    from bakumoscow.cli import main

    return CliRunner().invoke(main, [*arguments, str(package)]).output


def spoil(package: Path, *slips: tuple[str, str, str]) -> None:
    """Make slips in tables, each in a text that occurs there once."""
    for name, old, new in slips:
        path = package / f"data/{name}.csv"
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8", newline="\n")


def test_message_of_the_readme(clone: Path) -> None:
    """The example of a problem is the real one."""
    spoil(clone, COUNTS)
    lines = output(clone, "build").splitlines()
    assert f"   `{lines[0]}`" in README.splitlines()


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", README + CONTRIBUTING):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_headings_that_are_linked() -> None:
    """A link to a place within a page of this folder names a heading of that page."""
    for page, text in (("README.md", README), ("CONTRIBUTING.md", CONTRIBUTING)):
        for target, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", text):
            found = re.findall(r"^#+ (.+)$", (ROOT / (target or page)).read_text("utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in found}, heading


def quoted(language: str) -> list[str]:
    """The fenced blocks of CONTRIBUTING in a language, in their order."""
    return [textwrap.dedent(block) for _, found, block in FENCED.findall(CONTRIBUTING) if found == language]


def test_output_in_contributing(clone: Path, tmp_path: Path) -> None:
    """Every output that CONTRIBUTING quotes is the one that the command prints today."""
    copies = [Path(shutil.copytree(clone, tmp_path / name)) for name in ("one", "two", "retired")]
    spoil(copies[0], COUNTS)
    spoil(copies[1], COUNTS, LEVEL)
    spoil(copies[2], RETIRED)
    assert quoted("text") == [
        output(copies[0], "build"),
        output(copies[1], "validate", "--format", "text"),
        output(copies[1], "validate", "--format", "github"),
        output(copies[2], "validate", "--format", "text"),
    ]


def test_rows_in_contributing() -> None:
    """The sentence worked through is coded in data/ exactly as it is shown, with every claim on it."""
    shown = [block.splitlines() for block in quoted("csv")]
    tables = [path.read_text("utf-8").splitlines() for path in (ROOT / "data").glob("*.csv")]
    of_header = {lines[0]: lines for lines in tables}
    assert shown
    for header, *rows in shown:
        assert rows
        assert not set(rows) - set(of_header[header]), "data/ has changed: correct the sentence worked through"
    claims = next(lines for lines in tables if lines[0].startswith("article_id,claim_id,"))
    on_sentence = [line for line in claims if line.startswith(f"{FIRST},") and ",27," in line]
    assert shown[-1][1:] == on_sentence


def test_nothing_else_is_quoted_in_contributing() -> None:
    """Catches a block that no test here reads."""
    assert {language for _, language, _ in FENCED.findall(CONTRIBUTING)} == {"text", "csv"}
