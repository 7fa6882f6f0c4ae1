"""Every constraint of every table is broken alone, and exactly that constraint must be reported, in every format.

A spoiled row is a valid row in which one constraint is broken. The rows of a table are judged together, three times:
by the engine, by the pandera schema and, as one CSV file, by the Table Schema; each row's verdict is looked up.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import frictionless
import pandas as pd
import pandera.pandas as pa
import pyarrow
import pytest

from bakumoscow.formats.pandera_schema import pandera_schema
from bakumoscow.formats.table_schema import table_schema
from bakumoscow.model.column import Column
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.check import found, in_rows
from bakumoscow.rules import BETWEEN_TABLES, OF_CELLS, OF_KEYS, OF_ROWS, OF_SPELLING, RULES, WHILE_READING
from bakumoscow.rules.corpus import Corpus
from tests.conftest import TEXT

Row = dict[str, Any]
Verdict = tuple[str, str]  # a column, or "" for a key and in pandera for a rule inside a row; what is broken

COUNTED = ("casualties", "detentions", "participants")
NO_COUNTS: Row = dict.fromkeys(["count_text", "count_low", "count_best", "count_high"])
NO_PLACE: Row = dict.fromkeys(["place_id", "place_relation", "place_basis"])
IDENTIFIER: Row = {"record_table": "places", "scheme": "geonames", "code": "1486209", "fit": None}
# A valid value by pattern or else by type; an enumeration has its first level, a slug the name of its column.
VALUES = {
    **{"text": "Words", "edtf": "2025?-06-27", "country-code": "RUS", "language-code": "en"},
    **{"integer": 2, "number": 56.85733, "boolean": True, "date": dt.date(2025, 6, 27)},
    "sha256": "0123456789abcdef" * 4,
}
# What else the valid row needs.
VALID: dict[str, Row] = {
    "actors": {"kind": "state", "title": None},
    "claims": {"asserted_by": "article", "certainty_text": None},
    "assessments": {"factuality": "Uu"},
    "sentences": {"role": "context"},
    "codes": {"record_table": "events", "scheme": "cameo", "code": "055"},
}
# What else must change for the row to stay valid but for the one cell that is broken.
CONTEXT: dict[tuple[str, str], Row] = {
    ("actors", "kind"): {"country": None},
    ("actors", "title"): {"kind": "person", "title": "President", "country": None},
    ("codes", "record_table"): IDENTIFIER,
    ("codes", "scheme"): IDENTIFIER,
    ("assessments", "factuality"): {"kind": "evaluation"},
    ("claims", "certainty_text"): {"factuality": "PS+", "certainty_text": "may"},
    **{
        (table, name): NO_COUNTS | {"count_text": "Words", name: 1}
        for table in COUNTED
        for name in ("count_low", "count_best", "count_high")
    },
}
NOT_OF_PATTERN = {
    **{"slug": "Not-a-slug", "text": "ends with a space ", "edtf": "2025-06-27 or so"},
    **{"country-code": "RU", "language-code": "en_GB", "sha256": "0123456789ABCDEF" * 4},
}
SPACED = {("codes", "code"): "055 "}  # of the form of its scheme but for the space
COUNT_RULES: dict[str, Row] = {
    "count-order|count_best|count_high": {"count_best": 3},
    "count-order|count_low|count_best": {"count_best": 1},
    "count-order|count_low|count_high": {"count_best": None, "count_high": 1},
    "count-words|count_best|count_text": {"count_text": None},
    "count-denied|count_text|factuality": {"factuality": "CT-"},
    "count-numbers|count_text|count_best": NO_COUNTS | {"count_text": "two"},
}
# Each rule inside a row, by table, rule and the two columns that it compares: the cells that break it.
ROW_RULES: dict[tuple[str, str], Row] = {
    ("events", "date-basis|date_basis|date_edtf"): {"date_edtf": None},
    ("events", "date-basis|date_basis|date_text"): {"date_edtf": None, "date_basis": "unknown"},
    ("events", "date-words|date_text|date_basis"): {"date_text": None},
    ("events", "place-whole|place_relation|place_id"): {"place_relation": None},
    ("events", "place-whole|place_basis|place_id"): {"place_basis": None},
    ("actors", "part-of-itself|part_of|actor_id"): {"part_of": "actor-id"},
    ("actors", "country-kinds|country|kind"): {"kind": "person"},
    ("actors", "title-person|title|kind"): {"title": "President"},
    ("actors", "citizenship-code|citizenship_code|citizenship"): {"citizenship": None},
    ("assessments", "question-open|factuality|kind"): {"factuality": "CT+"},
    **{(table, rule): cells for table in COUNTED for rule, cells in COUNT_RULES.items()},
    ("casualties", "count-zero|count_low|count_best"): {"count_low": 0},
    ("casualties", "count-zero|count_high|count_best"): {"count_low": None, "count_best": None, "count_high": 0},
    ("casualties", "count-zero|victim_id|count_best"): {"victim_id": None},
    **{
        (table, f"count-nobody|{name}|count_text"): NO_COUNTS | {"count_text": "Words", name: 0}
        for table in ("detentions", "participants")
        for name in ("count_low", "count_best", "count_high")
    },
    ("claims", "claim-value|claimed_value|field"): {"claimed_value": None},
    ("claims", "claim-cell|field|record_table"): {"record_table": "articles", "field": None, "claimed_value": None},
    ("claims", "claim-voice|asserted_by|support"): {"asserted_by": "coder"},
    ("claims", "claim-voice|asserted_by|claim_rank"): {"asserted_by": "police", "record_table": "actors"},
    ("claims", "certainty-words|certainty_text|factuality"): {"factuality": "PS+"},
    ("claims", "certainty-words|certainty_text|support"): {
        **{"certainty_text": "may", "factuality": "PR+", "support": "inferred", "asserted_by": "coder"},
    },
    ("claims", "inference-note|note|support"): {"support": "inferred", "note": None, "asserted_by": "coder"},
    ("claims", "alias-of-name|field|claim_rank"): {"claim_rank": "alias"},
    ("sentences", "sentence-reason|reason|role"): {"reason": None},
    ("places", "coordinates-whole|longitude|latitude"): {"longitude": None},
    ("places", "coordinates-whole|reference|latitude"): {"reference": None},
    ("relations", "relation-to-itself|other_event_id|event_id"): {"other_event_id": "event-id"},
    ("codes", "code-form|code|scheme"): {"code": "55"},
    ("codes", "scheme-tables|scheme|record_table"): {"record_table": "places"},
    ("codes", "fit-schemes|fit|scheme"): {"fit": None},
}
# Rows that a rule must let pass although they come close to breaking it.
NEAR_COUNTS: list[Row] = [
    *(NO_COUNTS, NO_COUNTS | {"count_best": 1}, {"count_low": 1, "count_best": 2, "count_high": 3}),
    *({"count_best": None}, {"count_high": None}, {"count_best": None, "count_high": None}),
]
NEAR_MISSES: dict[str, list[Row]] = {
    "events": [
        *(
            {"date_edtf": None, "date_text": None, "date_basis": "unknown"},
            {"date_edtf": None, "date_basis": "unresolved"},
        ),
        *({"date_text": None, "date_basis": "relative"}, NO_PLACE),
    ],
    "actors": [
        *({"part_of": None}, {"kind": "government_body"}, {"kind": "security_force"}, {"citizenship_code": None}),
        *({"kind": kind, "title": "President", "country": None} for kind in ("person", "group")),
    ],
    **dict.fromkeys(COUNTED, NEAR_COUNTS),
    "claims": [
        *({"field": None, "claimed_value": None}, {"note": None}, {"field": "name", "claim_rank": "alias"}),
        *({"support": "inferred", "asserted_by": "coder"}, {"asserted_by": "police", "record_table": "relations"}),
        {"asserted_by": "police", "record_table": "actors", "claim_rank": "normal"},
        {"support": "inferred", "asserted_by": "coder", "factuality": "PR+"},
        *({"factuality": level, "certainty_text": "may"} for level in ("PR+", "PR-", "PS+", "PS-", "CT-", "CTu", "Uu")),
    ],
    "assessments": [{"kind": "evaluation", "factuality": "CT+"}],
    "sentences": [{"role": "coded", "reason": None}],
    "places": [{"latitude": None, "longitude": None, "reference": None}],
    "codes": [
        *({"code": "1125"}, {"scheme": "plover", "code": "COERCE"}, {"scheme": "plover_mode", "code": "heavy-weapons"}),
        *(IDENTIFIER | {"scheme": scheme, "code": "373"} for scheme in ("gleditsch_ward", "cow", "geonames")),
        *(IDENTIFIER | {"scheme": "iso_3166_1", "code": "AZE"}, IDENTIFIER | {"scheme": "iso_3166_2", "code": "KZ-47"}),
        IDENTIFIER | {"scheme": "wikidata", "code": "Q227"},
    ],
}
NOT_OF_TYPE = {"integer": "two", "number": "56,85733", "boolean": "true", "date": "27/06/2025"}
# The types that `load` gives, and others so near to them that no check but that of the type notices.
LOADED = {"text": "str", "integer": "Int32", "number": "float64", "boolean": "boolean", "date": "datetime64[ms]"}
NEAR_TYPES: dict[str, Any] = {
    **{"text": "category", "enumeration": "str", "integer": "Int64", "number": "float32", "boolean": "bool"}
}
# The engine's rule for each constraint of a column.
CELL_RULES = {"required": "missing", "level": "level", "pattern": "pattern", "minimum": "range", "maximum": "range"}
# What pandera and frictionless call what they find.
KINDS = {
    **{"not_nullable": "required", "enum": "level", "whole_value_matches": "pattern", "dates": "type"},
    **{"greater_than_or_equal_to": "minimum", "less_than_or_equal_to": "maximum", "type-error": "type"},
    **{"column_in_schema": "extra", "column_in_dataframe": "missing", "column_ordered": "order"},
    **{"extra-label": "extra", "missing-label": "missing", "incorrect-label": "order"},
    **dict.fromkeys(["multiple_fields_uniqueness", "primary-key", "unique-error"], "key"),
}


@dataclass(frozen=True)
class Spoil:
    """A valid row and the cells that break one constraint of it; inside a row `kind` is `rule|column|other`."""

    table: str
    column: str
    kind: str
    context: tuple[tuple[str, Any], ...]
    cells: tuple[tuple[str, Any], ...]

    @property
    def id(self) -> str:
        return f"{self.table}:{self.column}:{self.kind}"


def _of_column(table: str, column: Column) -> Iterator[Spoil]:
    """One spoiled row for each constraint of a column but its type."""
    broken: Row = {"required": None} if column.required else {}
    if column.levels:
        broken["level"] = next(iter(column.levels)) + "x"
    if column.pattern:
        broken["pattern"] = SPACED.get((table, column.name), NOT_OF_PATTERN[column.pattern.name])
    step = 1 if column.type.name == "integer" else 0.001
    if column.minimum is not None:
        broken["minimum"] = column.minimum - step
    if column.maximum is not None:
        broken["maximum"] = column.maximum + step
    context = tuple(CONTEXT.get((table, column.name), {}).items())
    for kind, value in broken.items():
        yield Spoil(table, column.name, kind, context, ((column.name, value),))


TYPED = [(name, column) for name, table in TABLES.items() for column in table.columns]
CELLS = [spoil for name, column in TYPED for spoil in _of_column(name, column)]
IN_ROWS = [Spoil(table, "", arm, (), tuple(cells.items())) for (table, arm), cells in ROW_RULES.items()]
NOT_LEVELS = [spoil for spoil in CELLS + IN_ROWS if spoil.kind != "level"]
NOT_TYPED = {(name, column.name) for name, column in TYPED if column.mark == "derived"} | {("sentences", "role")}


def _id(value: Any) -> str:
    return value.id if isinstance(value, Spoil) else value.name if isinstance(value, Column) else str(value)


def _value(column: Column) -> Any:
    if column.levels:
        return next(iter(column.levels))
    kind = column.pattern.name if column.pattern else column.type.name
    return column.name.replace("_", "-") if kind == "slug" else VALUES[kind]


def _row(table: str, number: int = 0) -> Row:
    """The valid row; the number makes its key its own."""
    values = {column.name: _value(column) for column in TABLES[table].columns}
    return values | {"article_id": f"article-{number}"} | VALID.get(table, {})


def arrow_table(table: str, rows: list[Row]) -> pyarrow.Table:
    """Rows, of all columns or some, in the types in which the engine checks them."""
    columns = [column for column in TABLES[table].columns if column.name in rows[0]]
    return pyarrow.table({c.name: pyarrow.array([row[c.name] for row in rows], c.type.arrow) for c in columns})


def loaded_frame(table: str, rows: list[Row]) -> pd.DataFrame:
    """Rows, of all columns or some, in the types that `load` gives."""
    columns = [column for column in TABLES[table].columns if column.name in rows[0]]
    dtypes = [pd.CategoricalDtype(list(c.levels)) if c.levels else LOADED[c.type.name] for c in columns]
    named = zip((column.name for column in columns), dtypes, strict=True)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in named})


def schema_errors(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[tuple[Verdict, list[int]]]:
    """What a frame breaks, to pandera, each with its rows; without rows where the frame itself is wrong."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return [(_verdict(error), _rows_of(error)) for error in errors.schema_errors]
    return []


