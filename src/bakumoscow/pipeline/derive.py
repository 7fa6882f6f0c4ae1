"""Derive: the columns that nobody types, computed for whole columns."""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow import edtf
from bakumoscow.contract import contracts
from bakumoscow.keys import composite, rows_where
from bakumoscow.models.columns import PATTERNS, anchored
from bakumoscow.problems import Problem, problem, table_file


def derive(tables: dict[str, pa.Table], articles: dict[str, str]) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The tables complete, their columns in published order; a date that has no bounds is a problem."""
    tables = dict(tables)
    tables["events"], problems = _dates(tables["events"])
    problems += _typed_roles(tables["sentences"])
    tables["sentences"] = _roles(tables["sentences"], tables["claims"])
    lengths = [
        len(articles[article]) if article in articles else None
        for article in tables["articles"]["article_id"].to_pylist()
    ]
    tables["articles"] = tables["articles"].append_column("length", pa.array(lengths, pa.int64()))
    ordered = {
        name: tables[name].select([column.name for column in contract.columns])
        for name, contract in contracts().items()
    }
    return ordered, problems


def _dates(events: pa.Table) -> tuple[pa.Table, list[Problem]]:
    """date_earliest, date_latest, event_date and year_inferred from date_edtf; each distinct date is read once."""
    dates = events["date_edtf"].combine_chunks().dictionary_encode()
    readable = pc.match_substring_regex(dates.dictionary, anchored(PATTERNS["edtf"])).to_pylist()
    earliest, latest, wrong = [], [], {}
    for index, (text, is_edtf) in enumerate(zip(dates.dictionary.to_pylist(), readable, strict=True)):
        first, last = None, None
        if is_edtf:
            try:
                first, last = edtf.bounds(text)
            except edtf.EdtfError as error:
                wrong[index] = str(error)
        earliest.append(first)
        latest.append(last)
    problems = [
        problem(
            "date-value",
            table_file("events"),
            "date_edtf",
            row=row,
            value=events["date_edtf"][row].as_py(),
            detail=wrong[index],
        )
        for row, index in enumerate(dates.indices.to_pylist() if wrong else [])
        if index in wrong
    ]
    first, last = (pa.array(days, pa.date32()).take(dates.indices) for days in (earliest, latest))
    same = pc.fill_null(pc.equal(first, last), False)
    events = (
        events.append_column("date_earliest", first)
        .append_column("date_latest", last)
        .append_column("event_date", pc.if_else(same, first, pa.scalar(None, pa.date32())))
        .append_column("year_inferred", pc.fill_null(pc.match_substring(events["date_edtf"], "?"), False))
    )
    return events, problems


def _roles(sentences: pa.Table, claims: pa.Table) -> pa.Table:
    """role is `coded` where a claim rests on the sentence and nothing else was typed."""
    rests = pc.is_in(
        composite(sentences, "article_id", "sentence_number"),
        value_set=composite(claims, "article_id", "sentence_number"),
    )
    role = pc.if_else(pc.and_(rests, pc.is_null(sentences["role"])), "coded", sentences["role"])
    return sentences.set_column(sentences.column_names.index("role"), "role", role)


def _typed_roles(sentences: pa.Table) -> list[Problem]:
    """`coded` is not typed: a role that is wrong would stand for claims that are missing."""
    others = ", ".join(level for level in contracts()["sentences"]["role"].levels or () if level != "coded")
    return [
        problem(
            *("level", table_file("sentences"), "role"),
            row=row,
            value="coded",
            nearest=" that is typed: it says itself where a claim rests on the sentence",
            levels=f"{others}; or leave it empty",
        )
        for row in rows_where(pc.equal(sentences["role"], "coded"))
    ]
