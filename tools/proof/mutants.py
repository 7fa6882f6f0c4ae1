"""The mutants: every column against every way to spoil a cell, every row deleted and doubled, every fault of a file."""

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from bakumoscow.contract import Column, contracts
from bakumoscow.models.levels import CODE_FORMS
from bakumoscow.pipeline.read import hand_coded
from tests.conftest import frozen_files
from tools.proof.criterion import Row
from tools.proof.criterion.rows import MONTHS

SEED = 20250627
PER_COLUMN = 3  # cells of each column and class
PER_FORMAT = 1  # of the classes whose answer hardly depends on the cell
PER_TABLE = 6  # rows deleted and doubled
PER_FAULT = 3  # tables for each fault of a file
FORMATS = ("missing", "near-miss spelling", "leading white space", "trailing white space", "homoglyph", "case changed")
VOICES = ("asserted_by", "speaker_id")
HOMOGLYPHS = dict(zip("aceopxyiACEHKMOPTXB", "асеорхуіАСЕНКМОРТХВ", strict=True))
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
FORMLESS = {
    "slug": "Not a slug",
    "edtf": "June 2025",
    "country-code": "Russia",
    "language-code": "English language",
    "sha256": "0123",
}


@dataclass(frozen=True)
class Clean:
    """The frozen package: each table's header and records, every file's bytes by its path, the articles' texts."""

    headers: dict[str, list[str]]
    records: dict[str, list[list[str]]]
    files: dict[str, bytes]
    articles: dict[str, str]

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        """Every table's rows; not to be changed."""
        return {
            table: [dict(zip(self.headers[table], record, strict=True)) for record in records]
            for table, records in self.records.items()
        }

    def rows(self, table: str) -> list[Row]:
        return self.tables[table]


@dataclass(frozen=True)
class Mutant:
    """One fault. A cell's has a row and a column, a row's a row, a file's neither; `value` is the spoiled cell."""

    fault: str
    table: str
    column: str = ""
    row: int | None = None
    value: str = ""

    @property
    def group(self) -> str:
        """What the mutant is listed under: the column and the class."""
        return f"{self.table}{'.' + self.column if self.column else ''} {self.fault}"

    @property
    def is_file(self) -> bool:
        return self.row is None


def read_clean() -> Clean:
    """The frozen package of tests/package/ with its article."""
    files = frozen_files()
    tables = {
        name: list(csv.reader(io.StringIO(files[f"data/{name}.csv"].decode(), newline=""))) for name in contracts()
    }
    return Clean(
        {name: records[0] for name, records in tables.items()},
        {name: records[1:] for name, records in tables.items()},
        files,
        {Path(name).stem: raw.decode() for name, raw in files.items() if name.startswith("seeds/")},
    )


def as_csv(header: list[str], records: list[list[str]], end: str = "\n") -> bytes:
    """A table's bytes."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows([header, *records])
    return text.getvalue().encode()


def spoiled_records(clean: Clean, mutant: Mutant) -> list[list[str]]:
    """The records of a mutant's table, the fault in them."""
    records, row = [list(record) for record in clean.records[mutant.table]], mutant.row
    assert row is not None, "a fault of a file has no records"
    if mutant.fault == "row deleted":
        return records[:row] + records[row + 1 :]
    if mutant.fault == "row doubled":
        return records[: row + 1] + records[row:]
    position = clean.headers[mutant.table].index(mutant.column)
    if mutant.fault == "swapped with the row below":
        records[row + 1][position] = records[row][position]
    records[row][position] = mutant.value
    return records


def spoiled_files(clean: Clean, mutant: Mutant) -> dict[str, bytes | None]:
    """The files that a mutant changes, None for one that it deletes."""
    if mutant.is_file:
        return FILE_FAULTS[mutant.fault](clean, mutant.table)
    header = clean.headers[mutant.table]
    return {f"data/{mutant.table}.csv": as_csv(header, spoiled_records(clean, mutant))}


