"""Fix: repairs in `data/` that need no judgement, because they change no meaning.

They concern byte order marks, line ends, white space around cells, text that is not NFC (except the article's words),
the order of columns and rows, unnecessary quotation marks, and missing columns that may be empty. A file that cannot
be split into rows is left as it is; `validate` says why.
"""

import csv
import difflib
import io
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import pyarrow as pa

from bakumoscow.model.table import table_file
from bakumoscow.model.tables import BY_FILE, TABLES
from bakumoscow.model.unpublished import EXCEPTIONS, UNPUBLISHED
from bakumoscow.pipeline.boundary import ARTICLE_LIMIT, TABLE_LIMIT, package_in, unreadable
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.order import text_order
from bakumoscow.pipeline.publish import replace
from bakumoscow.pipeline.rawfile import BOM, stray_mark
from bakumoscow.pipeline.read import hand_coded

FILES = [*(table_file(name) for name in TABLES), *UNPUBLISHED]
ROUNDS = 4  # a file that one round makes readable may be sorted in the next


def fixes(directory: Path) -> dict[str, bytes]:
    """The files to write, by their path relative to the package. Raises UsageError, OSError."""
    package_in(directory)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        limits = dict.fromkeys(_names(directory, "data", "*.csv"), TABLE_LIMIT)
        limits |= dict.fromkeys(_names(directory, "seeds", "*.txt"), ARTICLE_LIMIT)
        for path, limit in limits.items():
            if not unreadable(directory, path, limit):
                (copy / path).parent.mkdir(exist_ok=True)
                shutil.copyfile(directory / path, copy / path)
        for _ in range(ROUNDS):
            changed = [path for path, data in _round(copy).items() if _write(copy / path, data)]
            if not changed:
                break
        paths = [path for path in FILES if path in limits]
        fixed = {path: _read(copy / path) for path in paths}
        return {path: new for path, new in fixed.items() if new is not None and new != _read(directory / path)}


def _names(directory: Path, folder: str, pattern: str) -> list[str]:
    return [f"{folder}/{path.name}" for path in (directory / folder).glob(pattern)]


def differences(directory: Path, files: dict[str, bytes]) -> list[str]:
    """A unified diff of the fixes, with a line for what a diff does not show: line ends, a byte order mark."""
    lines = []
    for path, new in files.items():
        before, after = (data.decode("utf-8-sig", errors="replace") for data in (_read(directory / path) or b"", new))
        diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), path, f"{path} (fixed)", lineterm=""))
        lines += diff or [f"{path}: byte order mark or line ends"]
    return lines


def write(directory: Path, files: dict[str, bytes]) -> None:
    """Replace each file as a whole. Raises UsageError, OSError."""
    replace(directory, files, list(files), [])


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _write(path: Path, data: bytes) -> bool:
    if _read(path) == data:
        return False
    path.write_bytes(data)
    return True


def _round(directory: Path) -> dict[str, bytes]:
    """One round of fixes: the cells and columns of each file; if all can be read, also the order of rows."""
    files = {}
    for path in FILES:
        rows = _rows(directory / path)
        if rows:
            files[path] = rows
    tables = examine(directory).tables
    is_whole = all(path in files or not (directory / path).is_file() for path in FILES)
    if tables and is_whole and not tables["claims"]["char_start"].null_count:
        for name in TABLES:
            header, *rows = files[table_file(name)]
            files[table_file(name)] = [header, *(rows[index] for index in _order(tables, name))]
        if EXCEPTIONS.file in files:
            files[EXCEPTIONS.file] = _ordered_exceptions(tables, *files[EXCEPTIONS.file])
    return {path: _csv(rows) for path, rows in files.items()}


def _columns(file: str) -> tuple[list[str], set[str], set[str]]:
    """The columns of a hand-coded file, those with words of the article, and those that may be empty."""
    if file in UNPUBLISHED:
        of = UNPUBLISHED[file]
        return list(of.columns), set(of.verbatim), set(of.optional)
    columns = BY_FILE[file].columns
    optional = {column.name for column in columns if not column.required}
    return hand_coded(BY_FILE[file]), {column.name for column in columns if column.verbatim} | {"opening"}, optional


