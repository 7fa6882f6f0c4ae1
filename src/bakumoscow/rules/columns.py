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
    """The columns that somebody types; a derived cell is wrong only if a typed one is, which is answered there."""
    for name, table in corpus.tables.items():
        for column in TABLES[name].columns:
            if column.mark != "derived":
                yield name, column, table[column.name]


def _missing(corpus: Corpus, *, elsewhere: tuple[tuple[str, str], ...]) -> Iterator[Breach]:
    """Required cells that are empty; another rule reports the columns that `elsewhere` lists."""
    for table, column, values in _columns(corpus):
        if column.required and values.null_count and (table, column.name) not in elsewhere:
            yield from (Breach(table, column.name, row, {"advice": ""}) for row in rows_where(pc.is_null(values)))


def _levels(corpus: Corpus) -> Iterator[Breach]:
    for table, column, values in _columns(corpus):
        if not column.levels:
            continue
        wrong = pc.and_(pc.is_valid(values), pc.invert(is_one(values, column.levels)))
        for row in rows_where(wrong):
            near = nearest(values[row].as_py(), column.levels)
            advice = f"Use one of: {', '.join(column.levels)}. docs/change-the-code.md says how a level is added."
            yield Breach(table, column.name, row, {"when": "", "nearest": near, "advice": advice})


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
                advice = f"It contains letters of another script that look like Latin ones; retype {latin!r}."
            yield Breach(table, column.name, row, {"expected": column.pattern.words, "advice": advice})


def _ranges(corpus: Corpus) -> Iterator[Breach]:
    for table, column, values in _columns(corpus):
        bounds: list[tuple[str, Any]] = []
        if column.minimum is not None:
            bounds.append((f"at least {column.minimum:g}", pc.less(values, column.minimum)))
        if column.maximum is not None:
            bounds.append((f"at most {column.maximum:g}", pc.greater(values, column.maximum)))
        if bounds:
            phrase = " and ".join(words for words, _ in bounds)
            outside = any_of(*(known(mask) for _, mask in bounds))
            yield from (Breach(table, column.name, row, {"bounds": phrase}) for row in rows_where(outside))


def _not_in_calendar(corpus: Corpus) -> Iterator[Breach]:
    """Dates in EDTF that do not exist; each distinct date is read once."""
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
        "A required cell has a value.",
        "A missing value means unknown, and these values are always known.",
        "An event without `kind`.",
        "{row_name} has no {column}.",
        "Fill the cell{advice}.",
        check=_missing,
        uses={"elsewhere": (("sentences", "role"),)},
    ),
    Rule(
        "level",
        "A value of an enumeration is one of its levels.",
        "A misspelt level becomes a category of its own in every table made from it.",
        "`arest` for `arrest`.",
        "{value!r} is not a level of {column}{when}{nearest}.",
        "{advice}",
        check=_levels,
    ),
    Rule(
        "pattern",
        "A cell matches its column's pattern; text has no control characters, line breaks or white space at its ends.",
        "Keys are used in file names, queries and web addresses, and text is opened in spreadsheets.",
        "`Svala raid` as a key.",
        "{value!r} is not {expected}.",
        "{advice}",
        check=_patterns,
    ),
    Rule(
        "range",
        "A number is within its column's bounds.",
        "A number outside them is a slip, or a placeholder for a missing one.",
        "-1 in count_low.",
        "{value} is not {bounds}.",
        "Correct the number, or empty the cell if it is unknown.",
        check=_ranges,
    ),
    Rule(
        "date-value",
        "A date exists in the calendar, and an interval does not run backwards.",
        "A date that does not exist has no first and no last day.",
        "`1987-02-30`.",
        "{value!r} {detail}.",
        "Correct the date.",
        tables=("events",),
        check=_not_in_calendar,
    ),
]
