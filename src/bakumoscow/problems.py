"""A problem in somebody's files: where it is, which rule it breaks, what is wrong and what to do."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bakumoscow.rules import RULES

csv.field_size_limit(2**31 - 1)  # a cell may be longer than the 128 KiB that the module allows; C long on Windows
# Cyrillic and Greek letters that look like Latin ones.
LOOKALIKES = str.maketrans("асеорхуіѕјАСЕНКМОРТХВΑΒΕΗΙΚΜΝΟΡΤΧο", "aceopxyisjACEHKMOPTXBABEHIKMNOPTXo")


OTHER_LINE = "\x1e"  # stands in `what` for the line of the other row, until the lines are known


@dataclass(frozen=True)
class Problem:
    """`file` is relative to the package; `row` counts the file's records from 0, `line` its lines from 1.

    `key` is the row's id within its article and `value` the cell as text, where there is one; `other` is
    the file and row whose line `what` names.
    """

    file: str
    column: str
    rule: str
    what: str
    remedy: str
    row: int | None = None
    line: int | None = None
    key: str = ""
    value: str | None = None
    other: tuple[str, int] | None = None

    @property
    def severity(self) -> str:
        return RULES[self.rule].severity

    @property
    def mark(self) -> str:
        """The rule as a line shows it."""
        return f"[{self.rule}, warning]" if self.severity == "warning" else f"[{self.rule}]"

    @property
    def words(self) -> str:
        """What is wrong and what to do."""
        return f"{self.what} {self.remedy}"


class UsageError(Exception):
    """The command cannot run: one sentence that says why and what to do."""


def problem(
    rule: str,
    file: str,
    column: str,
    *,
    row: int | None = None,
    line: int | None = None,
    key: str = "",
    other_row: tuple[str, int] | None = None,
    **values: Any,
) -> Problem:
    """A problem worded by its rule's two templates; `{other_line}` is the line of `other_row`."""
    values["other_line"] = OTHER_LINE
    values = {"column": column} | values
    what, remedy = (template.format(**values) for template in (RULES[rule].what, RULES[rule].remedy))
    value = values.get("value")
    value = None if value is None else str(value)
    return Problem(file, column, rule, what, remedy, row, line, key, value, other_row)


def nearest(value: str, candidates: Iterable[str | None], prefix: str = "; the nearest is ") -> str:
    """The near miss of a value in words, or nothing; capitals and letters of other scripts count as those they show."""
    plain = {candidate.casefold(): candidate for candidate in candidates if candidate}
    matches = get_close_matches(value.translate(LOOKALIKES).casefold(), plain, n=1, cutoff=0.6)
    return f"{prefix}{plain[matches[0]]}" if matches else ""


def table_file(table: str) -> str:
    """The path of a table's hand-coded file, relative to the package."""
    return f"data/{table}.csv"


def records_with_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is no blank line, and the line on which it begins: quoted cells may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""))
    previous = 0
    for record in reader:
        if record:
            yield previous + 1, record
        previous = reader.line_num


def located(problems: Iterable[Problem], directory: Path, ids: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """The problems with their lines and the ids of their rows, each once, sorted by file and line.

    `ids` names for each file the column that holds a row's id and the noun for a row. A file is read only
    if a problem in it has a row and no line.
    """
    problems = list(problems)
    wanted: dict[str, set[int]] = {}
    for item in problems:
        if item.row is not None and item.line is None:
            wanted.setdefault(item.file, set()).add(item.row)
        if item.other:
            wanted.setdefault(item.other[0], set()).add(item.other[1])
    places = {file: _places(directory / file, rows, ids.get(file, ("", ""))[0]) for file, rows in wanted.items()}
    found = set()
    for item in problems:
        line, key, what = item.line or 1, item.key, item.what
        if item.line is None and item.row is not None:
            line, typed = places[item.file][item.row]
            key = key or typed
        if item.other:
            what = what.replace(OTHER_LINE, str(places[item.other[0]][item.other[1]][0]))
        if key and item.row is not None and key not in what:
            what = f"{what.removesuffix('.')} ({ids[item.file][1]} {key})."
        found.add(replace(item, line=line, key=key, what=what, row=None, other=None))
    return sorted(found, key=lambda item: (item.file, item.line, item.column, item.rule, item.what))


def _places(path: Path, rows: set[int], column: str) -> dict[int, tuple[int, str]]:
    """The line and the id of some rows of a file."""
    records = records_with_lines(path.read_bytes().decode("utf-8-sig", errors="replace"))
    _, header = next(records)
    position = header.index(column) if column in header else len(header)
    return {
        row: (line, "".join(record[position : position + 1]))
        for row, (line, record) in enumerate(records)
        if row in rows
    }
