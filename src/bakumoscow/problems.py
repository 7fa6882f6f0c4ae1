"""A problem in somebody's files: where it is, which rule it breaks, what is wrong and what to do."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bakumoscow.rules import RULES


@dataclass(frozen=True)
class Problem:
    """`file` is relative to the package; `row` counts the file's records from 0, `line` its lines from 1."""

    file: str
    column: str
    rule: str
    what: str
    remedy: str
    row: int | None = None
    line: int | None = None


class DataError(Exception):
    """What is wrong with the files, all of it; `skipped` names the checks that could not run because of it."""

    def __init__(self, problems: Sequence[Problem], skipped: str = "") -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)
        self.skipped = skipped


class UsageError(Exception):
    """The command cannot run: one sentence that says why and what to do."""


def problem(
    rule: str, file: str, column: str, *, row: int | None = None, line: int | None = None, **values: Any
) -> Problem:
    """A problem worded by its rule's two templates."""
    values = {"column": column} | values
    what, remedy = RULES[rule].what, RULES[rule].remedy
    return Problem(file, column, rule, what.format(**values), remedy.format(**values), row, line)


def nearest(value: str, candidates: Iterable[str], prefix: str = "; the nearest is ") -> str:
    """The near miss of a value in words, or nothing."""
    matches = get_close_matches(value, list(candidates), n=1, cutoff=0.6)
    return f"{prefix}{matches[0]}" if matches else ""


def table_file(table: str) -> str:
    """The path of a table's hand-coded file, relative to the package."""
    return f"data/{table}.csv"


def physical_lines(text: str) -> list[int]:
    """The line on which each record begins; the header is record 0. Quoted cells may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""))
    starts, previous = [], 0
    for record in reader:
        if record:
            starts.append(previous + 1)
        previous = reader.line_num
    return starts


@dataclass
class Located:
    """Turns records into lines; reads a file only when one of its problems is shown."""

    directory: Path
    _lines: dict[str, list[int]] = field(default_factory=dict)

    def line(self, item: Problem) -> int:
        if item.line is not None:
            return item.line
        if item.row is None:
            return 1
        if item.file not in self._lines:
            text = (self.directory / item.file).read_bytes().decode("utf-8-sig", errors="replace")
            self._lines[item.file] = physical_lines(text)
        return self._lines[item.file][item.row + 1]


def report(error: DataError, directory: Path, limit: int | None = 10) -> list[str]:
    """The lines shown to a person: sorted by file and line, at most `limit` of one rule in one file."""
    located = Located(directory)
    shown: list[str] = []
    hidden: dict[tuple[str, str], int] = {}
    counts: dict[tuple[str, str], int] = {}
    entries = sorted(
        {(item.file, located.line(item), item.column, item.rule, item.what, item.remedy) for item in error.problems}
    )
    for file, line, column, rule, what, remedy in entries:
        counts[file, rule] = counts.get((file, rule), 0) + 1
        if limit is not None and counts[file, rule] > limit:
            hidden[file, rule] = hidden.get((file, rule), 0) + 1
            continue
        shown.append(f"{file}:{line}:{column} [{rule}] {what} {remedy}")
    shown += [f"{file}: {count} more of [{rule}]" for (file, rule), count in hidden.items()]
    if error.skipped:
        shown.append(error.skipped)
    shown.append(f"{len(entries)} problem{'' if len(entries) == 1 else 's'}")
    return shown
