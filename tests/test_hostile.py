"""Packages that somebody made to do harm: paths, links, sizes, and words that command a program."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bakumoscow.cli import main
from bakumoscow.model.table import table_file
from bakumoscow.model.tables import TABLES as MODELS
from bakumoscow.pipeline.boundary import ARTICLE_LIMIT, TABLE_LIMIT
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.publish import LOCK, STAGING
from bakumoscow.pipeline.read import hand_coded
from bakumoscow.problem import UsageError
from bakumoscow.reports import FORMATS
from bakumoscow.reports.github import step_summary
from bakumoscow.reports.wording import what
from bakumoscow.terminal import printable
from tests.conftest import hashes

ARTICLE = "herring-quarrel"
SECRET = "the words of somebody else's file"
# Each begins as a spreadsheet's formula or holds what a browser, terminal, log or template would obey.
PAYLOADS = {
    "formula": '=HYPERLINK("http://example.org";"x")',
    "minus": "-1+1|' /C calc'!A0",
    "at": "@SUM(A1:A9)",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markdown": "](javascript:alert(1)) ![x](http://example.org/x.png) | `x` | x",
    "terminal": "x\x1b]0;title\x07\x1b[2J\x9b31m y",
    "direction": "x\u202egnp.exe\u2066 y",
    "workflow": "::error file=x::y ##[add-mask]x %0A::warning::z",
    "lines": "x\n::add-mask::y\r\n::error::z",
    "template": "{value} {0.__class__} %s %(x)s {{7*7}} ${{ github.token }}",
}
COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^\\s*::|##\\[", re.MULTILINE)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""})


def records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def save(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode())


def rename_article(package: Path, name: str) -> None:
    for path in (package / "data").glob("*.csv"):
        rows = records(path)
        save(path, [rows[0], *([name, *row[1:]] for row in rows[1:])])


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "../../secret",
        "/secret",
        "..\\secret",
        "C:\\secret",
        "secret\x00",
        "a/b",
        ".",
        "x" * 300,
        "ｓecret",
    ],
)
def test_article_id_that_is_a_path(name: str, package: Path) -> None:
    """Catches a file that is read because an id names it: its hash would be printed."""
    for folder in (package, package.parent):
        (folder / "secret.txt").write_text(SECRET)
    rename_article(package, name)
    result = run("validate", str(package))
    assert result.exit_code == 1
    assert "article-changed" not in result.output
    assert run("build", str(package)).exit_code == 1


@pytest.mark.parametrize("file", ["data/events.csv", "data/retired.csv", f"seeds/{ARTICLE}.txt", "seeds/stray.txt"])
def test_link_to_a_file_outside_is_not_read(file: str, package: Path) -> None:
    """Catches somebody's private file shown in the log of a pull request."""
    secret = package.parent / "secret"
    secret.write_text(f"article_id,{SECRET}\n")
    (package / file).unlink(missing_ok=True)
    (package / file).symlink_to(secret)
    before = hashes(package / "build")
    for command in (["validate"], ["validate", "--format", "json"], ["build"], ["build", "--check"], ["fix", "--yes"]):
        result = run(*command, str(package))
        assert isinstance(result.exception, SystemExit | None)
        assert SECRET not in result.output
    found = {(item.file, item.rule.id) for item in examine(package).findings.items}
    assert (file, "article-unlisted" if "stray" in file else "file-link") in found
    assert (package / file).is_symlink()
    assert secret.read_text() == f"article_id,{SECRET}\n"
    assert hashes(package / "build") == before


@pytest.mark.parametrize("folder", ["data", "seeds", "build", "build/csv", "build/parquet", "schemas"])
@pytest.mark.parametrize("command", [["build"], ["build", "--check"], ["validate"], ["fix", "--yes"]], ids=" ".join)
def test_folder_that_is_elsewhere(command: list[str], folder: str, package: Path) -> None:
    """Catches files that are written outside of the package."""
    outside = package.parent / "outside"
    (package / folder).rename(outside)
    (package / folder).symlink_to(outside)
    (outside / "mine.csv").write_text(SECRET)
    before = hashes(outside)
    result = run(*command, str(package))
    concerned = command[0] == "build" or folder in ("data", "seeds")
    assert result.exit_code == (2 if concerned else 0)
    assert ("leads out of the package" in result.output) == concerned
    assert SECRET not in result.output
    assert hashes(outside) == before