def cell_mutants(clean: Clean, per_column: int = PER_COLUMN) -> Iterator[Mutant]:
    """At most so many cells, chosen by a seed, for each column and class."""
    for table, contract in contracts().items():
        columns = {column.name: column for column in contract.typed}
        rows = clean.rows(table)
        for name in hand_coded(contract):
            column = columns.get(name)
            for fault, spoil in CELL_FAULTS.items():
                found = []
                for row, cells in enumerate(rows):
                    value = spoil(Cell(clean, table, name, column, rows, row, cells[name]))
                    if value is not None and value != cells[name]:
                        found.append(Mutant(fault, table, name, row, value))
                chooser = random.Random(f"{SEED} {table} {name} {fault}")
                limit = min(PER_FORMAT, per_column) if fault in FORMATS else per_column
                chosen = chooser.sample(found, min(limit, len(found)))
                yield from sorted(chosen, key=lambda mutant: mutant.row or 0)


def row_mutants(clean: Clean, per_table: int = PER_TABLE) -> Iterator[Mutant]:
    """Every row deleted and doubled, or a sample of a large table's."""
    for table, records in clean.records.items():
        for fault in ("row deleted", "row doubled"):
            chosen = random.Random(f"{SEED} {table} {fault}").sample(range(len(records)), min(per_table, len(records)))
            yield from (Mutant(fault, table, row=row) for row in sorted(chosen))


def file_mutants(clean: Clean) -> Iterator[Mutant]:
    """Every fault of a file, in some tables in which it changes something; a fault of an article once."""
    for fault in FILE_FAULTS:
        tables = ["articles"] if fault.startswith("article ") else list(contracts())
        changed = [table for table in tables if _changes(clean, Mutant(fault, table))]
        chosen = random.Random(f"{SEED} {fault}").sample(changed, min(PER_FAULT, len(changed)))
        yield from (Mutant(fault, table) for table in sorted(chosen, key=tables.index))


def all_mutants(clean: Clean) -> list[Mutant]:
    """Every mutant, in a fixed order."""
    return [*cell_mutants(clean), *row_mutants(clean), *file_mutants(clean)]


def _changes(clean: Clean, mutant: Mutant) -> bool:
    return any(clean.files.get(path) != raw for path, raw in spoiled_files(clean, mutant).items())


@dataclass(frozen=True)
class Cell:
    """A cell and what stands around it; `column` is None for `opening`, which is not published."""

    clean: Clean
    table: str
    name: str
    column: Column | None
    rows: list[Row]
    row: int
    value: str

    @property
    def cells(self) -> Row:
        return self.rows[self.row]

    @property
    def chooser(self) -> random.Random:
        return random.Random(f"{SEED} {self.table} {self.name} {self.row}")

    @property
    def type(self) -> str:
        return self.column.type if self.column else "text"

    @property
    def is_key(self) -> bool:
        return self.name in contracts()[self.table].key and self.name != "article_id"

    @property
    def target(self) -> str | None:
        """The table whose key the cell is, in this row."""
        if self.name == "record_id":
            return self.cells["record_table"]
        return self.column.refers if self.column else None

    @property
    def levels(self) -> list[str]:
        return list(self.column.levels or ()) if self.column else []

    def other(self, values: list[str]) -> str | None:
        """One of several values, chosen by a seed, that is not the cell's."""
        others = sorted({value for value in values if value not in ("", self.value)})
        return self.chooser.choice(others) if others else None

    def in_article(self) -> tuple[str, int]:
        """The article's text and where the cell's words stand in it, -1 where they do not."""
        text = self.clean.articles[self.cells["article_id"]]
        number = self.cells.get("sentence_number")
        opening = next((row["opening"] for row in self.clean.rows("sentences") if row["sentence_number"] == number), "")
        start = 0 if self.name == "opening" else max(0, text.find(opening)) if opening else 0
        return text, text.find(self.value, start) if self.value else -1


def _missing(cell: Cell) -> str | None:
    return "" if cell.value else None


def _wrong_type(cell: Cell) -> str | None:
    value = cell.value
    spoilt = {
        "integer": value + ".0" if value else "two",
        "number": value.replace(".", ",") if value else "north",
        "boolean": value.lower() or "yes",
        "date": "27/06/2025",
    }
    return spoilt.get(cell.type)


def _outside(cell: Cell) -> str | None:
    if cell.levels:
        return "something_else"
    if cell.name == "code":
        return "no such code" if cell.cells["scheme"] in CODE_FORMS else None
    return FORMLESS.get(cell.column.pattern or "") if cell.column else None


