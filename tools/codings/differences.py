"""Every difference between the codings, and between them and what stands in data/."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bakumoscow.model.table import Table
from bakumoscow.model.tables import TABLES as MODELS
from tools.codings.matching import FREE_TEXT, SUBJECT, Matches, compared, match_codings, unequal
from tools.codings.reading import MISSING, TABLES, Cells, Coding, Record, load

FIRST, SECOND, TODAY = "docs/first-coding", "docs/second-coding", "data"
ONLY_FIRST, ONLY_SECOND, NOT_TODAY, ONLY_TODAY = "only-in-first", "only-in-second", "not-in-data", "only-in-data"


@dataclass(frozen=True)
class Comparison:
    """Two codings and what stands in data/, with the matches of each pair."""

    first: Coding
    second: Coding
    today: Coding
    found: Matches
    first_today: Matches
    second_today: Matches


@dataclass(frozen=True)
class Difference:
    """One difference: what the codings and data/ hold, and with which of the codings data/ agrees.

    `is_agreed` means that the codings agree and only data/ differs.
    """

    id: str
    table: str
    sentence: int
    first: str
    second: str
    today: str
    is_first: bool
    is_second: bool
    is_agreed: bool = False


def compare(root: Path) -> Comparison:
    """The two codings and data/, matched. Raises CodingError."""
    first, second = load(root, FIRST), load(root, SECOND)
    today = load(root, TODAY, first.article)  # data/ holds other articles too
    matches = match_codings(first, second), match_codings(first, today), match_codings(second, today)
    return Comparison(first, second, today, *matches)


def differences(comparison: Comparison) -> list[Difference]:
    """Every difference between the codings, and every place where they agree and data/ does not.

    Tables in order, in each the sentences in order. A claim on a row or cell that is listed itself is a part of
    that difference and is not listed again.
    """
    listed: list[Difference] = []
    cells: set[tuple[str, str, str]] = set()  # what is listed: table, row, column; column `*` is the whole row
    for name in TABLES:
        rows = [*_both(comparison, MODELS[name], cells), *_single(comparison, MODELS[name], cells)]
        listed += sorted(rows, key=lambda row: row.sentence)
    for number, role in comparison.first.roles.items():
        other = comparison.second.roles.get(number, MISSING)
        kept = comparison.today.roles.get(number, MISSING)
        if not role == other == kept:
            key = f"sentences:{number}:role"
            stands = role == kept, other == kept, role == other
            listed.append(Difference(key, "sentences", number, role, other, kept, *stands))
    return listed


def _both(comparison: Comparison, contract: Table, cells: set[tuple[str, str, str]]) -> Iterator[Difference]:
    """The differences of the rows that are in both codings."""
    name = contract.name
    for one_id, other_id in comparison.found[name].items():
        one, other = comparison.first.tables[name][one_id], comparison.second.tables[name][other_id]
        if _is_listed(contract, one.cells, "first", cells):
            continue
        differing = unequal(contract, one, other, comparison.found)
        kept_id = comparison.first_today[name].get(one_id) or comparison.second_today[name].get(other_id)
        if kept_id is None:
            cells |= {(name, f"first:{one_id}", "*"), (name, f"second:{other_id}", "*")}
            key = f"{name}:{one_id}:{NOT_TODAY}"
            lines = _line(contract, one), _line(contract, other)
            yield Difference(key, name, _sentence(one), *lines, MISSING, False, False, is_agreed=True)
        kept = comparison.today.tables[name].get(kept_id or "")
        from_first = unequal(contract, one, kept, comparison.first_today) if kept else differing
        from_second = unequal(contract, other, kept, comparison.second_today) if kept else differing
        for column in compared(contract, one, other):
            if column.name not in (*differing, *from_first, *from_second):
                continue
            cells |= {(name, f"first:{one_id}", column.name), (name, f"second:{other_id}", column.name)}
            yield Difference(
                f"{name}:{one_id}:{column.name}",
                name,
                min(_sentence(one, column.name), _sentence(other, column.name)),
                one.cells[column.name] or MISSING,
                other.cells[column.name] or MISSING,
                (kept.cells[column.name] if kept else None) or MISSING,
                column.name not in from_first,
                column.name not in from_second,
                is_agreed=column.name not in differing,
            )


def _single(comparison: Comparison, contract: Table, cells: set[tuple[str, str, str]]) -> Iterator[Difference]:
    """The rows that are in one coding only, or in data/ only."""
    name = contract.name
    found, today = comparison.found[name], comparison.today.tables[name]
    sides = (
        ("first", comparison.first, set(found), comparison.first_today, ONLY_FIRST),
        ("second", comparison.second, set(found.values()), comparison.second_today, ONLY_SECOND),
    )
    for side, coding, matched, to_today, kind in sides:
        for row in coding.tables[name].values():
            if row.id in matched or _is_listed(contract, row.cells, side, cells):
                continue
            cells.add((name, f"{side}:{row.id}", "*"))
            kept = today.get(to_today[name].get(row.id, ""))
            stands = kept is not None and not unequal(contract, row, kept, to_today)
            one, other = (_line(contract, row), MISSING)[:: 1 if side == "first" else -1]
            yield Difference(
                f"{name}:{row.id}:{kind}",
                name,
                _sentence(row),
                one,
                other,
                _line(contract, kept) if kept else MISSING,
                stands if side == "first" else kept is None,
                stands if side == "second" else kept is None,
            )
    known = {*comparison.first_today[name].values(), *comparison.second_today[name].values()}
    for row in today.values():
        if row.id not in known and not _is_listed(contract, row.cells, "data", cells):
            cells.add((name, f"data:{row.id}", "*"))
            key = f"{name}:{row.id}:{ONLY_TODAY}"
            line = _line(contract, row)
            yield Difference(key, name, _sentence(row), MISSING, MISSING, line, False, False, is_agreed=True)


def _is_listed(contract: Table, claim: Cells, side: str, cells: set[tuple[str, str, str]]) -> bool:
    """Whether a claim is about a row or cell that is listed itself."""
    if contract.name != "claims":
        return False
    table, key, field = (claim[name] or "" for name in SUBJECT)
    return bool({(table, f"{side}:{key}", "*"), (table, f"{side}:{key}", field)} & cells)


def _sentence(row: Record, field: str = "") -> int:
    """The sentence of a cell's claim, or of the row's."""
    return row.sentences.get(field) or row.sentences.get("") or 0


def _line(contract: Table, row: Record) -> str:
    """A row in one line: its filled cells but for the key and free text."""
    left_out = {*contract.key, *FREE_TEXT}
    return ", ".join(f"{name} {value}" for name, value in row.cells.items() if value and name not in left_out)
