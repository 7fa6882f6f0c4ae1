"""Rules of a claim by itself: its field is a coded column, its value is possible there, its id is made of both."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, any_of, composite, find, is_one, keep_where, known, repeated, rows_where, text
from bakumoscow.model import edtf
from bakumoscow.model.column import Column
from bakumoscow.model.countries import COUNTRIES
from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.tables import CELL_CLAIMED, TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.nearest import nearest
from bakumoscow.rules.rule import ANY, NAMED, Breach, Rule
from bakumoscow.rules.spelling import is_country

CONTENT = (
    *("article_id", "record_table", "record_id", "field", "claimed_value"),
    *("asserted_by", "sentence_number", "quoted_text"),
)


def _of_no_column(corpus: Corpus) -> Iterator[Breach]:
    for (table, field), rows in corpus.claim_groups.items():
        columns = TABLES[table].claimable if table in TABLES else []
        if table in TABLES and field and field not in columns:
            near = nearest(field, columns)
            yield from (Breach("claims", "field", row, {"nearest": near}) for row in rows.tolist())


def _not_allowed(corpus: Corpus) -> Iterator[Breach]:
    """Claims with a value that is not allowed in their cell."""
    claims = corpus["claims"]
    for name, table in CELL_CLAIMED.items():
        for column in table.columns:
            rows = pa.array(corpus.claims_on(name, column.name))
            if not len(rows):
                continue
            chosen = claims.select(["article_id", "claimed_value"]).take(rows)
            wrong = rows_where(pc.invert(_fits(corpus, column, chosen)))
            for index in wrong:
                article, value = (chosen[part][index].as_py() for part in ("article_id", "claimed_value"))
                near = _near_value(corpus, column, article, value)
                yield Breach("claims", "claimed_value", rows[index].as_py(), {"nearest": near})


def _near_value(corpus: Corpus, column: Column, article: str, value: str | None) -> str | None:
    """The key, country or level allowed in the cell that is most like a claimed value."""
    if not value:
        return None
    if column.refers:
        return nearest(value, corpus.ids(column.refers).get(article, ()))
    if column.pattern is PATTERNS["country-code"]:
        return nearest(value, _countries_of(corpus, article)) or nearest(value, sorted(COUNTRIES))
    return nearest(value, column.levels or ())


def _countries_of(corpus: Corpus, article: str) -> list[str]:
    """The countries in an article's tables: a misspelt one is most likely one of these."""
    columns = ((name, column.name) for name, table in TABLES.items() for column in table.columns)
    return sorted(
        {
            country
            for name, column in columns
            if TABLES[name][column].pattern is PATTERNS["country-code"]
            for country in corpus[name][column].filter(pc.equal(corpus[name]["article_id"], article)).to_pylist()
            if country in COUNTRIES
        }
    )


def _fits(corpus: Corpus, column: Column, claims: pa.Table) -> pa.ChunkedArray:
    """Which claimed values are allowed in the column: an existing key, a level, a number, or text of its pattern."""
    values = claims["claimed_value"]
    if column.refers:
        keys = corpus.keys(column.refers)
        return pc.is_in(composite(claims, "article_id", "claimed_value"), value_set=keys)
    if column.pattern is PATTERNS["country-code"]:
        return is_country(values)
    if column.levels:
        return is_one(values, column.levels)
    pattern = column.type.cell.pattern if column.type.cell else (column.pattern or PATTERNS["text"]).anchored
    fits = pc.match_substring_regex(values, pattern)
    if column.type.name == "integer":
        numbers = keep_where(fits, values).cast(pa.int64())
        return pc.and_kleene(fits, known(pc.greater_equal(numbers, column.minimum or 0)))
    if column.pattern is PATTERNS["edtf"]:
        wrong = [value for value in values.filter(fits).unique().to_pylist() if not edtf.is_in_calendar(value)]
        return pc.and_kleene(fits, pc.invert(is_one(values, wrong)))
    return fits


def _misnamed(corpus: Corpus, *, numbers: str) -> Iterator[Breach]:
    """Claims whose id is not made of the row and the field that they are about."""
    claims = corpus["claims"]
    fields = pc.replace_substring(pc.fill_null(claims["field"], "row"), "_", "-")
    expected = pc.binary_join_element_wise(claims["record_id"], fields, "-")
    unnumbered = pc.replace_substring_regex(claims["claim_id"], f"-({numbers})$", "")
    right = any_of(pc.equal(claims["claim_id"], expected), pc.equal(unnumbered, expected))
    for row in rows_where(pc.invert(right)):
        yield Breach("claims", "claim_id", row, {"expected": expected[row].as_py()})


