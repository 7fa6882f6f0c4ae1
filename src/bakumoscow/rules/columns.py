"""Rules of single cells: missing values, levels, patterns and bounds, as the columns declare them."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import any_of, is_one, known, rows_where
from bakumoscow.model import edtf
from bakumoscow.model.column import Column
from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.nearest import LOOKALIKES, nearest
from bakumoscow.rules.rule import Breach, Rule


def _columns(corpus: Corpus) -> Iterator[tuple[str, Column, pa.ChunkedArray]]:
    for name, table in corpus.tables.items():
        for column in TABLES[name].columns:
            yield name, column, table[column.name]


def _missing(corpus: Corpus, *, elsewhere: tuple[tuple[str, str], ...]) -> Iterator[Breach]:
    """Typed cells that are missing; `elsewhere` are columns whose missing values another rule answers."""
    for table, column, values in _columns(corpus):
        if column.required and column.mark != "derived" and values.null_count and (table, column.name) not in elsewhere:
            yield from (Breach(table, column.name, row, {"advice": ""}) for row in rows_where(pc.is_null(values)))


def _levels(corpus: Corpus) -> Iterator[Breach]:
    for table, column, values in _columns(corpus):
        if not column.levels:
            continue
        wrong = pc.and_(pc.is_valid(values), pc.invert(is_one(values, column.levels)))
        for row in rows_where(wrong):
            near = nearest(values[row].as_py(), column.levels)
            yield Breach(table, column.name, row, {"when": "", "nearest": near, "levels": ", ".join(column.levels)})


def _patterns(corpus: Corpus) -> Iterator[Breach]:
    for table, column, values in _columns(corpus):
        if not column.pattern:
            continue
        matches = pc.match_substring_regex(values, column.pattern.anchored)
        for row in rows_where(pc.invert(matches)):
            value = values[row].as_py()
            latin = value.translate(LOOKALIKES)
            advice = column.pattern.advice
            if latin != value and column.pattern is not PATTERNS["text"]:
                advice = f"Letters of another script stand in it; type {latin!r} anew."
            yield Breach(table, column.name, row, {"expected": column.pattern.words, "advice": advice})


def _ranges(corpus: Corpus) -> Iterator[Breach]:
    for table, column, values in _columns(corpus):
        bounds: list[tuple[str, Any]] = []
        if column.minimum is not None:
            bounds.append((f"at least {column.minimum:g}", pc.less(values, column.minimum)))
        if column.maximum is not None:
            bounds.append((f"at most {column.maximum:g}", pc.greater(values, column.maximum)))
        if bounds:
            said = " and ".join(words for words, _ in bounds)
            outside = any_of(*(known(mask) for _, mask in bounds))
            yield from (Breach(table, column.name, row, {"bounds": said}) for row in rows_where(outside))


def _not_in_calendar(corpus: Corpus) -> Iterator[Breach]:
    """Dates in EDTF that have no bounds; each distinct date is read once."""
    for table, column, values in _columns(corpus):
        if column.pattern is PATTERNS["edtf"]:
            details = {}
            for date in values.filter(pc.match_substring_regex(values, column.pattern.anchored)).unique().to_pylist():
                try:
                    edtf.bounds(date)
                except edtf.EdtfError as error:
                    details[date] = str(error)
            for row in rows_where(is_one(values, details)) if details else ():
                yield Breach(table, column.name, row, {"detail": details[values[row].as_py()]})


RULES = [
    Rule(
        "missing",
        "A cell that must have a value has one.",
        "Missing means unknown; these are never unknown.",
        "An event without `kind`.",
        "{row_name} has no {column}.",
        "Fill the cell{advice}.",
        check=_missing,
        uses={"elsewhere": (("sentences", "role"),)},
    ),
    Rule(
        "level",
        "A cell of an enumeration holds one of its levels.",
        "A misspelt level is a category of its own in every table made from it.",
        "`arest` for `arrest`.",
        "{value!r} is not a level of {column}{when}{nearest}.",
        "Use one of: {levels}.",
        check=_levels,
    ),
    Rule(
        "pattern",
        "A cell matches its column's pattern; text has no control characters, line breaks or white space at its ends.",
        "Keys travel into file names, queries and addresses; text travels into spreadsheets.",
        "`Svala raid` as a key.",
        "{value!r} is not {expected}.",
        "{advice}",
        check=_patterns,
    ),
    Rule(
        "range",
        "A number lies within its column's bounds.",
        "A count below 1 is no group; unknown is never 0.",
        "0 in count_low.",
        "{value} is not {bounds}.",
        "Correct the number; leave the cell empty where it is unknown.",
        check=_ranges,
    ),
    Rule(
        "date-value",
        "A date exists in the calendar and an interval does not run backwards.",
        "A day that does not exist has no bounds.",
        "`1987-02-30`.",
        "{value!r} {detail}.",
        "Correct the date.",
        tables=("events",),
        check=_not_in_calendar,
    ),
]
