"""The edits that a case makes in a package's files; tests/cases/README.md lists them."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

KEYS: dict[str, list[str]] = {
    path.stem: json.loads(path.read_text("utf-8"))["primaryKey"] for path in sorted((ROOT / "schemas").glob("*.json"))
}
ARTICLE = "herring-quarrel"  # the first of the test article's package
OF_FILE = "of its file"  # stands for the SHA-256 that the article has after the edits before
# Every word of an edit; any other is a slip in the case itself.
ROWS = {"table", "key", "article", "where", "set", "add", "copy", "delete"}
TEXT = {"file", "find", "replace", "delete_line", "append_line", "keep_header", "encode", "line_ends", "size"}
FILES = {"create", "delete_file", "rename_file", "link_to"}
COLUMNS = {"delete_column", "rename_column", "to", "add_column", "value", "separator"}


@dataclass(frozen=True)
class Row:
    """A row of a file: its first and last line, and its cells by column."""

    first: int
    last: int
    cells: dict[str, str]


def file_of(item: Mapping[str, Any]) -> str:
    """The path of the file that an edit or an expected problem names."""
    return item["file"] if "file" in item else f"data/{item['table']}.csv"


def rows(path: Path) -> list[Row]:
    """The rows of a table, the header first; a spoiled file is read as far as possible."""
    reader = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig", errors="replace"), newline=""))
    found: list[Row] = []
    header: list[str] = []
    before = 0
    for record in reader:
        header = header or record
        if record:
            found.append(Row(before + 1, reader.line_num, dict(zip(header, record, strict=False))))
        before = reader.line_num
    return found


def chosen(item: Mapping[str, Any], cells: Sequence[Mapping[str, str]]) -> list[int]:
    """The positions of the rows that `key`, `article` and `where` choose: one if there is a key, else any number."""
    wanted = dict(item.get("where", {}))
    if "key" in item:
        wanted |= {"article_id": item.get("article", ARTICLE), KEYS[item["table"]][-1]: item["key"]}
    found = [position for position, row in enumerate(cells) if wanted.items() <= row.items()]
    assert wanted, f"neither key nor where: {item}"
    assert found if "key" not in item else len(found) == 1, f"{len(found)} rows of {file_of(item)} have {wanted}"
    return found


def row_of(directory: Path, item: Mapping[str, Any]) -> Row:
    """The only row that an edit or an expected problem chooses."""
    found = rows(directory / file_of(item))[1:]
    positions = chosen(item, [row.cells for row in found])
    assert len(positions) == 1, f"{len(positions)} rows fit: {item}"
    return found[positions[0]]


def make(directory: Path, edit: Mapping[str, Any]) -> None:
    """Make one edit in a package."""
    assert edit.keys() <= ROWS | TEXT | FILES | COLUMNS, f"no such edit: {edit}"
    edit = {word: _hashed(directory, edit, value) for word, value in edit.items()}
    path = directory / file_of(edit)
    match edit:
        case {"create": str(text)}:
            assert not path.exists(), f"{path.name} is already there"
            path.write_bytes(text.encode())
        case {"delete_file": True}:
            path.unlink()
        case {"rename_file": str(name)}:
            path.rename(directory / name)
        case {"find": str(text), "replace": str(other), "key": _}:
            row = row_of(directory, edit)
            lines = path.read_bytes().splitlines(keepends=True)
            before, within, after = (lines[: row.first - 1], lines[row.first - 1 : row.last], lines[row.last :])
            path.write_bytes(b"".join([*before, _replaced(b"".join(within), text, other), *after]))
        case {"find": str(text), "replace": str(other)}:
            path.write_bytes(_replaced(path.read_bytes(), text, other))
        case {"delete_line": str(text)}:
            lines = path.read_bytes().splitlines(keepends=True)
            [position] = [position for position, line in enumerate(lines) if text.encode() in line]
            path.write_bytes(b"".join(lines[:position] + lines[position + 1 :]))
        case {"append_line": str(text)}:
            path.write_bytes(path.read_bytes() + text.encode() + b"\n")
        case {"keep_header": True}:
            path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
        case {"link_to": str(target)}:
            path.unlink()
            path.symlink_to(target)
        case {"size": int(size)}:
            os.truncate(path, size)
        case {"encode": str(encoding)}:
            path.write_bytes(path.read_bytes().decode().encode(encoding))
        case {"line_ends": str(end)}:
            path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
        case _:
            header, *records = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
            table = io.StringIO(newline="")
            writer = csv.writer(table, delimiter=edit.get("separator", ","), lineterminator="\n")
            writer.writerows(_changed(header, records, edit))
            path.write_bytes(table.getvalue().encode())


def _hashed(directory: Path, edit: Mapping[str, Any], value: Any) -> Any:
    """The cells of an edit, with the SHA-256 of the article's file where it is asked for."""
    if not isinstance(value, dict) or value.get("sha256") != OF_FILE:
        return value
    article = value.get("article_id", edit.get("key", ARTICLE))
    return value | {"sha256": hashlib.sha256((directory / f"seeds/{article}.txt").read_bytes()).hexdigest()}


def _replaced(data: bytes, text: str, other: str) -> bytes:
    """The bytes after a text that must occur once is replaced."""
    found = data.count(text.encode())
    assert found == 1, f"{text!r} stands {found} times: the case no longer fits the data"
    return data.replace(text.encode(), other.encode())


def _changed(header: list[str], records: list[list[str]], edit: Mapping[str, Any]) -> list[list[str]]:
    """A table, header first, after an edit of its rows, of a column or only of its separator."""
    match edit:
        case {"add": dict(values)}:
            values = {"article_id": edit.get("article", ARTICLE)} | values
            return [header, *records, _filled(header, [""] * len(header), values)]
        case {"delete_column": str(name)}:
            position = header.index(name)
            return [record[:position] + record[position + 1 :] for record in [header, *records]]
        case {"rename_column": str(name), "to": str(other)}:
            assert name in header, f"no column {name}"
            return [[other if column == name else column for column in header], *records]
        case {"add_column": str(name)}:
            return [[*header, name], *([*record, edit.get("value", "")] for record in records)]
        case {"separator": str()}:
            return [header, *records]
    positions = chosen(edit, [dict(zip(header, record, strict=True)) for record in records])
    for position in reversed(positions):
        match edit:
            case {"set": dict(values)}:
                records[position] = _filled(header, records[position], values)
            case {"copy": dict(values)}:
                records.insert(position + 1, _filled(header, records[position], values))
            case {"delete": True}:
                del records[position]
            case _:
                raise AssertionError(f"no such edit: {edit}")
    return [header, *records]


def _filled(header: list[str], record: list[str], values: Mapping[str, str]) -> list[str]:
    """A row with other values in some cells."""
    assert values.keys() <= set(header), f"no columns {sorted(values.keys() - set(header))}"
    return [values.get(column, cell) for column, cell in zip(header, record, strict=True)]
