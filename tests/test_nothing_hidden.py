"""What is left out is explained by what is shown, within an article; nothing wrong in one article touches another."""

import csv
import io
import json
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.pipeline import check as checking
from bakumoscow.pipeline.examine import UNREAD, examine
from bakumoscow.problem import Problem
from bakumoscow.rules import RULES
from bakumoscow.rules.corpus import Corpus
from tests.conftest import copy_article
from tests.edits import ARTICLE, make
from tests.test_cases import CASES, FIRST, Case

OPTIONAL = ("casualties", "participants", "relations", "charges", "codes")
GLOBAL = {"code-label"}  # a code has one label in all articles
Found = tuple[Any, ...]


def by_key(case: Case) -> bool:
    """Whether a case changes cells and rows, and nothing of a file as such."""
    return all("table" in edit and edit.keys() & {"set", "add", "copy", "delete"} for edit in case.edit)


# A file whose rows cannot be told is a fault of the package, not of an article.
IN_ROWS = [case for case in CASES.values() if case.breaks and by_key(case) and case.skipped != UNREAD]
SOME = [case if case in FIRST else pytest.param(case, marks=pytest.mark.weekly) for case in IN_ROWS]
PROBLEMS = [case for case in IN_ROWS if any(RULES[rule].severity == "problem" for rule in case.rules)]


def found(directory: Path) -> set[Found]:
    """What an examination finds, without lines."""
    items = examine(directory).findings.items
    return {
        (item.rule.id, item.article, item.key, item.file, item.column, item.value, *map(str, _values(item)))
        for item in items
    }


def _values(item: Problem) -> list[Any]:
    return [value for name, value in item.values.items() if name != "other_line"]


def delete_rows(path: Path, is_deleted: Any) -> None:
    """Take rows out of a file."""
    header, *records = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
    text = io.StringIO(newline="")
    kept = [record for record in records if not is_deleted(dict(zip(header, record, strict=True)))]
    csv.writer(text, lineterminator="\n").writerows([header, *kept])
    path.write_bytes(text.getvalue().encode())


def empty(directory: Path, table: str) -> None:
    """Take away all rows of a table, with the claims and codes on them; their sentences are set aside."""
    delete_rows(directory / f"data/{table}.csv", lambda row: True)
    for others in {"claims", "codes"} - {table}:
        delete_rows(directory / f"data/{others}.csv", lambda row: row["record_table"] == table)


@pytest.fixture(scope="module", params=OPTIONAL)
def emptied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, set[Found]]:
    """A package with an optional table that is its header alone, and what is then found."""
    directory = copy_article(tmp_path_factory.mktemp("emptied") / "package")
    empty(directory, request.param)
    return request.param, directory, found(directory)


@pytest.mark.weekly
def test_an_empty_table_switches_no_rule_off(emptied: tuple[str, Path, set[Found]], tmp_path: Path) -> None:
    """Catches a slip that is no longer seen, or seen only as something else, once a table has no rows."""
    table, source, before = emptied
    unseen = []
    for case in PROBLEMS:  # warnings come after problems, and those of the rows are explained by them
        if any(edit["table"] == table or edit.get("where", {}).get("record_table") == table for edit in case.edit):
            continue
        package = Path(shutil.copytree(source, tmp_path / case.id.replace("/", "-")))
        try:
            for edit in case.edit:
                make(package, edit)
        except AssertionError:  # the row of the case is one of those that are gone
            continue
        if not found(package) - before:
            unseen.append(case.id)
        shutil.rmtree(package)
    assert unseen == []


@pytest.mark.parametrize("rule", ["actor-unused", "place-unused", "participant-missing"])
@pytest.mark.parametrize("table", OPTIONAL)
def test_an_empty_table_hides_no_absence(rule: str, table: str, tmp_path: Path) -> None:
    """Catches `no problems` where a row is missed, because a table that has no rows might have had it."""
    package = copy_article(tmp_path / "package")
    empty(package, table)
    case = next(case for case in CASES.values() if case.file == rule and case.breaks)
    if not any(edit["table"] == table for edit in case.edit):
        for edit in case.edit:
            make(package, edit)
        assert rule in {item.rule.id for item in examine(package).findings.items}