@pytest.mark.parametrize("file", ["build/csv/events.csv", "build/parquet/events.parquet", "CODEBOOK.md"])
def test_link_in_the_place_of_an_output_is_replaced_unread(file: str, package: Path) -> None:
    """Catches a build that writes through a link, and a difference that shows what it leads to."""
    outside = package.parent / "outside"
    outside.write_text(SECRET)
    before = hashes(package)
    (package / file).unlink()
    (package / file).symlink_to(outside)
    result = run("build", "--check", str(package))
    assert result.exit_code == 1
    assert f"{file}: a link" in result.output
    assert SECRET not in result.output
    build(package)
    assert hashes(package) == before
    assert outside.read_text() == SECRET


@pytest.mark.parametrize("place", [STAGING, f"{STAGING}/{LOCK}", f"{STAGING}/build"])
def test_link_in_the_staging_folder(place: str, package: Path) -> None:
    """Catches a build that empties or writes what a link leads to."""
    outside = package.parent / "outside"
    outside.mkdir()
    (outside / "mine.csv").write_text(SECRET)
    target = outside if place != f"{STAGING}/{LOCK}" else outside / "mine.csv"
    (package / place).parent.mkdir(exist_ok=True)
    (package / place).symlink_to(target)
    (package / "build/csv/events.csv").unlink()
    result = run("build", str(package))
    assert result.exit_code == (0 if place.endswith("/build") else 2)
    assert (outside / "mine.csv").read_text() == SECRET
    assert [path.name for path in outside.iterdir()] == ["mine.csv"]


def test_links_that_lead_in_a_circle(package: Path) -> None:
    path = package / "data/events.csv"
    path.unlink()
    path.symlink_to("events.csv")
    assert "[file-missing]" in run("validate", str(package)).output


