"""Changes of cells in a table, and what changes with them.

A cell changes together with the cells that are derived from it or describe it. A change after which its row would
break a rule of its table is not made.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bakumoscow.frames import arrow_of, plain
from bakumoscow.model import edtf
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("count_text", "count_low", "count_best", "count_high")
DATES = ("date_text", "date_edtf")
# Columns that say one thing: what a voice says of the column before the colon replaces all of them.
TOGETHER: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(DATES, DATES),
    **dict.fromkeys(COUNTS, COUNTS),
    "place_id": ("place_id", "place_relation"),
}
# Rules that a reading may break in a row, since it has values that no words of the article give.
WAIVED: Mapping[str, tuple[str, ...]] = {
    "stated": (),
    "coded": (),
    "filled": ("place-whole", "count-words"),
    "voice": ("place-whole", "count-words", "count-zero"),
}
EMPTIED = (("relations", "other_event_id"),)  # required cells that are empty as stated


class Change(NamedTuple):
    """A new value of a cell: its row and column, where the value comes from, and who asserts it."""

    row: int
    column: str
    value: Any  # None for missing
    basis: str
    voice: str | None = None


def together(column: str) -> tuple[str, ...]:
    """The columns that change with a column, itself included."""
    return TOGETHER.get(column, (column,))


def numbers(words: str, basis: str) -> dict[str, tuple[int | None, str]]:
    """The three numbers that go with the words for a count, each with its basis."""
    from bakumoscow.rules.counts import counts_of

    counts = counts_of(words) or (None, None, None)
    return {
        column: (number, "missing" if number is None else basis)
        for column, number in zip(COUNTS[1:], counts, strict=True)
    }


def changed(
    frame: "pd.DataFrame", table: str, changes: Sequence[Change], waived: Sequence[str]
) -> "tuple[pd.DataFrame, list[Change]]":
    """A frame with changes, settled, and the changes that were made; the frame itself stays as it is."""
    changes = _without_loose_relations(frame, table, changes)
    if not changes:
        return frame, []
    found = frame.copy()
    for column in dict.fromkeys(change.column for change in changes):
        of_column = [change for change in changes if change.column == column]
        _set(found, column, [change.row for change in of_column], [change.value for change in of_column])
    for columns, settle in SETTLED.items():
        of_columns = [change for change in changes if change.column in columns]
        if of_columns and columns[0] in TABLES[table]:
            settle(found, of_columns)
    broken = _breaking(found, table, sorted({change.row for change in changes}), waived)
    if broken:
        return changed(frame, table, _without_breaking(changes, broken), waived)
    return found, list(changes)


def _without_loose_relations(frame: "pd.DataFrame", table: str, changes: Sequence[Change]) -> Sequence[Change]:
    """The changes without those to the relation of a place that the row does not have."""
    if table != "events":
        return changes
    places = dict(enumerate(frame["place_id"].notna()))
    places |= {change.row: change.value is not None for change in changes if change.column == "place_id"}
    return [c for c in changes if c.column != "place_relation" or c.value is None or places[c.row]]


def _without_breaking(changes: Sequence[Change], broken: "Mapping[int, set[str]]") -> list[Change]:
    """The changes without those to the cells that break a rule, or to any cell of the row if these did not change."""
    breaking = [c for c in changes if broken.get(c.row, set()).intersection(together(c.column))]
    rows = {change.row for change in breaking}
    return [c for c in changes if c not in breaking and (c.row in rows or c.row not in broken)]


def _set(frame: "pd.DataFrame", column: str, rows: Sequence[int], values: Sequence[Any]) -> None:
    """Set cells; None is missing."""
    import pandas as pd

    typed: pd.Series[Any] = pd.Series(list(values), index=list(rows), dtype=object)
    if frame[column].dtype.name.startswith("datetime"):
        typed = pd.to_datetime(typed)
    frame.loc[rows, column] = typed.astype(frame[column].dtype if typed.notna().all() else typed.dtype)


def _settle_dates(frame: "pd.DataFrame", changes: Iterable[Change]) -> None:
    """The days that the dates allow, and how the text gives them; what the coder concludes is relative."""
    rows = sorted({change.row for change in changes})
    texts, dates = (_values(frame, column, rows) for column in ("date_text", "date_edtf"))
    bounds = [edtf.bounds(date) if date else (None, None) for date in dates]
    _set(frame, "date_earliest", rows, [first for first, _ in bounds])
    _set(frame, "date_latest", rows, [last for _, last in bounds])
    _set(frame, "event_date", rows, [first if first == last else None for first, last in bounds])
    _set(frame, "year_inferred", rows, [bool(date) and "?" in date for date in dates])
    concluded = {change.row for change in changes if change.column == "date_edtf" and change.basis == "inferred"}
    of_words = {(True, True): "stated", (True, False): "relative", (False, True): "unresolved"}
    bases = [
        "relative" if date and row in concluded else of_words.get((bool(date), bool(text)), "unknown")
        for row, date, text in zip(rows, dates, texts, strict=True)
    ]
    _set(frame, "date_basis", rows, bases)


def _settle_places(frame: "pd.DataFrame", changes: Iterable[Change]) -> None:
    """How the text gives the places: not at all where the coder concludes them or there is none."""
    last = {change.row: change for change in changes if change.column == "place_id"}
    bases = ["stated" if change.value and change.basis == "stated" else None for change in last.values()]
    _set(frame, "place_basis", list(last), bases)


def _settle_citizenships(frame: "pd.DataFrame", changes: Iterable[Change]) -> None:
    """The state that a word for a citizenship means, where the article's actors say it with the same word."""
    rows = sorted({change.row for change in changes})
    known = frame.drop(index=rows).dropna(subset=["citizenship", "citizenship_code"])
    codes = {tuple(key): code for *key, code in known[["article_id", "citizenship", "citizenship_code"]].to_numpy()}
    words = zip(_values(frame, "article_id", rows), _values(frame, "citizenship", rows), strict=True)
    _set(frame, "citizenship_code", rows, [codes.get(word) for word in words])


Settle = Callable[["pd.DataFrame", Iterable[Change]], None]
SETTLED: Mapping[tuple[str, ...], Settle] = {
    ("date_edtf", "date_text"): _settle_dates,
    ("place_id",): _settle_places,
    ("citizenship",): _settle_citizenships,
}


def _values(frame: "pd.DataFrame", column: str, rows: Sequence[int]) -> list[Any]:
    """The cells of some rows, None where they are missing."""
    return plain(frame[column].iloc[list(rows)])


def _breaking(frame: "pd.DataFrame", table: str, rows: Sequence[int], waived: Sequence[str]) -> dict[int, set[str]]:
    """Which of some rows break a rule of their table, such as a person with a country, and by which columns."""
    from bakumoscow.rules import RULES

    arms = [arm for rule in RULES.values() if table in rule.tables and rule.id not in waived for arm in rule.arms]
    part = frame.iloc[list(rows)]
    broken: dict[int, set[str]] = {}
    for arm in arms:
        holds = arm({name: arrow_of(part[name], TABLES[table][name].type.arrow) for name in arm.columns})
        for row, fine in zip(rows, holds.to_pylist(), strict=True):
            if fine is False:
                broken.setdefault(row, set()).update(arm.columns)
    return broken