def _near_miss(cell: Cell) -> str | None:
    if cell.type in ("integer", "number", "date", "boolean") or len(cell.value) < 2:
        return None
    middle = len(cell.value) // 2
    return cell.value[:middle] + cell.value[middle + 1 :]


def _below(cell: Cell) -> str | None:
    return cell.rows[cell.row + 1][cell.name] if cell.row + 1 < len(cell.rows) else None


def _dangling(cell: Cell) -> str | None:
    if not cell.target:
        return None
    return "99" if cell.type == "integer" else "no-such-row"


def _doubled(cell: Cell) -> str | None:
    return cell.other([row[cell.name] for row in cell.rows]) if cell.is_key and cell.table != "codes" else None


def _count_order(cell: Cell) -> str | None:
    numbers = {
        name: int(cell.cells[name]) for name in ("count_low", "count_best", "count_high") if cell.cells.get(name)
    }
    if cell.name not in numbers or len(numbers) < 2:
        return None
    if cell.name == "count_high":
        return str(numbers["count_best"] - 1)
    return str(max(numbers.values()) + 1)


def _words(cell: Cell) -> bool:
    """Whether the cell holds words of the article."""
    coded = cell.column is not None and cell.column.mark == "coded" and cell.type == "text" and not cell.column.refers
    coded = coded and cell.column is not None and cell.column.pattern == "text"
    return bool(cell.value) and (coded or cell.name in ("quoted_text", "opening", "claimed_value"))


def _cut_end(cell: Cell) -> str | None:
    return cell.value[:-1] if _words(cell) and len(cell.value) > 1 else None


def _cut_front(cell: Cell) -> str | None:
    return cell.value[1:] if _words(cell) and len(cell.value) > 1 else None


def _extended_end(cell: Cell) -> str | None:
    if not _words(cell):
        return None
    text, start = cell.in_article()
    return text[start : start + len(cell.value) + 1] if start >= 0 else None


def _extended_front(cell: Cell) -> str | None:
    if not _words(cell):
        return None
    text, start = cell.in_article()
    return text[start - 1 : start + len(cell.value)] if start > 0 else None


def _straight(cell: Cell) -> str | None:
    return cell.value.translate(STRAIGHT)


def _leading(cell: Cell) -> str | None:
    return " " + cell.value if cell.value else None


def _trailing(cell: Cell) -> str | None:
    return cell.value + " " if cell.value else None


def _inner(cell: Cell) -> str | None:
    return cell.value.replace(" ", "  ", 1)


def _homoglyph(cell: Cell) -> str | None:
    if cell.type in ("integer", "number", "date"):
        return None
    for letter in cell.value:
        if letter in HOMOGLYPHS:
            return cell.value.replace(letter, HOMOGLYPHS[letter], 1)
    return None


def _shifted(cell: Cell, shift: Callable[[date], date]) -> str | None:
    """The first day in the cell, as EDTF or in words, shifted."""
    found = re.search(r"([0-9]{4})(\??)-([0-9]{2})-([0-9]{2})", cell.value)
    if found and cell.name in ("date_edtf", "claimed_value", "published"):
        day = shift(date(int(found[1]), int(found[3]), int(found[4])))
        shifted = f"{day.year:04}{found[2]}-{day.month:02}-{day.day:02}"
        return cell.value[: found.start()] + shifted + cell.value[found.end() :]
    words = re.search(rf"({'|'.join(MONTHS)}) ([0-9]+)(, ([0-9]{{4}}))?", cell.value)
    if words and cell.name in ("date_text", "claimed_value"):
        day = shift(date(int(words[4] or 2025), MONTHS.index(words[1]) + 1, int(words[2])))
        shifted = f"{MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if words[3] else "")
        return cell.value[: words.start()] + shifted + cell.value[words.end() :]
    return None


def _day(cell: Cell) -> str | None:
    return _shifted(cell, lambda day: day + timedelta(days=1))


def _month(cell: Cell) -> str | None:
    return _shifted(
        cell,
        lambda day: (
            day.replace(day=min(day.day, 28), month=day.month % 12 + 1)
            if day.day > 28
            else day.replace(month=day.month % 12 + 1)
        ),
    )


def _year(cell: Cell) -> str | None:
    return _shifted(cell, lambda day: day.replace(year=day.year - 1))


