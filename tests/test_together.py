"""All cases at once: a package in which each article is spoiled by a case, and each is answered as if it were alone.

It is also the quickest way to ask everything of the rules: `make mutants` runs it for each mutant.
"""

import atexit
import csv
import io
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from bakumoscow.pipeline.examine import UNREAD, examine
from bakumoscow.reports.wording import words
from tests.conftest import copy_article
from tests.edits import ARTICLE, make
from tests.test_cases import CASES, Case, place, said

SEED = f"seeds/{ARTICLE}.txt"
GLOBAL = {"code-label"}  # a code has one label in all articles
ROWS = {"set", "add", "copy", "delete"}
Place = tuple[str, str, str, str | None, str]  # file, column, rule, row, and what is said


def is_local(edit: dict[str, Any]) -> bool:
    """Whether an edit changes rows or words of the first article, and not which article they are of."""
    cells = {column: value for word in ("set", "add", "copy") for column, value in edit.get(word, {}).items()}
    is_of_rows = "table" in edit and edit["table"] != "retired" and edit.keys() & ROWS
    is_of_text = edit.get("file") == SEED and "find" in edit
    is_of_another = "article" in edit or (edit.get("table") == "articles" and edit.get("key") != ARTICLE)
    is_named = "article_id" in cells or ARTICLE in cells.values()  # and has another name here
    return bool(is_of_rows or is_of_text) and not is_of_another and not is_named


TOGETHER = [
    case
    for case in CASES.values()
    if all(map(is_local, case.edit))
    and case.skipped != UNREAD
    and not (case.rules | {case.file}) & GLOBAL
    and not case.more
]
FIRST = {case.file: case for case in reversed(TOGETHER)}  # one of each rule
ORDERED = [*FIRST.values(), *(case for case in TOGETHER if case not in FIRST.values())]
AT_ONCE = 64
PARTS = range(0, len(ORDERED), AT_ONCE)
OTHERS = [
    case for case in CASES.values() if case not in TOGETHER and case.skipped != UNREAD and case.file != "file-size"
]


def records(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


def spoiled(case: Case, name: str, directory: Path, tables: dict[str, list[list[str]]], seeds: Path) -> set[Place]:
    """Add the first article, under a name of its own and spoiled by a case, to the tables; what is expected of it."""
    package = copy_article(directory / name)
    for edit in case.edit:
        make(package, edit)
    for path in (package / "data").glob("*.csv"):
        header, *rows = records(path)
        tables.setdefault(path.name, [header])
        tables[path.name] += [[name, *row[1:]] for row in rows if row[0] == ARTICLE and path.name != "retired.csv"]
    (seeds / f"{name}.txt").write_bytes((package / SEED).read_bytes())
    expected = set()
    for item in case.expect:
        file, _, column, rule, row = place(package, item)
        says = item.get("says", "")
        is_of_its_own = "{" in says or ARTICLE in says
        expected.add((file, column, rule, name if row == ARTICLE else row, "" if is_of_its_own else says))
    return expected


@cache
def together(start: int) -> tuple[Path, dict[str, set[Place]]]:
    """A package of some cases, made once in a process, and what is expected of each of its articles."""
    folder = Path(mkdtemp(prefix="together-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    package = folder / "package"
    (package / "data").mkdir(parents=True)
    (package / "seeds").mkdir()
    tables: dict[str, list[list[str]]] = {}
    expected = {}
    for number, case in enumerate(ORDERED[start : start + AT_ONCE], start):
        name = f"case-{number}"
        expected[name] = spoiled(case, name, folder / "each", tables, package / "seeds")
    for file, rows in tables.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        (package / "data" / file).write_bytes(text.getvalue().encode())
    return package, expected


@pytest.mark.parametrize("start", PARTS)
def test_every_case_is_answered_beside_others(start: int) -> None:
    """Catches a fault that hides or changes what is said of another article, and every weakening of a rule."""
    package, expected = together(start)
    found: dict[str, set[Place]] = {name: set() for name in expected}
    for item in examine(package).findings.items:
        found[item.article or ""].add((item.file, item.column, item.rule.id, item.key or None, words(item)))
    wrong = [name for name in expected if not _agree(found[name], expected[name])]
    assert [ORDERED[int(name.removeprefix("case-"))].id for name in wrong] == []


@cache
def alone() -> list[tuple[Case, Path]]:
    """The packages of the other cases: of files, of another article, of an article's id."""
    folder = Path(mkdtemp(prefix="alone-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    packages = []
    for case in OTHERS:
        packages.append((case, copy_article(folder / case.id.replace("/", "-"))))
        for edit in case.edit:
            make(packages[-1][1], edit)
    return packages


@pytest.mark.weekly  # tests/test_cases.py tries them, too, but takes longer
def test_the_other_cases_are_answered_alone() -> None:
    """Catches the same in packages of their own."""
    wrong = []
    for case, package in alone():
        items = examine(package).findings.items
        found = [(item.file, item.line, item.column, item.rule.id, item.key or None) for item in items]
        expected = [(place(package, item), said(package, item.get("says", ""))) for item in case.expect]
        if found[: len(found) - case.more] != [where for where, _ in expected] or not all(
            says in ("", words(item)) for item, (_, says) in zip(items, expected, strict=False)
        ):
            wrong.append(case.id)
    assert wrong == []


def _agree(found: set[Place], expected: set[Place]) -> bool:
    """Whether the same is said at the same places; the sentence counts where a case has it."""
    worded = {item[:-1]: item[-1] for item in expected}
    return {item[:-1] for item in found} == worded.keys() and all(worded[item[:-1]] in ("", item[-1]) for item in found)
