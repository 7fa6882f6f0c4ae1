"""Checks of the bytes of a file before it is parsed: encoding, line ends, merge conflicts, quotation marks."""

import csv
import io
import re
from collections.abc import Iterator

import numpy as np

from bakumoscow.model.tables import BY_FILE
from bakumoscow.problem import Problem, problem
from bakumoscow.rules import RULES

BOM = b"\xef\xbb\xbf"
SAVE = "Save the file with one kind of line end, or run `bakumoscow fix`."
AS_UTF_8 = "Save the file as UTF-8."
IN_CELL = "Delete the carriage return from the cell, or save the file with one kind of line end."


def line_ends(file: str, raw: bytes) -> list[Problem]:
    """Line ends of more than one kind: rows come from two programs, or a carriage return is in a cell."""
    if b"\r" not in raw:
        return []
    counts = {"LF": raw.count(b"\n"), "CRLF": raw.count(b"\r\n"), "CR": raw.count(b"\r")}
    counts = {"LF": counts["LF"] - counts["CRLF"], "CRLF": counts["CRLF"], "CR": counts["CR"] - counts["CRLF"]}
    found = {name: count for name, count in counts.items() if count}
    if len(found) < 2 and "CR" not in found:
        return []
    rare = min(found, key=lambda name: found[name])
    mark = {"LF": rb"(?<!\r)\n", "CRLF": rb"\r\n", "CR": rb"\r(?!\n)"}[rare]
    first = re.search(mark, raw)
    line = raw.count(b"\n", 0, first.start()) + 1 if first else 1
    detail = ", ".join(f"{count} {name}" for name, count in found.items())
    advice = IN_CELL if "CR" in found and len(found) > 1 else SAVE
    return [problem("line-ends", file, "file", line=line, detail=detail, advice=advice)]


def unmerged(file: str, raw: bytes) -> list[Problem]:
    """The conflict markers that git writes."""
    markers = [marker.encode() for marker in RULES["merge-conflict"].uses["marks"] if marker.encode() in raw]
    mark = re.search(rb"^(%b)( |\r?$)" % b"|".join(markers), raw, re.MULTILINE) if markers else None
    if not mark:
        return []
    return [problem("merge-conflict", file, "row", line=raw.count(b"\n", 0, mark.start()) + 1)]


def mojibake(file: str, raw: bytes) -> list[Problem]:
    """UTF-8 that was read as another encoding and saved again, or the character U+FFFD for a lost one."""
    runs = [
        run
        for run in sorted(set(_foreign(raw)))
        if RULES["mojibake"].uses["lost"] in (words := run.decode(errors="ignore"))
        or (_misread(words) and not _ends_in_capitals(words, run, raw))
    ]
    own = _own_text(file, raw) if runs else raw
    runs = [run for run in runs if run in own]
    if not runs:
        return []
    start, run = min((raw.index(run), run) for run in runs)
    return [problem("mojibake", file, "file", line=raw.count(b"\n", 0, start) + 1, value=run.decode(errors="ignore"))]


def _ends_in_capitals(words: str, run: bytes, raw: bytes) -> bool:
    """Whether two characters are a capital and the mark that closes a word in capitals, as in «HÄMÄ», wherever they
    occur: these two are also what some misread letters look like.
    """
    uses = RULES["mojibake"].uses
    if len(words) != 2 or words[0] not in uses["capitals"] or words[1] not in uses["closing"]:
        return False
    return not re.search(rb"[a-z]%b|%b[A-Za-z]" % (re.escape(run), re.escape(run)), raw)


def _own_text(file: str, raw: bytes) -> bytes:
    """A file without the words of publishers, which are kept as they are."""
    names = [column.name for column in BY_FILE[file].marked("reference") if column.verbatim] if file in BY_FILE else []
    if not names:
        return raw
    rows = csv.DictReader(io.StringIO(raw.decode(errors="replace"), newline=""))
    return "\n".join(str(cell) for row in rows for name, cell in row.items() if name not in names).encode()


def _foreign(raw: bytes) -> Iterator[bytes]:
    """The runs of characters outside ASCII."""
    places = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) > 0x7F)
    firsts = places[np.diff(places, prepend=-2) > 1]
    lasts = places[np.diff(places, append=len(raw) + 1) > 1]
    return (raw[first : last + 1] for first, last in zip(firsts, lasts, strict=True))


def _misread(words: str) -> str:
    """The words if they are UTF-8 read as another encoding, else an empty text.

    >>> _misread("â€™"), _misread("é"), _misread("ÅŸ"), _misread("баку")
    ('â€™', '', 'ÅŸ', '')
    """
    uses = RULES["mojibake"].uses
    for encoding in uses["misread"]:
        try:
            once = words.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if (len(once) > 1 or encoding not in uses["by_chance"]) and re.fullmatch(f"[{''.join(uses['once'])}]+", once):
            return words
    return ""


def encoding(file: str, raw: bytes) -> list[Problem]:
    """The first byte that is not UTF-8 text."""
    try:
        offset = raw.decode("utf-8").encode().find(b"\0")
    except UnicodeDecodeError as error:
        offset = error.start
    if offset < 0:
        return []
    detail = "is not UTF-8 text" if raw[offset] else "is NUL, which text does not contain"
    line = raw.count(b"\n", 0, offset) + 1
    return [problem("encoding", file, "file", line=line, offset=offset, detail=detail, advice=AS_UTF_8)]


def stray_mark(file: str, raw: bytes) -> list[Problem]:
    """The first quotation mark that is not at the beginning or end of a cell, or that is not closed."""
    data = np.frombuffer(b"\n" + raw + b"\n", dtype=np.uint8)
    marks = np.flatnonzero(data == ord('"'))
    opening, closing = marks[0::2], marks[1::2]
    edges = np.frombuffer("".join(RULES["quoting"].uses["edges"]).encode(), dtype=np.uint8)
    inside = opening[~np.isin(data[opening - 1], edges)][:1]
    unclosed = np.append(opening[: len(closing)][~np.isin(data[closing + 1], edges)], opening[len(closing) :])[:1]
    if not len(inside) + len(unclosed):
        return []
    is_inside = len(inside) and (not len(unclosed) or inside[0] <= unclosed[0])
    mark = inside[0] if is_inside else unclosed[0]
    detail = (
        "a quotation mark is inside a cell that does not begin with one"
        if is_inside
        else "a quoted cell begins here, but its closing quotation mark is missing or not at its end"
    )
    return [problem("quoting", file, "row", line=raw.count(b"\n", 0, int(mark) - 1) + 1, detail=detail)]


def has_quoted_breaks(raw: bytes) -> bool:
    """Whether a line break is between quotation marks; if not, Arrow can read parts of the file in parallel."""
    data = np.frombuffer(raw, dtype=np.uint8)
    marks = np.flatnonzero(data == ord('"'))
    breaks = np.flatnonzero(data == ord("\n")) if len(marks) else marks
    return bool(np.any(np.searchsorted(marks, breaks) % 2))