def _zero(cell: Cell) -> str | None:
    is_count = cell.name in ("count_low", "count_best", "count_high", "sentence_number")
    return "0" if is_count or (cell.type == "number" and not cell.value) else None


def _unknown(cell: Cell) -> str | None:
    return "unknown" if not cell.value else None


def _another_row(cell: Cell) -> str | None:
    if not cell.target or not cell.value or cell.name in VOICES or cell.name == "article_id":
        return None
    target = contracts()[cell.target]
    return cell.other([row[target.id] for row in cell.clean.rows(target.name)])


def _another_voice(cell: Cell) -> str | None:
    return cell.other([row[cell.name] for row in cell.rows]) if cell.name in VOICES else None


def _another_certainty(cell: Cell) -> str | None:
    return cell.other(cell.levels) if cell.name == "factuality" else None


def _another_level(cell: Cell) -> str | None:
    if cell.type == "boolean":
        return "FALSE" if cell.value == "TRUE" else "TRUE"
    return cell.other(cell.levels) if cell.name != "factuality" and cell.value else None


def _filled(cell: Cell) -> str | None:
    """An empty cell filled with what another row has there."""
    return None if cell.value else cell.other([row[cell.name] for row in cell.rows])


def _case(cell: Cell) -> str | None:
    swapped = cell.value[:1].swapcase() + cell.value[1:]
    return cell.value.swapcase() if cell.levels or swapped == cell.value else swapped


def _number(cell: Cell) -> str | None:
    if cell.type == "integer" and cell.value:
        return str(int(cell.value) + 1)
    if cell.type == "number" and cell.value:
        return str(round(float(cell.value) + 1, 5))
    return None


CELL_FAULTS: dict[str, Callable[[Cell], str | None]] = {
    "missing": _missing,
    "wrong type": _wrong_type,
    "outside the list or form": _outside,
    "near-miss spelling": _near_miss,
    "swapped with the row below": _below,
    "dangling key": _dangling,
    "doubled key": _doubled,
    "order of counts broken": _count_order,
    "one character cut at the end": _cut_end,
    "one character cut in front": _cut_front,
    "one character more at the end": _extended_end,
    "one character more in front": _extended_front,
    "straight quotation marks": _straight,
    "leading white space": _leading,
    "trailing white space": _trailing,
    "doubled white space": _inner,
    "homoglyph": _homoglyph,
    "date shifted by a day": _day,
    "date shifted by a month": _month,
    "date shifted by a year": _year,
    "unknown as 0": _zero,
    "unknown as a word": _unknown,
    "another existing row": _another_row,
    "another voice": _another_voice,
    "another certainty": _another_certainty,
    "another level": _another_level,
    "empty cell filled": _filled,
    "case changed": _case,
    "another number": _number,
}
ROW_FAULTS = ("row deleted", "row doubled")


Files = dict[str, bytes | None]


def _file(change: Callable[[bytes], bytes | None]) -> Callable[[Clean, str], Files]:
    """A fault of a file's bytes."""
    return lambda clean, table: {f"data/{table}.csv": change(clean.files[f"data/{table}.csv"])}


def _table(change: Callable[[list[str], list[list[str]]], list[list[str]]]) -> Callable[[Clean, str], Files]:
    """A fault of the header and records of a file."""

    def spoil(clean: Clean, table: str) -> Files:
        header, *records = change(list(clean.headers[table]), [list(record) for record in clean.records[table]])
        return {f"data/{table}.csv": as_csv(header, records)}

    return spoil


def _with(index: int, change: Callable[[bytes], bytes]) -> Callable[[Clean, str], Files]:
    """A fault of one line; the header is line 0."""

    def spoil(raw: bytes) -> bytes:
        lines = raw.splitlines(keepends=True)
        lines[index] = change(lines[index])
        return b"".join(lines)

    return _file(spoil)


def _unknown_file(clean: Clean, table: str) -> Files:
    return {f"data/{table}-old.csv": clean.files[f"data/{table}.csv"]}


def _renamed_file(clean: Clean, table: str) -> Files:
    raw = clean.files[f"data/{table}.csv"]
    return {f"data/{table}.csv": None, f"data/{table[:-1]}.csv": raw}


def _windows_1252(raw: bytes) -> bytes:
    return raw.decode().encode("cp1252", errors="replace")


