"""One hand-coded CSV file: its bytes, header, quotation marks and rows, as a table of text.

Arrow parses a file several times faster than the csv module. It does not notice stray quotation marks, so these are
looked for first. A file that Arrow cannot parse is read again row by row, only to find out where it is wrong.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from bakumoscow.kernels import rows_where
from bakumoscow.model.tables import BY_FILE
from bakumoscow.pipeline.boundary import unreadable
from bakumoscow.pipeline.rawfile import BOM, encoding, has_quoted_breaks, line_ends, mojibake, stray_mark, unmerged
from bakumoscow.problem import Problem, problem
from bakumoscow.rules import RULES
from bakumoscow.rules.nearest import nearest

csv.field_size_limit(2**31 - 1)  # instead of 128 KiB for a cell; a C long on Windows allows no more

BLOCK = 1 << 20
QUOTE = "Put quotation marks around a cell that contains a comma."
CUT = "Delete the commas at the end of every row."
ADD = "Add the missing commas."


@dataclass(frozen=True)
class CsvFile:
    """What is known about a file: all its records as text, and the line on which each begins.

    `starts` is None if record n, counted from 0, begins on line n + 2, as in a file without line breaks in cells.
    """

    records: pa.Table | None = None
    starts: list[int] | None = None

    def line(self, row: int) -> int:
        return row + 2 if self.starts is None else self.starts[row]

    def cell(self, row: int, column: str) -> str:
        """A cell as it was typed; empty if there is no such column."""
        if self.records is None or column not in self.records.column_names:
            return ""
        return self.records[column][row].as_py() or ""


def read_csv(directory: Path, file: str, columns: list[str]) -> tuple[pa.Table | None, CsvFile, list[Problem]]:
    """One CSV file as a table of text columns in the given order; None if its structure is wrong."""
    problems = unreadable(directory, file, RULES["file-size"].uses["table"])
    if problems:
        return None, CsvFile(), problems
    raw = (directory / file).read_bytes().removeprefix(BOM)
    header, problems = _structure(file, raw, columns)
    if problems:
        return None, CsvFile(), problems
    problems = _header(file, header, columns)
    body = raw.find(b"\n") + 1 or len(raw)
    has_rows = raw[body : body + 1_000].strip() or raw[body:].strip()
    records = _parse(raw, header, not has_quoted_breaks(raw)) if has_rows else _empty(header)
    if records is None:
        problems += encoding(file, raw) or _ragged(file, raw.decode(), len(header))
        return None, CsvFile(), problems
    known = CsvFile(records, _starts(raw, records.num_rows))
    if not problems:
        problems += _line_breaks(file, known)
        problems += [problem("row-empty", file, "row", row=row) for row in _empty_rows(records)]
    return records.select(columns) if not problems else None, known, problems


def _structure(file: str, raw: bytes, columns: list[str]) -> tuple[list[str], list[Problem]]:
    """The header, or the first reason why the file cannot be split into rows."""
    if not raw.strip():
        return [], [problem("file-missing", file, "file", state="empty")]
    if b"\0" in raw:
        return [], encoding(file, raw)
    if raw.startswith(BOM):  # the first one was removed
        detail, advice = "begins a second byte order mark", "Delete both, or run `bakumoscow fix`."
        return [], [problem("encoding", file, "file", line=1, offset=len(BOM), detail=detail, advice=advice)]
    problems = line_ends(file, raw)
    if problems:
        return [], problems
    end = raw.find(b"\n") + 1 or len(raw)
    header = next(csv.reader([raw[:end].decode(errors="replace").rstrip("\r\n")]), [])
    if len(header) == 1 and set(header[0]) & set(RULES["delimiter"].uses["others"]):
        return [], [problem("delimiter", file, "header", line=1)]
    problems = unmerged(file, raw) or stray_mark(file, raw) or mojibake(file, raw)
    if raw.count(b'"', 0, end) % 2 and not problems:  # a quoted column name continues on the next line
        lines = raw[: raw.find(b'"', end) + 1].count(b"\n") + 1
        problems = [problem("cell-break", file, "header", line=1, lines=lines)]
    if not problems and not set(header) & set(columns):
        problems = [problem("header-missing", file, "header", line=1, value=",".join(header)[:60])]
    return header, problems


def _starts(raw: bytes, rows: int) -> list[int] | None:
    """The line on which each record begins; None if every line is a record."""
    if raw.count(b"\n") - raw.endswith(b"\n") == rows:
        return None
    return [line for line, _ in records_with_lines(raw.decode("utf-8", errors="replace"))][1:]


def records_with_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, and the line on which it begins: quoted cells may contain line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""))
    previous = 0
    for record in reader:
        if record:
            yield previous + 1, record
        previous = reader.line_num


def _line_breaks(file: str, known: CsvFile) -> list[Problem]:
    """Cells that contain a line break, most often because a stray quotation mark makes one cell of several rows."""
    if known.records is None or known.starts is None:
        return []
    return [
        problem("cell-break", file, name, row=row, lines=column[row].as_py().count("\n") + 1)
        for name, column in zip(known.records.column_names, known.records.columns, strict=True)
        for row in rows_where(pc.match_substring(column, "\n"))
    ]


def _header(file: str, header: list[str], columns: list[str]) -> list[Problem]:
    unknown = [name for name in dict.fromkeys(header) if name not in columns]
    lacking = [name for name in columns if name not in header]
    misspelt = {name: nearest(name, lacking) for name in unknown}
    problems = [
        problem("column-missing", file, name, line=1)
        for name in columns
        if name not in header and name not in misspelt.values()
    ]
    problems += [
        problem(
            "column-unknown",
            file,
            name or "header",
            line=1,
            name=name or "without a name",
            advice=_advice(name, misspelt[name], file),
        )
        for name in unknown
    ]
    problems += [
        problem("column-doubled", file, name, line=1, times=header.count(name))
        for name in columns
        if header.count(name) > 1
    ]
    return problems


def _advice(name: str, nearest_column: str | None, file: str) -> str:
    table = BY_FILE.get(file)
    if table and name in table and table[name].mark == "derived":
        return "Delete it: the build computes it."
    return f"Rename it to {nearest_column}." if nearest_column else "Delete it."


def _empty(header: list[str]) -> pa.Table:
    """The table of a file that has only a header, which Arrow cannot read."""
    return pa.table({name: pa.array([], pa.string()) for name in header})


def _parse(raw: bytes, header: list[str], is_plain: bool, block: int = BLOCK) -> pa.Table | None:
    try:
        return pacsv.read_csv(
            pa.BufferReader(raw),
            read_options=pacsv.ReadOptions(column_names=header, skip_rows=1, block_size=block),
            parse_options=pacsv.ParseOptions(newlines_in_values=not is_plain),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        ).combine_chunks()
    except pa.ArrowInvalid:  # perhaps because a row is longer than a block
        return _parse(raw, header, is_plain, len(raw) + 1) if block < len(raw) < 2**31 - 2 else None


def _empty_rows(table: pa.Table) -> list[int]:
    """The rows that consist only of commas."""
    empty = reduce(pc.and_, (pc.is_null(column) for column in table.columns))
    return rows_where(empty)


def _ragged(file: str, text: str, width: int) -> list[Problem]:
    """The rows with too many or too few cells, found by reading the file row by row."""
    records = list(records_with_lines(text))
    trailing = len({len(record) for _, record in records[1:]}) == 1 and not any(records[-1][1][width:])
    return [
        problem(
            "ragged-row",
            file,
            "row",
            line=line,
            found=len(record),
            expected=width,
            advice=ADD if len(record) < width else CUT if trailing else QUOTE,
        )
        for line, record in records
        if len(record) != width
    ]
