"""Rules of double entry: a preferred claim backs every coded cell, and every row of a table with claims."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import is_one, known, repeated, rows_where, text
from bakumoscow.model.tables import CELL_CLAIMED, CLAIMED, VOICES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import OWN, Breach, Rule

Mask = np.ndarray[Any, np.dtype[np.bool_]]


def _needs_claims(corpus: Corpus, table: str) -> Mask:
    """Which rows need claims: all but the two voices of each article."""
    frame = corpus[table]
    if table != "actors":
        return np.ones(frame.num_rows, bool)
    voice = pc.or_(is_one(frame["kind"], VOICES.values()), is_one(frame["actor_id"], VOICES))
    return ~voice.to_numpy()  # type: ignore[no-any-return]


def _row_claims_missing(corpus: Corpus) -> Iterator[Breach]:
    for name, table in CLAIMED.items():
        missing = _needs_claims(corpus, name)
        missing[corpus.preferred(name, None).rows] = False
        yield from (Breach(name, table.id, row) for row in np.flatnonzero(missing).tolist())


def _row_claims_doubled(corpus: Corpus) -> Iterator[Breach]:
    for name in CLAIMED:
        yield from _doubled(corpus, name, None)


def _cell_claims_doubled(corpus: Corpus) -> Iterator[Breach]:
    for name, table in CELL_CLAIMED.items():
        for field in table.claimable:
            yield from _doubled(corpus, name, field)


def _doubled(corpus: Corpus, table: str, field: str | None) -> Iterator[Breach]:
    """Second preferred claims on the same row or cell."""
    found = corpus.preferred(table, field)
    for index, first in repeated(pa.chunked_array([found.rows])):
        other = ("claims", int(found.claims[first]))
        yield Breach("claims", "claim_id", int(found.claims[index]), {}, other)


def _of_other_factuality(corpus: Corpus, *, but: tuple[str, ...]) -> Iterator[Breach]:
    """Row claims with another factuality than their row."""
    claims = corpus["claims"]
    for name, table in CLAIMED.items():
        if "factuality" in table and name not in but:
            found = corpus.preferred(name, None)
            certain = corpus[name]["factuality"].take(found.rows)
            for index in rows_where(pc.not_equal(certain, claims["factuality"].take(found.claims))):
                yield Breach("claims", "factuality", int(found.claims[index]), {"cell": certain[index].as_py()})


def _cells_without(corpus: Corpus) -> Iterator[Breach]:
    """Coded cells without a preferred claim, either on their own column or on one whose claims cover it."""
    for name, table in CELL_CLAIMED.items():
        frame, needs = corpus[name], _needs_claims(corpus, name)
        without: dict[str, Mask] = {}
        for column in table.marked("coded"):
            uncovered = needs & pc.is_valid(frame[column.name]).to_numpy()
            covering = table.covering(column.name)
            for field in covering:
                uncovered[corpus.preferred(name, field).rows] = False
            if column.covered_by:  # if the covering cell has no claim, only that cell is reported
                uncovered &= ~without[column.covered_by]
            without[column.name] = uncovered
            for row in np.flatnonzero(uncovered).tolist():
                cells = {field: frame[field][row].as_py() for field in covering}
                field = next(field for field in reversed(covering) if cells[field] is not None)
                yield Breach(name, column.name, row, {"field": field, "field_value": cells[field]})


def _contradicting(corpus: Corpus) -> Iterator[Breach]:
    for name, table in CELL_CLAIMED.items():
        for field in table.claimable:
            yield from _other_than_cell(corpus, name, field, "claimed_value")


def _misquoted(corpus: Corpus, *, cells: tuple[tuple[str, str], ...]) -> Iterator[Breach]:
    for table, field in cells:
        yield from _other_than_cell(corpus, table, field, "quoted_text")


def _other_than_cell(corpus: Corpus, table: str, field: str, part: str) -> Iterator[Breach]:
    """Preferred claims whose column `part` differs from the cell that they are about."""
    found = corpus.preferred(table, field)
    cells = text(corpus[table][field].take(found.rows))
    same = known(pc.equal(cells, corpus["claims"][part].take(found.claims)))
    for index in rows_where(pc.invert(same)):
        yield Breach("claims", part, int(found.claims[index]), {"cell": cells[index].as_py()})


RULES = [
    Rule(
        "row-claim-missing",
        "In a table whose rows need claims, every row is backed by a preferred row claim.",
        "A row that no passage asserts is made up.",
        "The claim svala-raid-row is deleted.",
        "{row_name} has no preferred row claim.",
        "Add a preferred claim with record_table {table} and record_id {value}; leave field and claimed_value empty.",
        check=_row_claims_missing,
        misses=("claims", OWN),
    ),
    Rule(
        "row-claim-doubled",
        "A row has only one preferred row claim.",
        "With two, it is unclear which passage asserts the row.",
        "Two preferred row claims on one event.",
        "{record_name} has a second preferred row claim; the first is in line {other_line}.",
        "Delete one, or set its claim_rank to normal.",
        tables=("claims",),
        check=_row_claims_doubled,
    ),
    Rule(
        "cell-claim-doubled",
        "A cell has only one preferred claim.",
        "With two, it is unclear which passage backs the value.",
        "Two preferred claims on the name of an actor.",
        "{field} of {record_name} has a second preferred claim; the first is in line {other_line}.",
        "Set its claim_rank to normal, or delete it.",
        tables=("claims",),
        check=_cell_claims_doubled,
    ),
    Rule(
        "row-factuality",
        "A preferred row claim has the same factuality as its row.",
        "The factuality of a row comes from the words that assert it.",
        "A row that is PR+ with a row claim that is CT+.",
        "{row_name} is {value}, but {record_name} is {cell}.",
        "Set factuality in both rows to what the words say.",
        tables=("claims",),
        check=_of_other_factuality,
        uses={"but": ("relations",)},  # theirs is the lower of two claims
    ),
    Rule(
        "cell-claim",
        "Every coded cell with a value is backed by a preferred claim.",
        "A value that no passage backs is made up.",
        "The claim on the place of the raid is deleted.",
        "{column} is {value!r} in {row_name}, but no preferred claim backs it.",
        "Add a preferred claim with field {field} and claimed_value {field_value}, or empty the cell.",
        check=_cells_without,
        misses=("claims", OWN),
    ),
    Rule(
        "claim-contradicts",
        "The value of a preferred claim is the value of its cell.",
        "Otherwise the table says one thing and its evidence another.",
        "count_text `31` and a preferred claim of `32`.",
        "{row_name} says {value!r}, but {field} of {record_name} is {cell!r}.",
        "Correct the cell or the claim; if the value is another voice's, set claim_rank to normal.",
        tables=("claims",),
        check=_contradicting,
        after=("cell-claim-doubled",),
    ),
    Rule(
        "quote-passage",
        "The text of a quotation or assessment and the passage of its claim are the same.",
        "They are verbatim.",
        "quotes.text differs from the passage of its claim by a comma.",
        "{row_name} has the passage {value!r}, but the text is {cell!r}.",
        "Copy the text from the article into both.",
        tables=("claims",),
        check=_misquoted,
        uses={"cells": (("quotes", "text"), ("assessments", "text"))},
        after=("cell-claim-doubled", "claim-contradicts"),
    ),
]
