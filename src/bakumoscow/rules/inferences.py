"""Rules of inferences: a preferred claim is inferred if and only if its row marks the value as a conclusion."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, keep_where, known, rows_where, text
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import ANY, OWN, Breach, Rule

Conclusion = tuple[str, tuple[str, ...], str, str]
# What a row marks as a conclusion: a table, the fields of which one is inferred (empty for the row itself), and the
# column and level that mark it.
CONCLUSIONS: tuple[Conclusion, ...] = (
    ("events", ("place_id",), "place_basis", "inherited"),
    ("events", ("date_edtf",), "date_basis", "relative"),
    ("events", ("date_edtf",), "year_inferred", "TRUE"),
    ("participants", ("",), "basis", "inferred"),
    ("relations", ("", "other_event_id"), "basis", "inferred"),
)


def _cells(corpus: Corpus, table: str, field: str) -> pa.ChunkedArray:
    """A key for the cell of each row, or for the row itself if the field is empty."""
    return composite(corpus[table], "article_id", pa.scalar(table), TABLES[table].id, pa.scalar(field))


def _is_concluded(corpus: Corpus, table: str, column: str, level: str) -> pa.ChunkedArray:
    """Which rows of a table mark a conclusion."""
    return known(pc.equal(text(corpus[table][column]), level))


def _preferred_inferences(corpus: Corpus) -> pa.ChunkedArray:
    """The cell that each preferred inferred claim is about; missing for all other claims."""
    claims = corpus["claims"]
    preferred = all_of(pc.equal(claims["support"], "inferred"), pc.equal(claims["claim_rank"], "preferred"))
    fields = claims.set_column(claims.column_names.index("field"), "field", pc.fill_null(claims["field"], ""))
    return keep_where(preferred, composite(fields, "article_id", "record_table", "record_id", "field"))


def _unmarked(corpus: Corpus, *, conclusions: tuple[Conclusion, ...]) -> Iterator[Breach]:
    """Conclusions that no preferred inferred claim backs."""
    inferred = _preferred_inferences(corpus)
    for table, fields, column, level in conclusions:
        unbacked = _is_concluded(corpus, table, column, level)
        for field in fields:
            unbacked = all_of(unbacked, pc.is_null(find(_cells(corpus, table, field), inferred)))
        yield from (Breach(table, fields[0] or column, row) for row in rows_where(unbacked))


def _unfounded(corpus: Corpus, *, conclusions: tuple[Conclusion, ...]) -> Iterator[Breach]:
    """Preferred inferred claims on what their row does not mark as a conclusion."""
    inferred = _preferred_inferences(corpus)
    unfounded = pc.is_valid(inferred)
    for table, fields, column, level in conclusions:
        concluded = _is_concluded(corpus, table, column, level)
        for field in fields:
            unfounded = all_of(
                unfounded, pc.is_null(find(inferred, keep_where(concluded, _cells(corpus, table, field))))
            )
    yield from (Breach("claims", "support", row) for row in rows_where(unfounded))


RULES = [
    Rule(
        "inference-marked",
        "A preferred inferred claim backs every relative date, inferred year and inherited place, and every part "
        "and relation whose basis is inferred; for a relation, the claim is on the row or on other_event_id.",
        "The row says that the value is a conclusion; the claim says what it follows from.",
        "date_edtf `1987?-03-05` with only an explicit claim.",
        "{column} is {value!r} in {row_name}: a conclusion that no preferred inferred claim backs.",
        "Add such a claim with a note, or correct the row.",
        tables=("events", "participants", "relations"),
        check=_unmarked,
        uses={"conclusions": CONCLUSIONS},
        misses=("claims", OWN),
    ),
    Rule(
        "inference-fills",
        "A preferred claim is inferred only where its row marks a conclusion: a relative date, an inferred year, an "
        "inherited place, or a part or relation whose basis is inferred.",
        "Stated and inferred values must not be mixed.",
        "A preferred inferred claim on `country`.",
        "{row_name} is inferred and preferred, but {record_name} does not mark a conclusion.",
        "Set claim_rank to normal and empty the cell, or correct support.",
        tables=("claims",),
        check=_unfounded,
        uses={"conclusions": CONCLUSIONS},
        misses=("claims", ANY),
    ),
]
