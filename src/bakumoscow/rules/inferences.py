"""Rules of inferences: a preferred claim is inferred exactly where its row marks the value as a conclusion."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, keep_where, rows_where, text
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import ANY, OWN, Breach, Rule

# What a row marks as a conclusion: table, field (empty for the row itself), and the column and level that mark it.
CONCLUSIONS = (
    ("events", "place_id", "place_basis", "inherited"),
    ("events", "date_edtf", "date_basis", "relative"),
    ("events", "date_edtf", "year_inferred", "TRUE"),
    ("relations", "", "basis", "inferred"),
)


def _keys_of_conclusions(
    corpus: Corpus, conclusions: tuple[tuple[str, str, str, str], ...]
) -> Iterator[tuple[str, str, pa.ChunkedArray, pa.ChunkedArray]]:
    """For each kind of conclusion: table, field, in which rows it is marked, and the keys of the cells marked so."""
    for table, field, column, level in conclusions:
        concluded = pc.equal(text(corpus[table][column]), level)
        parts = ("article_id", pa.scalar(table), TABLES[table].id, pa.scalar(field))
        yield table, field, concluded, keep_where(concluded, composite(corpus[table], *parts))


def _preferred_inferences(corpus: Corpus) -> pa.ChunkedArray:
    """The cell that each preferred inferred claim is about; missing for all other claims."""
    claims = corpus["claims"]
    preferred = all_of(pc.equal(claims["support"], "inferred"), pc.equal(claims["claim_rank"], "preferred"))
    fields = claims.set_column(claims.column_names.index("field"), "field", pc.fill_null(claims["field"], ""))
    return keep_where(preferred, composite(fields, "article_id", "record_table", "record_id", "field"))


def _unmarked(corpus: Corpus, *, conclusions: tuple[tuple[str, str, str, str], ...]) -> Iterator[Breach]:
    """Conclusions that no preferred inferred claim backs."""
    inferred = _preferred_inferences(corpus)
    for table, field, concluded, cells in _keys_of_conclusions(corpus, conclusions):
        for row in rows_where(all_of(concluded, pc.is_null(find(cells, inferred)))):
            yield Breach(table, field or "basis", row)


def _unfounded(corpus: Corpus, *, conclusions: tuple[tuple[str, str, str, str], ...]) -> Iterator[Breach]:
    """Preferred inferred claims on what their row does not mark as a conclusion."""
    inferred = _preferred_inferences(corpus)
    claims = corpus["claims"]
    unfounded = all_of(pc.equal(claims["support"], "inferred"), pc.equal(claims["claim_rank"], "preferred"))
    for _, _, _, cells in _keys_of_conclusions(corpus, conclusions):
        unfounded = all_of(unfounded, pc.is_null(find(inferred, cells)))
    yield from (Breach("claims", "support", row) for row in rows_where(unfounded))


RULES = [
    Rule(
        "inference-marked",
        "A relative date, inferred year, inherited place or inferred relation is backed by a preferred inferred claim.",
        "The row says that the value is a conclusion; the claim says what it follows from.",
        "date_edtf `1987?-03-05` with only an explicit claim.",
        "{column} is {value!r} in {row_name}: a conclusion that no preferred inferred claim backs.",
        "Add such a claim with a note, or correct the row.",
        tables=("events", "relations"),
        check=_unmarked,
        uses={"conclusions": CONCLUSIONS},
        misses=("claims", OWN),
    ),
    Rule(
        "inference-fills",
        "A preferred claim is inferred only where its row marks a conclusion: a relative date, an inferred year, an "
        "inherited place, a relation whose basis is inferred.",
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
