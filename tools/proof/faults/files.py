"""The faults of a file: each takes the package and a table and gives the files that it changes."""

import csv
import io
from collections.abc import Callable

from tools.proof.clean import Clean, as_csv

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


def _unmerged(line: bytes) -> bytes:
    return b"<<<<<<< HEAD\n" + line + b"=======\n" + line + b">>>>>>> correction\n"


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
    "merge unfinished": _with(1, _unmerged),
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
