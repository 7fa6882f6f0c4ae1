"""What a mutant is by the criterion, and how a judge's answer to it is signed."""

from dataclasses import dataclass

from bakumoscow.contract import contracts
from tools.proof.clean import Clean
from tools.proof.criterion import Place, Row, broken_promises
from tools.proof.faults.files import VALID_FAULTS
from tools.proof.judges import Found
from tools.proof.mutants import Mutant, spoiled_files, spoiled_tables

WRONG, READER, VALID = "wrv"
EXACT, PAIR, ELSEWHERE, SILENT, SPEAKS = "XPe-!"
# The line of a fault of a file, where it has one; the header is line 1.
LINES = {
    "NUL byte": 2,
    "line ends mixed": 2,
    "lone carriage return": 2,
    "column doubled": 1,
    "column missing": 1,
    "column misspelt": 1,
    "column unknown": 1,
    "column without a name": 1,
    "merge unfinished": 2,
    "row too short": 2,
    "row too long": 2,
    "quotation mark unclosed": 2,
    "quotation mark astray": 2,
    "rows swallowed": 2,
    "semicolons": 1,
    "row of commas": 3,
    "header deleted": 1,
}
BY_ORACLE = ("rows deleted, header kept", "columns of two names exchanged")


@dataclass(frozen=True)
class Verdict:
    """What a mutant is by the criterion, and where a finding would be right."""

    kind: str
    promises: tuple[str, ...]
    own: frozenset[tuple[str, int | None, str | None]]
    pair: frozenset[Place]


def verdict(clean: Clean, mutant: Mutant) -> Verdict:
    """What a mutant is, without asking any judge."""
    if mutant.is_file and mutant.fault not in BY_ORACLE:
        return _of_file(clean, mutant)
    tables = {name: clean.rows(name) for name in contracts()}
    before = tables["sentences"]
    tables |= {mutant.table: _exchanged(clean, mutant)} if mutant.is_file else spoiled_tables(clean, mutant)
    broken = broken_promises(tables, clean.articles)
    kind = WRONG if broken else READER
    if kind == READER and mutant.column == "opening" and _starts(clean, before) == _starts(clean, tables["sentences"]):
        kind = VALID
    places = frozenset(place for item in broken for place in item.places)
    return Verdict(kind, tuple(sorted({item.promise for item in broken})), _own(mutant), places)


def _exchanged(clean: Clean, mutant: Mutant) -> list[Row]:
    """The rows of a file whose fault is judged by its rows: none, or two columns exchanged."""
    if mutant.fault == "rows deleted, header kept":
        return []
    *names, last, end = clean.headers[mutant.table]
    return [dict(zip([*names, end, last], record, strict=True)) for record in clean.records[mutant.table]]


def _starts(clean: Clean, sentences: list[Row]) -> list[int]:
    return [clean.articles[row["article_id"]].find(row["opening"]) for row in sentences]


def _own(mutant: Mutant) -> frozenset[tuple[str, int | None, str | None]]:
    """The place of the fault itself; None stands for any line or column."""
    file, row = f"data/{mutant.table}.csv", mutant.row
    if row is None or mutant.adds < 0:
        return frozenset({(file, None, None)})
    if mutant.adds:
        return frozenset({(file, row + 2, None), (file, row + 3, None)})
    lines = [row + 2, row + 3] if mutant.fault == "swapped with the row below" else [row + 2]
    return frozenset((file, line, mutant.column) for line in lines)


def _of_file(clean: Clean, mutant: Mutant) -> Verdict:
    if mutant.fault in VALID_FAULTS:
        return Verdict(VALID, (), frozenset(), frozenset())
    files = spoiled_files(clean, mutant)
    line = LINES.get(mutant.fault)
    if mutant.fault in ("wrong encoding: Windows-1252", "wrong encoding read and saved"):
        raw = clean.files[f"data/{mutant.table}.csv"]
        first = next(position for position, byte in enumerate(raw) if byte > 127)
        line = raw.count(b"\n", 0, first) + 1
    own = {(path, line, None) for path in files}
    if mutant.fault.startswith("article "):
        own.add(("data/articles.csv", None, None))
    return Verdict(WRONG, (mutant.fault,), frozenset(own), frozenset())


def sign(found: list[Found], verdict: Verdict) -> str:
    """How a judge answered: at the place of the fault, at the other end of a broken promise, elsewhere or not.

    A small letter says that there were several findings; `w` follows where all of them were warnings.
    """
    if verdict.kind in (READER, VALID):
        return SPEAKS if found else SILENT
    if not found:
        return SILENT
    if any(_at(item, place) for item in found for place in verdict.own):
        letter = EXACT
    elif any(_at(item, place) for item in found for place in verdict.pair):
        letter = PAIR
    else:
        letter = ELSEWHERE
    letter = letter.lower() if len(found) > 1 else letter
    return letter + ("w" if all(item.warning for item in found) else "")


def _at(item: Found, place: tuple[str, int | None, str | None]) -> bool:
    """Whether a finding is at a place; a finding without a column (a key of several) is at any column."""
    file, line, column = place
    named = item.column in (None, "", column) or column is None
    return item.file == file and line in (None, item.line) and named
