"""A problem in somebody's files: where it is, which rule it breaks, what is wrong and what to do."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bakumoscow.rules import RULES

csv.field_size_limit(2**31 - 1)  # a cell may be longer than the 128 KiB that the module allows; C long on Windows
# Cyrillic and Greek letters that look like Latin ones.
LOOKALIKES = str.maketrans("асеорхуіѕјАСЕНКМОРТХВΑΒΕΗΙΚΜΝΟΡΤΧο", "aceopxyisjACEHKMOPTXBABEHIKMNOPTXo")


@dataclass(frozen=True)
class Problem:
    """`file` is relative to the package; `row` counts the file's records from 0, `line` its lines from 1.

    `key` is the row's id within its article and `value` the cell as text, where there is one.
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
    rule: str, file: str, column: str, *, row: int | None = None, line: int | None = None, key: str = "", **values: Any
) -> Problem:
    """A problem worded by its rule's two templates."""
    values = {"column": column} | values
    what, remedy = (template.format(**values) for template in (RULES[rule].what, RULES[rule].remedy))
    value = values.get("value")
    return Problem(file, column, rule, what, remedy, row, line, key, None if value is None else str(value))


def nearest(value: str, candidates: Iterable[str], prefix: str = "; the nearest is ") -> str:
    """The near miss of a value in words, or nothing; capitals and letters of other scripts count as those they show."""
    plain = {candidate.casefold(): candidate for candidate in candidates}
    matches = get_close_matches(value.translate(LOOKALIKES).casefold(), plain, n=1, cutoff=0.6)
    return f"{prefix}{plain[matches[0]]}" if matches else ""


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


def located(problems: Iterable[Problem], directory: Path) -> list[Problem]:
    """The problems with their lines, each once, sorted by file and line; a file is read only if it has one."""
    lines: dict[str, list[int]] = {}
    found = set()
    for item in problems:
        line = item.line or 1
        if item.line is None and item.row is not None:
            if item.file not in lines:
                text = (directory / item.file).read_bytes().decode("utf-8-sig", errors="replace")
                lines[item.file] = physical_lines(text)
            line = lines[item.file][item.row + 1]
        found.add(replace(item, line=line, row=None))
    return sorted(found, key=lambda item: (item.file, item.line, item.column, item.rule, item.what))