def hidden(directory: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Problem], list[Problem]]:
    """What the rules between tables find and what of it is not shown, and all that is shown."""
    every: list[Problem] = []
    real = checking.all_found

    def all_found(corpus: Corpus, rules: Sequence[Any]) -> dict[str, list[Problem]]:
        by_rule = real(corpus, rules)
        every.extend(item for items in by_rule.values() for item in items)
        return by_rule

    monkeypatch.setattr(checking, "all_found", all_found)
    shown = examine(directory).findings.items
    monkeypatch.undo()
    places = {(item.rule.id, item.file, item.key, item.column, item.article) for item in shown}
    left = [item for item in every if (item.rule.id, item.file, item.key, item.column, item.article) not in places]
    return left, shown


@pytest.mark.parametrize("case", SOME, ids=lambda case: case.id)
def test_what_is_hidden_is_explained(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a problem that is left out while nothing, or only a warning, is shown of its article."""
    package = copy_article(tmp_path / "package")
    for edit in case.edit:
        make(package, edit)
    left, shown = hidden(package, monkeypatch)
    problems = [item for item in shown if not item.is_warning]
    assert problems or not [item for item in left if not item.is_warning]
    articles = {item.article for item in problems}
    assert {item.article for item in left if item.article} <= {ARTICLE, *articles}


NAMES = [f"article-{number:02d}" for number in range(20)]


def copies(directory: Path, names: Iterable[str]) -> Path:
    """The test article's package with its first article several times, under names of their own."""
    source = copy_article(directory / "source")
    package = directory / "package"
    (package / "data").mkdir(parents=True)
    (package / "seeds").mkdir()
    for path in (source / "data").glob("*.csv"):
        header, *lines = path.read_text("utf-8").splitlines()
        body = [line for line in lines if line.startswith(f"{ARTICLE},")]
        text = "".join(f"{name}{line.removeprefix(ARTICLE)}\n" for name in names for line in body)
        (package / "data" / path.name).write_text(f"{header}\n{text}", "utf-8", newline="\n")
    for name in names:
        shutil.copy(source / f"seeds/{ARTICLE}.txt", package / f"seeds/{name}.txt")
    shutil.rmtree(source)
    return package


def of_article(edit: dict[str, Any], name: str) -> dict[str, Any]:
    """An edit of a case made in another article."""
    cells = {
        word: {column: name if value == ARTICLE else value for column, value in edit[word].items()}
        for word in ("set", "add", "copy", "where")
        if word in edit
    }
    where = {"where": {"article_id": name} | cells["where"]} if "where" in edit and "key" not in edit else {}
    key = {"key": name} if edit.get("key") == ARTICLE else {}
    return edit | {"article": name} | cells | where | key


def part(whole: Path, target: Path, names: Sequence[str]) -> Path:
    """The rows and texts of some of a package's articles; a row without a known article is of the row above it."""
    (target / "data").mkdir(parents=True)
    (target / "seeds").mkdir()
    for path in (whole / "data").glob("*.csv"):
        header, *records = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([header, *_of(header, records, names)])
        (target / "data" / path.name).write_bytes(text.getvalue().encode())
    for name in names:
        if (whole / f"seeds/{name}.txt").exists():
            shutil.copy(whole / f"seeds/{name}.txt", target / "seeds")
    return target


def _of(header: list[str], records: list[list[str]], names: Sequence[str]) -> Iterator[list[str]]:
    position, last = header.index("article_id"), ""
    for record in records:
        last = record[position] if record[position] in NAMES else last
        if last in names:
            yield record


LOCAL = [
    case
    for case in IN_ROWS
    if not case.rules & GLOBAL and not any("article" in edit or edit["table"] == "retired" for edit in case.edit)
]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.weekly) for seed in range(1, 6))])
def test_faults_of_one_article_leave_others_alone(seed: int, tmp_path: Path) -> None:
    """Catches a fault that hides or changes what is said of another article: twenty are spoiled, each by a case.

    They are examined as one package and in parts of several sizes.
    """
    chooser = random.Random(seed)
    whole = copies(tmp_path, NAMES)
    for name, case in zip(NAMES, chooser.sample(LOCAL, len(NAMES)), strict=True):
        for edit in case.edit:
            make(whole, of_article(edit, name))
    together = found(whole)
    assert len({item[1] for item in together}) >= len(NAMES) - 2, "nearly every article has a problem of its own"
    for size in (1, 7):
        apart: set[Found] = set()
        for start in range(0, len(NAMES), size):
            names = NAMES[start : start + size]
            apart |= found(part(whole, tmp_path / f"part-{size}-{start}", names))
        assert together - apart == set(), "said only of the whole"
        assert apart - together == set(), "said only of a part"