def _rows(path: Path) -> list[list[str]] | None:
    """The header and rows of a file with clean cells and ordered columns; None if it cannot be split into them."""
    raw = _read(path) or b""
    while raw.startswith(BOM):
        raw = raw.removeprefix(BOM)
    raw = raw.replace(b"\r\n", b"\n")
    if b"\n" not in raw:  # as old spreadsheets write
        raw = raw.replace(b"\r", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\0" in text or "\r" in text or stray_mark(path.name, raw):
        return None
    header, *rows = [record for record in csv.reader(io.StringIO(text, newline="")) if record] or [[]]
    if not header or any(len(row) != len(header) for row in rows):
        return None
    expected, verbatim, optional = _columns(f"data/{path.name}")
    header = [name.strip() for name in header]
    added = [name for name in expected if name in optional and name not in header]
    if not set(header) & set(expected) or sorted(header + added) != sorted(expected):
        return None
    order = [(header + added).index(name) for name in expected]
    rows = [row + [""] * len(added) for row in rows]
    return [expected, *([_cell(row[index], expected[k] in verbatim) for k, index in enumerate(order)] for row in rows)]


def _cell(value: str, is_quoted: bool) -> str:
    value = value.strip(" \t\u00a0")
    return value if is_quoted else unicodedata.normalize("NFC", value)


def _order(tables: dict[str, pa.Table], name: str) -> list[int]:
    """The rows in the order of the article; claims and codes are grouped by their record."""
    in_text_order: list[int] = text_order(tables, TABLES[name]).to_pylist()
    if "record_table" not in tables[name].column_names:
        return in_text_order
    places = {table: _places(tables, table) for table in TABLES}
    rows = tables[name].to_pylist()
    return sorted(in_text_order, key=lambda index: _record_key(rows[index], places))


def _ordered_exceptions(tables: dict[str, pa.Table], header: list[str], *rows: list[str]) -> list[list[str]]:
    """The rows of exceptions.csv grouped by their record, in the order of the article."""
    places = {table: _places(tables, table) for table in TABLES}
    return [header, *sorted(rows, key=lambda row: _record_key(dict(zip(header, row, strict=True)), places))]


def _places(tables: dict[str, pa.Table], name: str) -> dict[tuple[str, str], int]:
    """The position of each row of a table, by its article and key."""
    table = TABLES[name]
    articles, keys = (tables[name][column].to_pylist() for column in ("article_id", table.id))
    order = text_order(tables, table).to_pylist()
    return {(articles[index], str(keys[index])): place for place, index in enumerate(order)}


def _record_key(row: dict[str, Any], places: dict[str, dict[tuple[str, str], int]]) -> tuple[Any, ...]:
    """The sort key of a claim, code or exception: article, table and record, then field and rank, scheme, or rule."""
    table = row["record_table"] if row["record_table"] in places else ""
    place = places.get(table, {}).get((row["article_id"], row["record_id"]), len(places.get(table, {})))
    base = (row["article_id"] or "", list(places).index(table) if table else len(places), place, row["record_id"] or "")
    if "scheme" in row:
        schemes = list(TABLES["codes"]["scheme"].levels or ())
        return (*base, schemes.index(row["scheme"]) if row["scheme"] in schemes else len(schemes), row["code"] or "")
    fields = [column.name for column in TABLES[table].columns] if table else []
    if "reason" in row:
        return (*base, fields.index(row["field"]) if row["field"] in fields else -1, row["rule"], row["words"])
    ranks = list(TABLES["claims"]["claim_rank"].levels or ())
    field = fields.index(row["field"]) if row["field"] in fields else -1
    rank = ranks.index(row["claim_rank"]) if row["claim_rank"] in ranks else len(ranks)
    return (*base, field, rank, row["claim_id"] or "")


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