@pytest.mark.parametrize(("file", "limit"), [("data/quotes.csv", TABLE_LIMIT), (f"seeds/{ARTICLE}.txt", ARTICLE_LIMIT)])
def test_a_file_that_is_too_large_is_not_read(
    file: str, limit: int, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, from the size alone; the file takes no room on the disk."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        assert path != package / file, "the file is read"
        return real(path)

    os.truncate(package / file, limit + 1)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    found = [item for item in examine(package).findings.items if item.rule.id == "file-size"]
    assert [(item.file, item.line) for item in found] == [(file, 1)]
    assert f"the file has {limit + 1:,} bytes, but the limit is {limit:,}." in what(found[0])
    assert len(run("validate", str(package)).output.splitlines()) <= 3
    assert run("fix", "--yes", str(package)).exit_code == 0
    assert (package / file).stat().st_size == limit + 1


def test_a_file_of_just_the_size_is_read(package: Path) -> None:
    """Catches a limit that is one too low."""
    os.truncate(package / f"seeds/{ARTICLE}.txt", ARTICLE_LIMIT)
    assert {item.rule.id for item in examine(package).findings.items} == {"article-changed"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_that_command_a_program(payload: str, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every column of free text in every report: no terminal, log, browser or template obeys what a cell says."""
    for name, value in (("SERVER_URL", "https://github.com"), ("REPOSITORY", "a/b"), ("SHA", "c0ffee")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    for table, model in MODELS.items():
        path = package / table_file(table)
        rows = records(path)
        free = [column.name for column in model.typed if column.type.name == "text"] + ["opening"]
        for number, name in enumerate((name for name in hand_coded(model) if name in free), start=1):
            rows[1 + number % (len(rows) - 1)][rows[0].index(name)] = PAYLOADS[payload]
        save(path, rows)
    findings = examine(package).findings
    assert {table_file(table) for table in MODELS} <= {item.file for item in findings.items if not item.is_warning}
    for form, report in FORMATS.items():
        lines = report(findings, None)
        if form in ("json", "sarif"):
            assert json.loads("\n".join(lines))
            assert "\n".join(lines).isascii()
        elif form == "github":
            assert all(re.match("::(error|warning|notice)( |::)|[0-9]+ (problem|warning)", line) for line in lines)
            assert not any(COMMANDS.search(line.partition("::")[2].partition("::")[2]) for line in lines)
        else:
            plain = [re.sub("\x1b\\[[0-9]*m", "", line) for line in lines]
            assert not any(COMMANDS.search(line) or "\n" in line for line in plain)
    summary = step_summary(findings)
    assert "<" not in summary
    assert not COMMANDS.search(summary)
    page = "https://github.com/a/b/blob/c0ffee/CODEBOOK.md"
    assert set(re.findall(r"\]\(([^)]*)\)", summary)) == {f"{page}#{item.rule.id}" for item in findings.items}


@pytest.mark.parametrize("column", ["label", "note"])
def test_formulas_of_the_coder_are_refused(column: str, package: Path) -> None:
    """No published cell of the coder's own text begins as a formula; words of an article may, with a warning."""
    table = {"label": "events", "note": "claims"}[column]
    path = package / table_file(table)
    rows = records(path)
    rows[1][rows[0].index(column)] = PAYLOADS["formula"]
    save(path, rows)
    assert {item.rule.id for item in examine(package).findings.items} == {"formula"}


def test_markup_that_is_published_is_data(package: Path) -> None:
    """A label may hold markup; it reaches the tables, quoted, and no page or descriptor.

    The codebook shows some values of each column: none that holds markup or would break its row.
    """
    path = package / "data/events.csv"
    header, *rows = records(path)
    label, key = header.index("label"), header.index("event_id")
    spoiled = cycle([PAYLOADS["script"] + ' "x", y', "a | b", "a `b` c", "&lt;b&gt; c", "a\\"])
    for row in rows[:-2]:
        row[label] = next(spoiled)
    save(path, [header, *rows])
    build(package)
    published_header, *published = records(package / "build/csv/events.csv")
    names = [published_header.index(name) for name in ("event_id", "label")]
    assert sorted([row[name] for name in names] for row in published) == sorted([row[key], row[label]] for row in rows)
    for name in ("CODEBOOK.md", "datapackage.json", "datapackage-parquet.json"):
        assert "alert(1)" not in (package / name).read_text("utf-8")
    lines = (package / "CODEBOOK.md").read_text("utf-8").splitlines()
    [shown] = [line for line in lines if line.startswith("| `label` | text | coder |")]
    assert shown.endswith(f"| `{rows[-2][label]}`, `{rows[-1][label]}` |")


def test_difference_of_a_spoiled_file_commands_nothing(package: Path) -> None:
    (package / "CODEBOOK.md").write_text(f"{PAYLOADS['terminal']}\n::error::x\n ##[error]x\n", "utf-8")
    result = run("build", "--check", str(package))
    assert result.exit_code == 1
    assert not COMMANDS.search(result.output)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("\x1b[31mred\n", "\\x1b[31mred\\n"),
        ("  ::error::x", "  :\\:error::x"),
        ("a ##[error]x", "a ##\\[error]x"),
        ("a::b #[x] “Баку” Ärger", "a::b #[x] “Баку” Ärger"),
        ("\udcff", "\\udcff"),
    ],
)
def test_printable(words: str, shown: str) -> None:
    assert printable(words) == shown


def test_name_of_a_file_that_is_no_text(package: Path) -> None:
    """Catches a traceback from a name that cannot be printed."""
    name = os.fsdecode(b"\xff\x1b[2J.csv")
    try:
        (package / "data" / name).write_text("x")
    except OSError:
        pytest.skip("the file system takes only names that are text")
    for form in FORMATS:
        result = run("validate", "--format", form, str(package))
        assert (result.exit_code, type(result.exception)) == (1, SystemExit)
        assert "xff" in result.output
        assert "\x1b" not in result.output


def test_terminal_without_the_characters(package: Path) -> None:
    """Catches a traceback where the output does not take every character, as a pipe on Windows does not."""
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "bakumoscow", "evidence", "actors", "russian-foreign-ministry", "name"]
    result = subprocess.run(command, env=environment, capture_output=True)
    assert result.returncode == 0, result.stderr
    assert b"Russia\\u2019s foreign ministry" in result.stdout


@pytest.mark.parametrize("name", ["datapackage.json", "datapackage-parquet.json"])
def test_descriptor_of_another_package_is_not_overwritten(name: str, package: Path) -> None:
    (package / name).write_text('{"name": "mine"}')
    before = hashes(package)
    with pytest.raises(UsageError, match="was not written by bakumoscow"):
        build(package)
    assert hashes(package) == before