def _uncertain(corpus: Corpus, *, factuality: str) -> Iterator[Breach]:
    """Inferred claims with the wrong factuality: that of the part if they inherit a place through a stated one."""
    claims = corpus["claims"]
    inferred = pc.equal(claims["support"], "inferred")
    expected = pc.coalesce(_certainty_of_places(corpus), pa.scalar(factuality))
    for row in rows_where(all_of(inferred, pc.not_equal(claims["factuality"], expected))):
        yield Breach("claims", "factuality", row, {"expected": expected[row].as_py()})


def _certainty_of_places(corpus: Corpus) -> pa.ChunkedArray:
    """For each preferred claim on the place of an event that is a stated part, how certain the part is."""
    claims, relations = corpus["claims"], corpus["relations"]
    on_places = all_of(
        pc.equal(claims["record_table"], "events"),
        known(pc.equal(claims["field"], "place_id")),
        pc.equal(claims["claim_rank"], "preferred"),
    )
    is_part = all_of(pc.equal(relations["relation"], "part_of"), pc.equal(relations["basis"], "stated"))
    parts = keep_where(is_part, corpus.keys("relations", "article_id", "event_id"))
    return relations["factuality"].take(
        find(keep_where(on_places, corpus.keys("claims", "article_id", "record_id")), parts)
    )


def _twice(corpus: Corpus, *, saying: tuple[str, ...]) -> Iterator[Breach]:
    """Claims that are copies of others: their columns `saying` are all equal."""
    claims = corpus["claims"]
    same = np.zeros(len(claims), np.int64)  # a number for each set of rows that are alike so far
    for name in saying:
        values = text(claims[name]).combine_chunks().dictionary_encode(null_encoding="encode")
        same = np.unique(same * len(values.dictionary) + values.indices.to_numpy(), return_inverse=True)[1]
    if len(same) and same.max() + 1 < len(same):
        for row, first in repeated(pa.chunked_array([same])):
            yield Breach("claims", "claim_id", row, {"first": claims["claim_id"][first].as_py()})


RULES = [
    Rule(
        "claim-field",
        "A claim's field is a coded column of its table: one whose cells have claims of their own.",
        "A claim on any other column backs nothing.",
        "A claim on the field `label`.",
        "{record_table} has no coded column {value!r}{nearest}.",
        "Enter a coded column, or empty field and claimed_value to make it a row claim.",
        tables=("claims",),
        check=_of_no_column,
        is_about_name=True,
    ),
    Rule(
        "claim-name",
        "A claim's id is its record_id, then `row` or the field with hyphens, then if needed a number from 2 on.",
        "The id says what the claim is about, so a claim on the wrong row or field is noticed.",
        "The id `norway-nam` for a claim on the name of norway.",
        "the id is {value}, but should be {expected} or {expected}-2, -3 ...",
        "Rename it, or correct record_id or field.",
        tables=("claims",),
        check=_misnamed,
        uses={"numbers": "[2-9]|[1-9][0-9]+"},
        is_about_name=True,
    ),
    Rule(
        "claimed-value",
        "A claimed value is one that its cell may have: a level, a key that exists, a number, a code.",
        "No query finds a misspelt value.",
        "A normal claim on `part_of` with the value `norwey`.",
        "{value!r} is not a valid {field} in {record_table}{nearest}.",
        "Correct claimed_value.",
        tables=("claims",),
        check=_not_allowed,
        misses=(ANY, NAMED),
    ),
    Rule(
        "inference-certainty",
        "An inferred claim is PR+. The only exception is a place that an event inherits as a stated part of "
        "another: it is as certain as that part.",
        "A conclusion is less certain than the words that it follows from.",
        "An inferred claim on the country of the police that is CT+.",
        "the factuality of {row_name}, an inferred claim, is {value}, but should be {expected}.",
        "Set factuality to {expected}.",
        tables=("claims",),
        check=_uncertain,
        uses={"factuality": "PR+"},
        misses=("claims", "relations"),
    ),
    Rule(
        "claim-twice",
        "No two claims say the same thing with the same words.",
        "A copy makes one statement count twice.",
        "A claim copied under another id.",
        "{row_name} says the same as claim {first}.",
        "Delete one of them.",
        tables=("claims",),
        check=_twice,
        uses={"saying": CONTENT},
    ),
]
