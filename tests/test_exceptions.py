"""exceptions.csv: what it sets aside is counted and hides nothing; what it gets wrong is said."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.pipeline.consequences import first_in_each_cell
from bakumoscow.pipeline.examine import UNJUDGED, examine
from bakumoscow.pipeline.fix import fixes, write
from bakumoscow.problem import Aside, Problem
from bakumoscow.rules import RULES
from tests.conftest import hashes
from tests.edits import make

ROW = {"rule": "count-value", "record_table": "casualties", "record_id": "deckhands-missing", "field": "count_best"}
REASON = {"reason": "Two and the cook."}
FILE = "data/exceptions.csv"
THREE = {"table": "casualties", "key": "deckhands-missing", "set": {"count_best": "3", "count_high": "3"}}


def run(package: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    given = {"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", "GITHUB_WORKSPACE": "", **environment}
    result = CliRunner().invoke(main, [*arguments, str(package)], env=given)
    return result.exit_code, result.stdout


def report(package: Path, form: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(package, "validate", "--format", form)[1])
    return found


def add(package: Path, **cells: str) -> None:
    make(package, {"table": "exceptions", "add": {**ROW, **REASON, **cells}})


@pytest.fixture
def warned(package: Path) -> Path:
    """A package with one warning."""
    make(package, THREE)
    return package


def test_the_report_for_programs_has_every_cell_of_an_exception(warned: Path) -> None:
    """Catches a warning that cannot be set aside by copying."""
    (found,) = report(warned, "json")["findings"]
    names = {"article_id": "article", "rule": "rule", "record_table": "table", "record_id": "row", "field": "column"}
    add(warned, **{name: found[key] for name, key in names.items()}, words=found["value"])
    assert run(warned, "validate", "--strict") == (0, "no problems; 1 warning set aside in data/exceptions.csv\n")


def test_people_are_told_of_the_file_where_there_are_warnings(warned: Path) -> None:
    hint = "A warning that is wrong can be set aside in data/exceptions.csv."
    code, text = run(warned, "validate")
    assert (code, text.splitlines()[1:]) == (0, [hint, "1 warning"])
    assert f"::notice::{hint}" in run(warned, "validate", "--format", "github")[1].splitlines()


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_what_is_set_aside_is_counted_and_not_listed(form: str, warned: Path, tmp_path: Path) -> None:
    """Catches a warning that is hidden without a word, and one that code scanning would show nevertheless."""
    add(warned)
    page = tmp_path / "summary.md"
    code, text = run(warned, "validate", "--strict", "--format", form, GITHUB_STEP_SUMMARY=str(page))
    assert code == 0
    if form == "github":
        assert text == "no problems; 1 warning set aside in data/exceptions.csv\n"
        assert text in page.read_text("utf-8")
        return
    found = json.loads(text)
    counts = found if form == "json" else found["runs"][0]["properties"]
    listed = found["findings"] if form == "json" else found["runs"][0]["results"]
    assert (counts["set_aside" if form == "json" else "setAside"], listed) == (1, [])


def test_the_file_may_be_absent(package: Path) -> None:
    header = (package / FILE).read_bytes().partition(b"\n")[0]
    (package / FILE).write_bytes(header + b"\n")
    with_header = examine(package).findings
    (package / FILE).unlink()
    assert examine(package).findings == with_header


def test_exceptions_change_nothing_that_is_published(package: Path) -> None:
    make(package, THREE)
    assert run(package, "build")[0] == 0
    before = hashes(package / "build") | hashes(package / "schemas")
    add(package)
    code, text = run(package, "build", "--check")
    assert (code, "everything is current" in text) == (0, True)
    assert hashes(package / "build") | hashes(package / "schemas") == before


def test_a_file_that_cannot_be_read_leaves_warnings_out(warned: Path) -> None:
    """Catches a hundred warnings for one quotation mark, and a warning that is left out without a word."""
    (warned / FILE).write_text(',"\n', "utf-8")
    found = report(warned, "json")
    assert (found["problems"], found["warnings"], found["skipped"]) == (1, 0, UNJUDGED)
    make(warned, {**THREE, "set": {"count_best": "2", "count_high": "2"}})
    assert report(warned, "json")["skipped"] is None


def test_a_warning_that_is_set_aside_hides_nothing_in_its_cell() -> None:
    """Catches a problem that nobody is shown any more: the first in a cell is set aside for good."""
    first, second = (
        Problem(RULES[rule], "data/events.csv", "date_edtf", row=1) for rule in ("formula-quoted", "level")
    )
    aside = Problem(first.rule, first.file, first.column, first.row, aside=Aside(0, (), True))
    assert first_in_each_cell([first, second]) == [first]
    assert first_in_each_cell([aside, second]) == [aside, second]
    assert first_in_each_cell([second, aside]) == [second, aside]
    assert first_in_each_cell([second], known=[aside]) == [second]


def test_a_rule_that_waits_for_a_warning_does_not_wait_for_one_that_is_set_aside(package: Path) -> None:
    """Catches a year that is never doubted because the words of its date were judged once."""
    make(package, {"table": "events", "key": "svala-raid", "set": {"date_edtf": "1986-03-03"}})
    (item,) = [item for item in examine(package).findings.items if item.is_warning]
    assert (item.rule.id, item.key) == ("date-words-value", "svala-raid")
    place = {"record_table": "events", "record_id": "svala-raid", "field": "date_edtf"}
    add(package, rule="date-words-value", **place)
    assert [item.rule.id for item in examine(package).findings.items] == ["year-inferred"]
    add(package, rule="year-inferred", **place)
    assert examine(package).findings.items == []
    make(package, {"table": "exceptions", "where": {"rule": "date-words-value"}, "delete": True})
    assert [item.rule.id for item in examine(package).findings.items] == ["date-words-value"], "the other waits"


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        ({"table": "casualties", "key": "deckhands-missing", "set": {"outcome": "gone"}}, "level"),
        ({"table": "claims", "key": "deckhands-missing-row", "set": {"quoted_text": "x"}}, "passage-missing"),
        ({"table": "sentences", "key": "3", "set": {"opening": "Durign"}}, "opening-missing"),
        ({"table": "articles", "key": "herring-quarrel", "set": {"sha256": "0" * 64}}, "article-changed"),
        ({"table": "casualties", "key": "deckhands-missing", "set": {"casualty_id": "deckhands-lost"}}, None),
    ],
)
def test_what_is_not_needed_waits_for_what_is_wrong(edit: dict[str, Any], rule: str | None, package: Path) -> None:
    """Catches a second line for one mistake: the warning may come back when it is corrected."""
    add(package)
    make(package, edit)
    findings = examine(package).findings
    rules = {item.rule.id for item in findings.items}
    assert "exception-unused" not in rules
    assert rule is None or rule in rules
    assert findings.skipped


def test_what_is_wrong_elsewhere_is_no_reason_to_wait(package: Path) -> None:
    add(package)
    make(package, {"table": "casualties", "key": "crash-deaths", "set": {"outcome": "gone"}})
    assert {item.rule.id for item in examine(package).findings.items} == {"level", "exception-unused"}


def test_only_so_many_warnings_are_looked_for(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a search for each of a thousand rows."""
    make(package, THREE)
    for number in (1, 2):
        add(package, record_id=f"deckhands-missing-{number}")
    details = [item.values["detail"] for item in examine(package).findings.items]
    assert details == ["a warning has the record_id 'deckhands-missing' instead"] * 2
    monkeypatch.setattr("bakumoscow.pipeline.set_aside.MEANT", 1)
    details = [item.values.get("detail") for item in examine(package).findings.items]
    assert details[0] == "a warning has the record_id 'deckhands-missing' instead"
    assert "the nearest is deckhands-missing" in str(details[1])


def test_fix_orders_and_cleans(package: Path) -> None:
    """Rows go by record in the order of the article; a package without the file gets none."""
    (package / FILE).unlink()
    write(package, fixes(package))
    assert not (package / FILE).exists()
    header = ["rule", "article_id", "record_table", "record_id", "field", "reason"]
    ids = ["crash-deaths", "deckhands-missing"]
    rows = [["count-value", "herring-quarrel", "casualties", key, "count_best", "A  reason. "] for key in ids]
    with (package / FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    assert list(fixes(package)) == [FILE]
    fixed = fixes(package)[FILE].decode().splitlines()
    assert fixed[0] == "article_id,rule,record_table,record_id,field,words,reason"
    assert [line.split(",")[3] for line in fixed[1:]] == ids[::-1]
    assert fixed[1].endswith(",count_best,,A  reason.")
    write(package, fixes(package))
    assert fixes(package) == {}