def _verdict(error: Any) -> Verdict:
    check = error.check if isinstance(error.check, str) else error.check.name
    kind = "type" if error.reason_code.name == "WRONG_DATATYPE" else KINDS.get(check, check)
    if kind in ("extra", "missing"):
        return str(error.failure_cases), kind
    return error.schema.name if isinstance(error.schema, pa.Column) else "", kind


def _rows_of(error: Any) -> list[int]:
    if error.reason_code.name == "SERIES_CONTAINS_NULLS":
        return [int(row) for row in error.failure_cases["index"]]
    held = error.check_output
    return [] if held is None else [int(row) for row in held.index[~held.astype(bool)]]


def _verdicts(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> set[Verdict]:
    return {verdict for verdict, _ in schema_errors(schema, frame)}


def _csv_errors(table: str, rows: list[Row], header: list[str]) -> list[tuple[int, Verdict]]:
    """What frictionless finds in rows written as CSV, each with its row; without the foreign keys.

    It is given the patterns of cells that may be empty, which are a property of our own.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(row.get(name)) for name in header] for row in rows)
    descriptor = table_schema(TABLES[table])
    descriptor.pop("foreignKeys", None)
    for field in descriptor["fields"]:
        if "bakumoscow:pattern" in field:
            field.setdefault("constraints", {})["pattern"] = field["bakumoscow:pattern"]
    schema = frictionless.Schema.from_descriptor(descriptor)
    resource = frictionless.Resource(data=text.getvalue().encode(), format="csv", encoding="utf-8", schema=schema)
    errors = []
    for row, kind, column, note in resource.validate().flatten(["rowNumber", "type", "fieldName", "note"]):
        kind = note.split('"')[1] if kind == "constraint-error" else kind
        kind = KINDS.get(kind, kind)
        errors.append((0 if row is None else row - 2, ("" if kind in ("key", "extra") else column, kind)))
    return errors


def _cell(value: Any) -> str:
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def _engine(table: str, rows: list[Row]) -> list[tuple[int, Verdict]]:
    corpus = Corpus({table: arrow_table(table, rows)})
    problems = [item for rule in OF_CELLS for item in found(corpus, rule)]
    problems += [item for rule in OF_ROWS for item in in_rows(corpus, rule)]
    return [(-1 if item.row is None else item.row, (item.column, item.rule.id)) for item in problems]


def _pandera(table: str, rows: list[Row]) -> list[tuple[int, Verdict]]:
    errors = schema_errors(pandera_schema(table), loaded_frame(table, rows))
    return [(row, verdict) for verdict, numbers in errors for row in numbers or [-1]]


def _table_schema(table: str, rows: list[Row]) -> list[tuple[int, Verdict]]:
    return _csv_errors(table, rows, [column.name for column in TABLES[table].columns])


JUDGES = {"engine": _engine, "pandera": _pandera, "table schema": _table_schema}


def _by_row(judge: str, table: str, rows: list[Row]) -> list[set[Verdict]]:
    """What each row breaks; every verdict must name its row."""
    errors = JUDGES[judge](table, rows)
    assert {row for row, _ in errors} <= set(range(len(rows)))
    return [{verdict for number, verdict in errors if number == row} for row in range(len(rows))]


@cache
def _judged(judge: str, table: str) -> dict[str, tuple[set[Verdict], set[Verdict]]]:
    """The verdicts on the row of each spoil, before and after it is spoiled."""
    known = NOT_LEVELS if judge == "pandera" else CELLS + IN_ROWS
    spoils = [spoil for spoil in known if spoil.table == table]
    whole = [_row(table, number) | dict(spoil.context) for number, spoil in enumerate(spoils)]
    spoiled = [row | dict(spoil.cells) for row, spoil in zip(whole, spoils, strict=True)]
    verdicts = zip(_by_row(judge, table, whole), _by_row(judge, table, spoiled), strict=True)
    return dict(zip((spoil.id for spoil in spoils), verdicts, strict=True))


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("table", TABLES)
def test_valid_row_and_near_misses_pass(table: str, judge: str) -> None:
    """Catches a constraint so strict that no row passes, and a rule that refuses what the codebook allows."""
    rows = [_row(table, number) | cells for number, cells in enumerate([{}, *NEAR_MISSES.get(table, [])])]
    assert _by_row(judge, table, rows) == [set() for _ in rows]


@pytest.mark.parametrize("spoil", CELLS + IN_ROWS, ids=_id)
def test_engine_refuses_only_what_is_spoiled(spoil: Spoil) -> None:
    """Catches a constraint that the engine does not check, or one that also refuses valid values.

    Nothing answers for a derived cell, which nobody types, but for conditions inside its row; `missing` does not answer
    for the role of a sentence, of which another rule says more.
    """
    rule, column = [*spoil.kind.split("|"), spoil.column][:2]
    expected = {(column, CELL_RULES.get(rule, rule))}
    is_typed = (spoil.table, column) not in NOT_TYPED
    if not is_typed and (spoil.kind == "required" or (spoil in CELLS and column != "role")):
        expected = set()
    assert _judged("engine", spoil.table)[spoil.id] == (set(), expected)


@pytest.mark.parametrize("spoil", NOT_LEVELS, ids=_id)
def test_pandera_refuses_only_what_is_spoiled(spoil: Spoil) -> None:
    """Catches a constraint that is lost or changed on the way to the schema that users get.

    A level that does not exist cannot be put in a category.
    """
    assert _judged("pandera", spoil.table)[spoil.id] == (set(), {(spoil.column, spoil.kind)})


@pytest.mark.parametrize("spoil", CELLS + IN_ROWS, ids=_id)
def test_table_schema_refuses_only_what_is_spoiled(spoil: Spoil) -> None:
    """Catches a constraint that the Table Schema drops, or words so that a reader judges otherwise.

    It cannot express a rule inside a row.
    """
    expected = {(spoil.column, spoil.kind)} if spoil.column else set()
    if spoil.kind == "required" and TABLES[spoil.table].key == (spoil.column,):
        expected.add(("", "key"))
    assert _judged("table schema", spoil.table)[spoil.id] == (set(), expected)


def test_only_the_engine_knows_the_calendar() -> None:
    """Catches a day that has the form of a day and does not exist, let through by the engine."""
    row = _row("events") | {"date_edtf": "2025-02-30"}
    verdicts = [_by_row(judge, "events", [row]) for judge in JUDGES]
    assert verdicts == [[{("date_edtf", "date-value")}], [set()], [set()]]


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("table", TABLES)
def test_levels_and_bounds_pass(table: str, judge: str) -> None:
    """Catches a level that one of the three does not know, and a bound that refuses the bound itself."""
    columns = TABLES[table].columns
    cells = [
        {c.name: value} for c in columns for value in (*(c.levels or ()), c.minimum, c.maximum) if value is not None
    ]
    rows = [_row(table, number) | cell for number, cell in enumerate([{}, *cells])]
    inside = {rule.id for rule in OF_ROWS}  # which may well be broken
    broken = {kind.split("|")[0] for verdicts in _by_row(judge, table, rows) for _, kind in verdicts}
    assert broken <= inside


@pytest.mark.parametrize(("table", "column"), TYPED, ids=_id)
def test_other_types_are_refused(table: str, column: Column) -> None:
    """Catches a column whose type is not checked, or a schema that coerces, and a category with one level more."""
    schema = pa.DataFrameSchema({column.name: pandera_schema(table).columns[column.name]})
    row = _row(table) | CONTEXT.get((table, column.name), {})
    values = loaded_frame(table, [row])[[column.name]]
    assert values[column.name].notna().all()
    assert _verdicts(schema, values) == set()
    if column.type.name == "date":
        others = [values + pd.Timedelta(hours=1), values.map(lambda day: day.to_pydatetime()).astype("object")]
    elif column.type.name == "text" and TEXT == "object":
        others = []  # under pandas 2 pandera takes a category for text
    else:
        others = [values.astype(NEAR_TYPES[column.type.name])]
    if column.levels:
        others.append(values.astype(pd.CategoricalDtype([*column.levels, "more"])))
    assert [_verdicts(schema, other) for other in others] == [{(column.name, "type")} for _ in others]
    if column.type.name in NOT_OF_TYPE:
        row[column.name] = NOT_OF_TYPE[column.type.name]
        assert _by_row("table schema", table, [row]) == [{(column.name, "type")}]


@pytest.mark.parametrize("table", TABLES)
def test_key_is_all_of_its_columns(table: str) -> None:
    """Catches a table that lost its key, and a key that takes rows which differ in one part of it for one row."""
    row = _row(table)
    others: list[Row] = []
    for name in TABLES[table].key:
        levels = list(TABLES[table][name].levels or ())
        value = levels[-1] if levels else row[name] + (1 if isinstance(row[name], int) else "-other")
        others.append(row | {name: value})
    for rows, doubled in (([row, row], True), ([row, *others], False)):
        corpus = Corpus({name: arrow_table(name, rows if name == table else [_row(name)]) for name in TABLES})
        problems = [(item.file, item.row, item.column) for item in found(corpus, RULES["key-doubled"])]
        assert problems == [(f"data/{table}.csv", 1, TABLES[table].id)] * doubled
        assert (("", "key") in _verdicts(pandera_schema(table), loaded_frame(table, rows))) == doubled
        written = [("", "key") in verdicts for verdicts in _by_row("table schema", table, rows)]
        assert written == [False] * (len(rows) - 1) + [doubled]


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_strict(table: str) -> None:
    """Catches a schema that accepts an added, missing or moved column."""
    row, schema = _row(table), pandera_schema(table)
    frame, names = loaded_frame(table, [row]), list(row)
    moved = [names[1], names[0], *names[2:]]
    assert _verdicts(schema, frame.assign(more=1)) == {("more", "extra")}
    assert (names[-1], "missing") in _verdicts(schema, frame.drop(columns=names[-1]))
    assert _verdicts(schema, frame[moved]) == {("", "order")}
    assert _csv_errors(table, [row | {"more": "1"}], [*names, "more"]) == [(0, ("", "extra"))]
    assert _csv_errors(table, [row], names[:-1])[0] == (0, (names[-1], "missing"))
    assert {verdict for _, verdict in _csv_errors(table, [row], moved)} >= {(name, "order") for name in names[:2]}


@pytest.mark.parametrize("table", TABLES)
def test_every_check_is_broken_above(table: str) -> None:
    """Catches a check of the pandera schema that no spoiled row breaks, and a schema that changes what it checks."""
    schema = pandera_schema(table)
    assert {check.name for column in schema.columns.values() for check in column.checks} <= set(KINDS)
    assert [check.name for check in schema.checks] == [arm for name, arm in ROW_RULES if name == table]
    assert (schema.index, schema.parsers, schema.coerce) == (None, [], False)
    assert not any(column.unique or column.coerce or column.parsers for column in schema.columns.values())


def test_every_arm_has_a_spoiled_row_in_each_table() -> None:
    """Catches a condition inside a row that no spoiled row breaks, or that only engine or pandera schema looks at,
    and one that names a column which its table does not have."""
    assert [rule for rule in RULES.values() if rule.arms] == OF_ROWS
    arms = [(table, rule, arm) for rule in OF_ROWS for table in rule.tables for arm in rule.arms]
    assert {(table, "|".join((rule.id, *arm.columns[:2]))) for table, rule, arm in arms} == set(ROW_RULES)
    assert len(arms) == len(ROW_RULES)
    assert all(name in TABLES[table] for table, _, arm in arms for name in arm.columns)


def test_rule_ids_are_unique() -> None:
    """Catches two rules under one id, of which the registry would keep the second."""
    groups = [WHILE_READING, OF_CELLS, OF_ROWS, OF_SPELLING, OF_KEYS, *BETWEEN_TABLES]
    ids = [rule.id for rules in groups for rule in rules]
    assert sorted(ids) == sorted(set(ids))
    assert set(RULES) == set(ids)