@pytest.mark.weekly
def test_eight_threads_find_what_one_finds(tmp_path: Path) -> None:
    """Catches state that two examinations share."""
    chooser = random.Random(8)
    packages = []
    for number, case in enumerate(chooser.sample(IN_ROWS, 8)):
        packages.append(copy_article(tmp_path / str(number)))
        for edit in case.edit:
            make(packages[-1], edit)
    alone = [found(package) for package in packages]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(found, packages)) == alone


def test_many_problems_of_one_kind_are_counted(tmp_path: Path) -> None:
    """Catches a report that grows with every copy of a row: programs are told how many there are."""
    package = copy_article(tmp_path / "package")
    path = package / "data/places.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, *[lines[1]] * 3_000]), "utf-8", newline="\n")

    def run(*options: str) -> str:
        return CliRunner().invoke(main, ["validate", *options, str(package)], env={"GITHUB_ACTIONS": ""}).stdout

    text = run().splitlines()
    assert "2990 more of [key-doubled]: `bakumoscow validate --all` shows them." in text
    assert sum("[key-doubled]" in line and line.startswith("data/places.csv:") for line in text) == 10
    assert sum(line.startswith("data/places.csv:") for line in run("--all").splitlines()) == 3_000
    report = json.loads(run("--format", "json"))
    assert (report["counts"], report["problems"], len(report["findings"])) == ({"key-doubled": 3_000}, 3_000, 1_000)
    assert len(json.loads(run("--format", "json", "--all"))["findings"]) == 3_000
    sarif = json.loads(run("--format", "sarif"))["runs"][0]
    assert [rule["properties"]["count"] for rule in sarif["tool"]["driver"]["rules"]] == [3_000]
    assert len(sarif["results"]) == 1_000


def test_a_long_value_is_shortened(tmp_path: Path) -> None:
    """Catches a message that prints a whole cell of any length; programs still get the cell."""
    package = copy_article(tmp_path / "package")
    note = "Much  " + "more " * 2_000 + "text"
    make(package, {"table": "articles", "key": ARTICLE, "set": {"note": note}})
    (item,) = examine(package).findings.items
    assert (item.rule.id, item.value) == ("spaces", note)
    result = CliRunner().invoke(main, ["validate", str(package)], env={"GITHUB_ACTIONS": ""})
    line = result.stdout.splitlines()[0]
    assert " … " in line
    assert len(line) < 500


def test_a_header_over_two_lines_is_named(tmp_path: Path) -> None:
    """Catches nine columns that are called missing because a name in quotation marks holds a line break."""
    package = copy_article(tmp_path / "package")
    path = package / "data/quotes.csv"
    path.write_bytes(path.read_bytes().replace(b"quote_id,", b'"quote\n_id",', 1))
    items = [item for item in examine(package).findings.items if item.file == "data/quotes.csv"]
    assert [(item.rule.id, item.line, item.column) for item in items] == [("cell-break", 1, "header")]


def test_two_byte_order_marks_are_named_and_mended(tmp_path: Path) -> None:
    """Catches a second mark that is taken for a part of the first column's name."""
    package = copy_article(tmp_path / "package")
    path = package / "data/quotes.csv"
    clean = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" * 2 + clean)
    (item,) = examine(package).findings.items
    assert (item.rule.id, item.file) == ("encoding", "data/quotes.csv")
    assert CliRunner().invoke(main, ["fix", "--yes", str(package)]).exit_code == 0
    assert path.read_bytes() == clean
    assert examine(package).findings.items == []
