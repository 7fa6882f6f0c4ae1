"""Derive: the columns that nobody types, computed as whole columns."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import all_of, composite, find, keep_where, rows_where
from bakumoscow.model import edtf
from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.table import table_file
from bakumoscow.model.tables import CLAIMED, TABLES
from bakumoscow.pipeline.order import text_order
from bakumoscow.problem import Problem, problem
from bakumoscow.rules.reach import resting

NONE: edtf.Bounds = (None, None)


def derive(tables: dict[str, pa.Table], articles: dict[str, str]) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The tables with all columns in published order; a problem for each typed role that must be derived."""
    tables = dict(tables)
    tables["events"] = _dates(tables["events"])
    problems = _typed_roles(tables["sentences"])
    tables["sentences"] = _roles(tables["sentences"], tables["claims"])
    lengths = [
        len(articles[article]) if article in articles else None
        for article in tables["articles"]["article_id"].to_pylist()
    ]
    tables["articles"] = tables["articles"].append_column("length", pa.array(lengths, pa.int64()))
    for name, table in CLAIMED.items():
        if "voice" in table:
            tables[name] = tables[name].append_column("voice", _voices(tables, name))
    tables["events"] = tables["events"].append_column("sequence", _sequence(tables))
    ordered = {name: tables[name].select([column.name for column in table.columns]) for name, table in TABLES.items()}
    return ordered, problems


def _dates(events: pa.Table) -> pa.Table:
    """date_earliest, date_latest, event_date and year_inferred from date_edtf; each distinct date is read once."""
    dates = events["date_edtf"].combine_chunks().dictionary_encode()
    readable = pc.match_substring_regex(dates.dictionary, PATTERNS["edtf"].anchored).to_pylist()
    bounds = [
        _bounds(date) if is_edtf else NONE for date, is_edtf in zip(dates.dictionary.to_pylist(), readable, strict=True)
    ]
    first, last = (pa.array([days[end] for days in bounds], pa.date32()).take(dates.indices) for end in (0, 1))
    same = pc.fill_null(pc.equal(first, last), False)
    return (
        events.append_column("date_earliest", first)
        .append_column("date_latest", last)
        .append_column("event_date", pc.if_else(same, first, pa.scalar(None, pa.date32())))
        .append_column("year_inferred", pc.fill_null(pc.match_substring(events["date_edtf"], "?"), False))
    )


def _bounds(date: str) -> edtf.Bounds:
    """The bounds of a date; none for a date that does not exist, which the rule date-value reports."""
    try:
        return edtf.bounds(date)
    except edtf.EdtfError:
        return NONE


def _roles(sentences: pa.Table, claims: pa.Table) -> pa.Table:
    """role is `coded` if a claim uses the sentence and no other role was typed."""
    keys = composite(sentences, "article_id", "sentence_number")
    is_used = pc.is_in(keys, value_set=resting(claims, sentences, is_guessed=True))
    role = pc.if_else(pc.and_(is_used, pc.is_null(sentences["role"])), "coded", sentences["role"])
    return sentences.set_column(sentences.column_names.index("role"), "role", role)


def _voices(tables: dict[str, pa.Table], name: str) -> pa.ChunkedArray:
    """Who asserts each row of a table: the voice of its preferred row claim."""
    claims = tables["claims"]
    on_rows = all_of(
        pc.equal(claims["record_table"], name), pc.equal(claims["claim_rank"], "preferred"), pc.is_null(claims["field"])
    )
    keys = keep_where(on_rows, composite(claims, "article_id", "record_id"))
    return claims["asserted_by"].take(find(composite(tables[name], "article_id", TABLES[name].id), keys))


def _sequence(tables: dict[str, pa.Table]) -> pa.Array:
    """The position of each event in the order in which its article tells the events."""
    order = text_order(tables, TABLES["events"]).to_numpy()
    articles = tables["events"]["article_id"].combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy()
    sequence = np.zeros(len(order), np.int64)
    new = np.flatnonzero(np.diff(articles[order], prepend=-2))
    sequence[order] = np.arange(len(order)) - np.repeat(new, np.diff(new, append=len(order))) + 1
    return pa.array(sequence)


def _typed_roles(sentences: pa.Table) -> list[Problem]:
    """`coded` must not be typed: it would hide that a sentence has no claims."""
    return [
        problem(
            *("level", table_file("sentences"), "role"),
            row=row,
            value="coded",
            when=" that can be typed",
            nearest=None,
            advice="Leave role empty: the build sets it to 'coded' where a claim uses the sentence.",
        )
        for row in rows_where(pc.equal(sentences["role"], "coded"))
    ]