def _mojibake(raw: bytes) -> bytes:
    return raw.replace("’".encode(), "â€™".encode())


def _unclosed(line: bytes) -> bytes:
    return line.replace(b",", b',"', 1)


def _stray(line: bytes) -> bytes:
    return line[: len(line) // 2] + b'"' + line[len(line) // 2 :]


def _swallowed(raw: bytes) -> bytes | None:
    """A quotation mark at the beginning of a cell of one row and at the end of a cell of the next."""
    lines = raw.splitlines(keepends=True)
    if len(lines) < 3 or b'"' in lines[1] + lines[2]:
        return raw
    lines[1] = lines[1].replace(b",", b',"', 1)
    lines[2] = lines[2].replace(b",", b'",', 1)
    return b"".join(lines)


def _article(change: Callable[[bytes], bytes | None]) -> Callable[[Clean, str], Files]:
    return lambda clean, table: {name: change(raw) for name, raw in clean.files.items() if name.startswith("seeds/")}


def _second_article(clean: Clean, table: str) -> Files:
    return {"seeds/second.txt": b"One sentence.\n"}


FILE_FAULTS: dict[str, Callable[[Clean, str], Files]] = {
    "file missing": _file(lambda raw: None),
    "file empty": _file(lambda raw: b""),
    "file of an unknown name": _unknown_file,
    "file renamed": _renamed_file,
    "wrong encoding: UTF-16": _file(lambda raw: raw.decode().encode("utf-16")),
    "wrong encoding: Windows-1252": _file(_windows_1252),
    "wrong encoding read and saved": _file(_mojibake),
    "NUL byte": _with(1, lambda line: line[:5] + b"\0" + line[5:]),
    "line ends mixed": _with(1, lambda line: line.replace(b"\n", b"\r\n")),
    "lone carriage return": _with(1, lambda line: line.replace(b",", b",\r", 1)),
    "column doubled": _table(lambda header, records: [[*row, row[-1]] for row in [header, *records]]),
    "column missing": _table(lambda header, records: [row[:-1] for row in [header, *records]]),
    "column misspelt": _table(lambda header, records: [[*header[:-1], header[-1] + "s"], *records]),
    "column unknown": _table(lambda header, records: [[*header, "more"], *([*row, "x"] for row in records)]),
    "column without a name": _table(lambda header, records: [[*header, ""], *([*row, ""] for row in records)]),
    "row too short": _with(1, lambda line: line.rsplit(b",", 1)[0] + b"\n"),
    "row too long": _with(1, lambda line: line.rstrip(b"\n") + b",more\n"),
    "quotation mark unclosed": _with(1, _unclosed),
    "quotation mark astray": _with(1, _stray),
    "rows swallowed": _file(_swallowed),
    "semicolons": _file(lambda raw: raw.replace(b",", b";")),
    "row of commas": _table(lambda header, records: [header, *records[:1], [""] * len(header), *records[1:]]),
    "rows deleted, header kept": _table(lambda header, records: [header]),
    "header deleted": _table(lambda header, records: records),
    "columns of two names exchanged": _table(
        lambda header, records: [[*header[:-2], header[-1], header[-2]], *records]
    ),
    "byte order mark": _file(lambda raw: b"\xef\xbb\xbf" + raw),
    "line ends CRLF": _file(lambda raw: raw.replace(b"\n", b"\r\n")),
    "columns in another order": _table(lambda header, records: [row[::-1] for row in [header, *records]]),
    "rows in another order": _table(lambda header, records: [header, *records[::-1]]),
    "blank lines at the end": _file(lambda raw: raw + b"\n\n"),
    "every cell between quotation marks": _file(lambda raw: _quoted(raw)),
    "article missing": _article(lambda raw: None),
    "article with a character changed": _article(lambda raw: raw.replace("“".encode(), b'"', 1)),
    "article in another encoding": _article(lambda raw: raw.decode().encode("cp1252")),
    "article without a row": _second_article,
}
VALID_FAULTS = (
    "byte order mark",
    "line ends CRLF",
    "columns in another order",
    "rows in another order",
    "blank lines at the end",
    "every cell between quotation marks",
)


def _quoted(raw: bytes) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(csv.reader(io.StringIO(raw.decode(), newline="")))
    return text.getvalue().encode()
