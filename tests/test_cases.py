"""What breaks each rule, and what does not: every case of tests/cases/ is an edit and the exact output."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.rules import RULES
from tests.conftest import copy_article, hashes
from tests.edits import KEYS, file_of, make, row_of, rows

FOLDER = Path(__file__).parent / "cases"
SEVERAL = "several-rules"
PLACE = {"table", "file", "key", "article", "where", "line", "row", "column", "rule", "says"}


@dataclass(frozen=True)
class Case:
    """A case as its file has it; tests/cases/README.md explains the words."""

    file: str
    breaks: bool
    name: str
    what: str
    edit: list[dict[str, Any]]
    expect: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0
    skipped: str | None = None

    @property
    def id(self) -> str:
        return f"{self.file}/{self.name}"

    @property
    def rules(self) -> set[str]:
        return {item["rule"] for item in self.expect}


def load() -> dict[str, Case]:
    """Every case by its id, those that break a rule first in each file."""
    found = [
        Case(path.stem, kind == "breaks", **entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for kind, entries in sorted(tomllib.loads(path.read_text("utf-8")).items())
        for entry in entries
    ]
    assert len({case.id for case in found}) == len(found), "two cases of one file have the same name"
    return {case.id: case for case in found}


CASES = load()


# The first case of each rule that breaks it, and the first that passes.
FIRST = list({(case.file, case.breaks): case for case in reversed(CASES.values())}.values())


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit code of a command and what it prints."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout


def validate(directory: Path) -> tuple[int, dict[str, Any]]:
    """The exit code of `validate`, and what it says for programs."""
    code, text = run("validate", "--format", "json", directory)
    return code, json.loads(text)


def place(directory: Path, item: Mapping[str, Any]) -> tuple[str, int, str, str, str | None]:
    """Where an expected problem is, and its rule and the key of its row, as the report gives them."""
    key = item.get("row", item.get("key"))
    return file_of(item), line_of(directory, item), item["column"], item["rule"], key


def line_of(directory: Path, item: Mapping[str, Any]) -> int:
    """The line of an expected problem: where its row begins in the spoiled file, or the line that it gives, or 1."""
    is_row = "key" in item or "where" in item
    return row_of(directory, item).first if is_row else item.get("line", 1)


def said(directory: Path, sentence: str) -> str:
    """A message with its braces replaced by numbers: the line of a row, the number of a table's columns."""

    def number(match: re.Match[str]) -> str:
        table, key, difference = match.groups()
        header, *others = rows(directory / "data" / f"{table}.csv")
        if key:
            return str(next(row.first for row in others if row.cells.get(KEYS[table][-1]) == key))
        return str(len(header.cells) + int(difference or 0))

    return re.sub(r"\{(\w+)(?:/([^{}]+)|([+-]\d+))?\}", number, sentence)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Catches a slip that is not seen, or is shown twice or elsewhere or in other words, or is published."""
    package = request.getfixturevalue("package") if case in FIRST else copy_article(tmp_path / "sources")
    before = hashes(package)
    for edit in case.edit:
        make(package, edit)
    spoiled = hashes(package)
    assert spoiled != before, "the edits change nothing"
    code, report = validate(package)
    found = report["findings"]
    places = [(item["file"], item["line"], item["column"], item["rule"], item["row"]) for item in found]
    assert places[: len(places) - case.more] == [place(package, item) for item in case.expect]
    assert {item["rule"] for item in found} == case.rules
    for item, wanted in zip(found, case.expect, strict=False):
        if "says" in wanted:
            assert f"{item['what']} {item['remedy']}" == said(package, wanted["says"])
    assert report["skipped"] == case.skipped
    is_problem = any(RULES[rule].severity == "problem" for rule in case.rules)
    assert code == (1 if is_problem else 0)
    if case not in FIRST:  # the other commands look at the same findings: one case of each kind and rule is enough
        return
    if is_problem:
        assert run("build", package)[0] == 1
        assert hashes(package) == spoiled
    else:
        assert run("validate", "--strict", package)[0] == (1 if case.expect else 0)


def test_every_rule_is_shown() -> None:
    """Catches a rule that no case of its own file breaks or whose message none has, and a file named after no rule."""
    shown, worded = set(), set()
    for case in CASES.values():
        shown |= {case.file} & case.rules
        worded |= {item["rule"] for item in case.expect if "says" in item}
    assert shown == worded == RULES.keys()
    assert {path.stem for path in FOLDER.glob("*.toml")} == RULES.keys() | {SEVERAL}


def test_every_rule_lets_pass() -> None:
    """Catches a rule whose file has no case that comes close to breaking it without being a mistake."""
    assert RULES.keys() - {case.file for case in CASES.values() if not case.breaks} == set()


def test_cases_are_well_formed() -> None:
    """Catches a case in the wrong file or list, and a word in an expected problem that nothing reads."""
    for case in CASES.values():
        assert case.breaks == bool(case.expect), case.id
        assert not case.breaks or case.rules == {case.file} or (len(case.rules) > 1 and case.file == SEVERAL), case.id
        for item in case.expect:
            assert item.keys() <= PLACE, case.id
            assert "line" not in item or not item.keys() & {"key", "where"}, case.id
