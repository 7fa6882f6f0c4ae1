"""The models: every constraint of every table is broken alone, and exactly that constraint must answer.

A spoiled row is a valid row in which one constraint is broken. The rows of a table are judged together, in
one frame and in one CSV file, and each row's verdict is looked up: the set of `column:kind` that it breaks.
"""

import copy
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

from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.models import check_models
from bakumoscow.contract import MAPPED_CHECKS, Column, ContractError, compile_contract, contracts
from bakumoscow.export.pandas_schema import pandas_schema
from bakumoscow.export.table_schema import table_schema
from bakumoscow.models import MODELS
from bakumoscow.models.base import Table
from bakumoscow.models.columns import PATTERNS, Text, anchored, row_rule
from bakumoscow.rules import RULES, cells, evidence, files, tables

Row = dict[str, Any]

COUNTED = ("casualties", "detentions", "participants")
COUNTS: Row = {"count_text": "two", "count_low": 2, "count_best": 2, "count_high": 2}
NO_COUNTS: Row = dict.fromkeys(COUNTS)
NO_PLACE: Row = dict.fromkeys(["place_id", "place_relation", "place_basis"])
DAY = dt.date(2025, 6, 27)

VALID: dict[str, Row] = {
    "events": {
        "event_id": "raid",
        "label": "Raid",
        "kind": "arrest",
        "date_text": "June 27",
        "date_edtf": "2025?-06-27",
        "date_earliest": DAY,
        "date_latest": DAY,
        "event_date": DAY,
        "date_basis": "stated",
        "year_inferred": True,
        "place_id": "yekaterinburg",
        "place_relation": "in",
        "place_basis": "stated",
        "intent": "deliberate",
        "factuality": "CT+",
    },
    "actors": {
        "actor_id": "presenter",
        "name": "a presenter",
        "kind": "person",
        "part_of": "television",
        "title": None,
        "country": None,
        "ethnicity": "Azeri",
        "citizenship": "Russian",
        "nationality": "Russian",
        "occupation": "presenter",
        "is_named": False,
    },
    "casualties": {
        "casualty_id": "raid-deaths",
        "event_id": "raid",
        "victim_id": "dead",
        "outcome": "death",
        "outcome_text": "died",
        **COUNTS,
        "perpetrator_id": "police",
        "factuality": "CT+",
    },
    "detentions": {
        "detention_id": "raid-detention",
        "event_id": "raid",
        "detainee_id": "men",
        "detained_by": "police",
        **COUNTS,
        "factuality": "CT+",
    },
    "quotes": {
        "quote_id": "condemnation",
        "speaker_id": "ministry",
        "kind": "direct",
        "text": "unacceptable",
        "cue": "condemned",
        "context_text": "the raid",
        "event_id": "statement",
        "about_event_id": "raid",
        "about_actor_id": "police",
        "channel": "television",
    },
    "claims": {
        "claim_id": "raid-date",
        "record_table": "events",
        "record_id": "raid",
        "field": "date_text",
        "claimed_value": "June 27",
        "asserted_by": "article",
        "factuality": "CT+",
        "support": "explicit",
        "claim_rank": "preferred",
        "sentence_number": 2,
        "quoted_text": "On June 27",
        "char_start": 10,
        "char_end": 20,
        "note": "The year is not given.",
    },
    "sentences": {
        "sentence_number": 2,
        "paragraph": 1,
        "role": "context",
        "reason": "Background.",
        "char_start": 10,
        "char_end": 90,
    },
    "articles": {
        "title": "A title",
        "publisher": "A publisher",
        "published": DAY,
        "language_code": "en",
        "sha256": "0123456789abcdef" * 4,
        "length": 90,
        "note": "A note.",
    },
    "places": {
        "place_id": "yekaterinburg",
        "name": "Yekaterinburg",
        "kind": "city",
        "country": "RUS",
        "latitude": 56.85733,
        "longitude": 60.61529,
        "reference": "GeoNames 1486209",
    },
    "participants": {
        "participant_id": "raid-police",
        "event_id": "raid",
        "actor_id": "police",
        "role": "initiator",
        **COUNTS,
    },
    "relations": {
        "relation_id": "arrest-part-of-raid",
        "event_id": "arrest",
        "relation": "part_of",
        "other_event_id": "raid",
        "basis": "stated",
    },
    "charges": {
        "charge_id": "murder-charge",
        "detention_id": "raid-detention",
        "charge": "murder",
        "basis": "charge",
    },
    "codes": {
        "record_table": "places",
        "record_id": "yekaterinburg",
        "scheme": "geonames",
        "code": "1486209",
        "label": "Yekaterinburg",
        "fit": None,
        "note": "The city.",
    },
}
# What else must change for the row to stay valid but for the one cell that is broken.
CONTEXT: dict[tuple[str, str], Row] = {
    ("actors", "title"): {"title": "President"},
    ("actors", "country"): {"kind": "state", "country": "RUS"},
    ("codes", "fit"): {"record_table": "events", "scheme": "cameo", "code": "190", "fit": "exact"},
    ("claims", "asserted_by"): {"claim_rank": "normal"},
    **{
        (table, column): NO_COUNTS | {column: 1}
        for table in COUNTED
        for column in ("count_low", "count_best", "count_high")
    },
}
NOT_OF_PATTERN = {
    "slug": "Not-a-slug",
    "text": "ends with a space ",
    "edtf": "2025-06-27 or so",
    "country-code": "RU",
    "language-code": "en_GB",
    "sha256": "0123456789ABCDEF" * 4,
}
SPACED = {("codes", "code"): "1486209 "}  # of the form of its scheme but for the space
# Of another type than the column's, but so near that no other check notices.
NEAR_TYPES = {
    "text": pyarrow.large_string(),
    "enumeration": pyarrow.large_string(),
    "integer": pyarrow.int32(),
    "number": pyarrow.float32(),
    "boolean": pyarrow.int8(),
    "date": pyarrow.timestamp("s"),
}
NOT_OF_TYPE = {"integer": "two", "number": "56,85733", "boolean": "true", "date": "27/06/2025"}
CAMEO: Row = {"record_table": "events", "scheme": "cameo", "code": "055", "fit": "closest"}
COUNT_RULES: dict[str, Row] = {
    "count-order|count_best|count_high": {"count_best": 3},
    "count-order|count_low|count_best": {"count_best": 1},
    "count-order|count_low|count_high": {"count_best": None, "count_high": 1},
    "count-words|count_best|count_text": {"count_text": None},
    "count-numbers|count_low|count_text": {"count_low": None},
}
# Each rule inside a row, by table, rule and the two columns that it compares: the cells that break it.
ROW_RULES: dict[tuple[str, str], Row] = {
    ("events", "date-basis|date_basis|date_edtf"): {"date_edtf": None},
    ("events", "date-words|date_text|date_basis"): {"date_text": None},
    ("events", "place-whole|place_relation|place_id"): {"place_relation": None},
    ("events", "place-whole|place_basis|place_id"): {"place_basis": None},
    ("actors", "part-of-itself|part_of|actor_id"): {"part_of": "presenter"},
    ("actors", "country-kinds|country|kind"): {"country": "RUS"},
    ("actors", "title-person|title|kind"): {"kind": "organization", "title": "President"},
    **{(table, rule): cells for table in COUNTED for rule, cells in COUNT_RULES.items()},
    ("claims", "claim-value|claimed_value|field"): {"claimed_value": None},
    ("claims", "claim-voice|asserted_by|support"): {"asserted_by": "coder"},
    ("claims", "claim-voice|asserted_by|claim_rank"): {"asserted_by": "police"},
    ("claims", "inference-note|note|support"): {"support": "inferred", "note": None, "asserted_by": "coder"},
    ("claims", "alias-of-name|field|claim_rank"): {"claim_rank": "alias"},
    ("sentences", "sentence-reason|reason|role"): {"reason": None},
    ("places", "coordinates-whole|longitude|latitude"): {"longitude": None},
    ("places", "coordinates-whole|reference|latitude"): {"reference": None},
    ("relations", "relation-to-itself|other_event_id|event_id"): {"other_event_id": "arrest"},
    ("codes", "code-form|code|scheme"): CAMEO | {"code": "55"},
    ("codes", "scheme-tables|scheme|record_table"): {"record_table": "events"},
    ("codes", "fit-schemes|fit|scheme"): CAMEO | {"fit": None},
}
# Rows that a rule must let pass although they come close to breaking it.
NEAR_COUNTS: list[Row] = [
    NO_COUNTS,
    NO_COUNTS | {"count_best": 1},
    {"count_best": None},
    {"count_best": None, "count_high": None},
    {"count_high": None},
    {"count_low": 1, "count_best": 2, "count_high": 3},
]
NEAR_MISSES: dict[str, list[Row]] = {
    "events": [{"date_edtf": None, "date_basis": "unknown"}, {"date_text": None, "date_basis": "relative"}, NO_PLACE],
    "actors": [
        {"part_of": None},
        {"kind": "state", "country": "RUS"},
        {"kind": "government_body", "country": "RUS"},
        {"kind": "security_force", "country": "RUS"},
        {"kind": "group", "title": "Presidents"},
    ],
    **dict.fromkeys(COUNTED, NEAR_COUNTS),
    "claims": [
        {"field": None, "claimed_value": None},
        {"note": None},
        {"support": "inferred", "asserted_by": "coder"},
        {"support": "inferred", "field": "date_edtf"},
        {"asserted_by": "police", "claim_rank": "normal"},
        {"asserted_by": "police", "record_table": "relations", "field": None, "claimed_value": None},
        {"field": "name", "claim_rank": "alias"},
    ],
    "sentences": [{"role": "coded", "reason": None}],
    "places": [{"latitude": None, "longitude": None, "reference": None}],
    "codes": [
        CAMEO | {"code": "1125"},
        CAMEO | {"scheme": "plover", "code": "COERCE"},
        CAMEO | {"scheme": "plover_mode", "code": "heavy-weapons"},
        *({"scheme": "iso_3166_1", "code": "AZE"}, {"scheme": "iso_3166_2", "code": "KZ-47"}),
        *({"scheme": "gleditsch_ward", "code": "2"}, {"scheme": "cow", "code": "373"}),
        {"scheme": "wikidata", "code": "Q227"},
    ],
}
KINDS = {
    "not_nullable": "required",
    "isin": "enum",
    "str_matches": "pattern",
    "whole_value_matches": "pattern",
    "greater_than_or_equal_to": "minimum",
    "less_than_or_equal_to": "maximum",
    "multiple_fields_uniqueness": "key",
    "column_in_schema": "extra",
    "column_in_dataframe": "missing",
    "column_ordered": "order",
    "extra-label": "extra",
    "missing-label": "missing",
    "incorrect-label": "order",
    "type-error": "type",
    "primary-key": "key",
    "unique-error": "key",
}
CHECKS = {kind: check for check, kind in KINDS.items() if check in MAPPED_CHECKS}
RULES_OF_CELLS_AND_KEYS = {
    "missing",
    "level",
    "pattern",
    "range",
    "key-doubled",
    "reference",
    "key-renamed",
    "key-missing",
    "retired-id",
}


@dataclass(frozen=True)
class Spoil:
    """A valid row and the cells that break one constraint of it; `kind` is the rule for a rule inside a row."""

    table: str
    column: str
    kind: str
    context: tuple[tuple[str, Any], ...]
    cells: tuple[tuple[str, Any], ...]

    @property
    def verdict(self) -> str:
        return f"{self.column}:{self.kind}"

    @property
    def id(self) -> str:
        return f"{self.table}:{self.verdict}"


def _spoil(table: str, column: Column, kind: str, value: Any) -> Spoil:
    context = CONTEXT.get((table, column.name), {})
    return Spoil(table, column.name, kind, tuple(context.items()), ((column.name, value),))


def _of_column(table: str, column: Column) -> Iterator[Spoil]:
    """One spoiled row for each constraint of a column but its type."""
    if column.required:
        yield _spoil(table, column, "required", None)
    if column.levels:
        yield _spoil(table, column, "enum", next(iter(column.levels)) + "x")
    if column.pattern:
        yield _spoil(table, column, "pattern", SPACED.get((table, column.name), NOT_OF_PATTERN[column.pattern]))
    step = 1 if column.type == "integer" else 0.001
    if column.minimum is not None:
        yield _spoil(table, column, "minimum", column.minimum - step)
    if column.maximum is not None:
        yield _spoil(table, column, "maximum", column.maximum + step)


CELLS = [
    spoil for name, contract in contracts().items() for column in contract.columns for spoil in _of_column(name, column)
]
IN_ROWS = [Spoil(table, "", rule, (), tuple(cells.items())) for (table, rule), cells in ROW_RULES.items()]
TYPED = [(name, column) for name, contract in contracts().items() for column in contract.columns]
IN_TEXT = [(name, column) for name, column in TYPED if column.type in NOT_OF_TYPE]


def _id(value: Any) -> str:
    return value.id if isinstance(value, Spoil) else value.name if isinstance(value, Column) else str(value)


def _row(table: str, number: int = 0) -> Row:
    """The valid row; the number makes its key its own."""
    return {"article_id": f"article-{number}"} | VALID[table]


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    """Rows in the model's own Arrow types."""
    columns = MODELS[table].to_schema().columns
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=c.dtype.type) for name, c in columns.items()}
    )


def _cell_frame(spoil: Spoil) -> pd.DataFrame:
    """The spoiled cell alone."""
    dtype = MODELS[spoil.table].to_schema().columns[spoil.column].dtype.type
    return pd.DataFrame({name: pd.Series([value], dtype=dtype) for name, value in spoil.cells})


def _published_frame(table: str, rows: list[Row]) -> pd.DataFrame:
    """Rows in the types that `load` gives."""
    dtypes = {
        "text": "str",
        "integer": "Int64",
        "number": "float64",
        "boolean": "boolean",
        "date": "datetime64[ms]",
    }
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [row[column.name] for row in rows],
                dtype=pd.CategoricalDtype(list(column.levels)) if column.levels else dtypes[column.type],
            )
            for column in contracts()[table].columns
        }
    )


def _errors(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[Any]:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return list(errors.schema_errors)
    return []


def _verdict(error: Any) -> str:
    """What an error of pandera says, as `column:kind`; a rule inside a row and a key have no column."""
    check = error.check if isinstance(error.check, str) else error.check.name
    kind = "type" if error.reason_code.name == "WRONG_DATATYPE" else KINDS.get(check, check)
    column = error.schema.name if isinstance(error.schema, pa.Column) else ""
    if kind in ("extra", "missing"):
        column = str(error.failure_cases)
    return f"{column}:{kind}"


def _verdicts(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> set[str]:
    """What a frame breaks."""
    return {_verdict(error) for error in _errors(schema, frame)}


def _by_row(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[set[str]]:
    """What each row of a frame breaks."""
    broken: list[set[str]] = [set() for _ in range(len(frame))]
    for error in _errors(schema, frame):
        if error.reason_code.name == "SERIES_CONTAINS_NULLS":
            rows = error.failure_cases["index"].tolist()
        else:
            assert error.check_output is not None, f"{error} names no rows"
            rows = error.check_output.index[~error.check_output.astype(bool)].tolist()
        for row in rows:
            broken[int(row)].add(_verdict(error))
    return broken


def _rows(table: str) -> tuple[list[Spoil], list[Row], list[Row]]:
    """The spoils of a table, their rows still valid, and their rows spoiled."""
    spoils = [spoil for spoil in CELLS + IN_ROWS if spoil.table == table]
    whole = [_row(table, number) | dict(spoil.context) for number, spoil in enumerate(spoils)]
    return spoils, whole, [row | dict(spoil.cells) for row, spoil in zip(whole, spoils, strict=True)]


@cache
def _judged(table: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The model's verdicts on the valid and on the spoiled rows, by the spoil's id."""
    schema = MODELS[table].to_schema()
    spoils, whole, spoiled = _rows(table)
    ids = [spoil.id for spoil in spoils]
    before, after = (_by_row(schema, _frame(table, rows)) for rows in (whole, spoiled))
    return dict(zip(ids, before, strict=True)), dict(zip(ids, after, strict=True))


@cache
def _judged_types(table: str) -> set[str]:
    """The model's verdicts on a frame in which every column is of a type near its own."""
    frame = _frame(table, [_row(table)])
    near = {column.name: pd.ArrowDtype(NEAR_TYPES[column.type]) for column in contracts()[table].columns}
    return _verdicts(MODELS[table].to_schema(), frame.astype(near))


def _cell(value: Any) -> str:
    """A cell as the published CSV writes it."""
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def _table_schema_errors(table: str, rows: list[Row], header: list[str]) -> list[tuple[int, str]]:
    """What frictionless finds in rows written as CSV: (row, `column:kind`), without the foreign keys."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(row.get(name)) for name in header] for row in rows)
    descriptor = table_schema(contracts()[table])
    del descriptor["foreignKeys"]
    schema = frictionless.Schema.from_descriptor(descriptor)
    resource = frictionless.Resource(data=text.getvalue().encode(), format="csv", encoding="utf-8", schema=schema)
    found = []
    for row, kind, column, note in resource.validate().flatten(["rowNumber", "type", "fieldName", "note"]):
        if kind == "constraint-error":
            kind = note.split('"')[1]
        column = "" if KINDS.get(kind) == "key" else column
        found.append((0 if row is None else row - 2, f"{column}:{KINDS.get(kind, kind)}"))
    return found


@cache
def _judged_text(table: str) -> dict[str, set[str]]:
    """The Table Schema's verdicts on the spoiled rows, on cells of another type and on a doubled key, by id."""
    spoils, _, rows = _rows(table)
    ids = [spoil.id for spoil in spoils]
    for name, column in IN_TEXT:
        if name == table:
            rows.append(_row(table, len(rows)) | {column.name: NOT_OF_TYPE[column.type]})
            ids.append(f"{table}:{column.name}:type")
    rows += [_row(table, len(rows))] * 2
    ids += [f"{table}:valid", f"{table}:key"]
    verdicts: dict[str, set[str]] = {name: set() for name in ids}
    for row, verdict in _table_schema_errors(table, rows, [column.name for column in contracts()[table].columns]):
        verdicts[ids[row]].add(verdict)
    return verdicts


@pytest.mark.parametrize("table", MODELS)
def test_valid_row_passes(table: str) -> None:
    """Catches a constraint so strict that no row passes, which would make every test below succeed."""
    assert _verdicts(MODELS[table].to_schema(), _frame(table, [_row(table)])) == set()


@pytest.mark.parametrize("spoil", CELLS + IN_ROWS, ids=_id)
def test_spoiled_row_breaks_only_its_constraint(spoil: Spoil) -> None:
    """Catches a constraint dropped from a model, or one that also refuses what it should not."""
    before, after = _judged(spoil.table)
    assert before[spoil.id] == set()
    assert after[spoil.id] == {spoil.verdict}


@pytest.mark.parametrize("table", NEAR_MISSES)
def test_near_misses_pass(table: str) -> None:
    """Catches a rule inside a row that refuses a row which its sentence in the codebook allows."""
    rows = [_row(table, number) | cells for number, cells in enumerate(NEAR_MISSES[table])]
    assert _by_row(MODELS[table].to_schema(), _frame(table, rows)) == [set() for _ in rows]


@pytest.mark.parametrize(("table", "column"), TYPED, ids=_id)
def test_near_type_is_refused(table: str, column: Column) -> None:
    """Catches a column whose type the model does not hold to, or a model that coerces."""
    assert f"{column.name}:type" in _judged_types(table)


@pytest.mark.parametrize("table", MODELS)
def test_near_types_break_nothing_else(table: str) -> None:
    """Catches a type that is right in name only: no other check may answer in its place."""
    assert _judged_types(table) == {f"{column.name}:type" for column in contracts()[table].columns}


@pytest.mark.parametrize("table", MODELS)
def test_doubled_key_is_refused(table: str) -> None:
    """Catches a model that lost its key."""
    assert _verdicts(MODELS[table].to_schema(), _frame(table, [_row(table)] * 2)) == {":key"}


@pytest.mark.parametrize("table", MODELS)
def test_key_needs_all_its_columns(table: str) -> None:
    """Catches a key that is too narrow: rows that differ in one part of it are two rows."""
    contract = contracts()[table]
    row = _row(table)
    rows = [row]
    for name in contract.key:
        levels = [level for level in contract[name].levels or () if level != row[name]]
        other = levels[-1] if levels else row[name] + 1 if contract[name].type == "integer" else row[name] + "-other"
        rows.append(row | {name: other})
    assert ":key" not in _verdicts(MODELS[table].to_schema(), _frame(table, rows))


@pytest.mark.parametrize("table", MODELS)
def test_columns_are_strict(table: str) -> None:
    """Catches a model that lets a column be added, left out or moved."""
    schema, frame = MODELS[table].to_schema(), _frame(table, [_row(table)])
    names = list(frame.columns)
    assert _verdicts(schema, frame.assign(more=1)) == {"more:extra"}
    spare = _spare(table)
    assert _verdicts(schema, frame.drop(columns=spare)) == {f"{spare}:missing"}
    assert _verdicts(schema, frame[[names[1], names[0], *names[2:]]]) == {":order"}


def _spare(table: str) -> str:
    """A column that no rule inside a row reads."""
    contract = contracts()[table]
    read = {name for rule in contract.row_rules for name in (rule.column, rule.other)}
    return next(column.name for column in contract.columns[::-1] if column.name not in {*contract.key, *read})


@pytest.mark.parametrize("spoil", CELLS, ids=_id)
def test_table_schema_agrees(spoil: Spoil) -> None:
    """Catches a constraint of the model that the exporter drops, or words so that a reader judges otherwise."""
    empty_key = spoil.kind == "required" and contracts()[spoil.table].key == (spoil.column,)
    assert _judged_text(spoil.table)[spoil.id] == {spoil.verdict} | ({":key"} if empty_key else set())


@pytest.mark.parametrize(("table", "column"), IN_TEXT, ids=_id)
def test_table_schema_agrees_on_types(table: str, column: Column) -> None:
    """Catches a type that the Table Schema leaves open; the model refuses the same cell, read as text."""
    assert _judged_text(table)[f"{table}:{column.name}:type"] == {f"{column.name}:type"}
    schema = pa.DataFrameSchema({column.name: MODELS[table].to_schema().columns[column.name]})
    cell = pd.Series([NOT_OF_TYPE[column.type]], dtype=pd.ArrowDtype(pyarrow.string()))
    assert f"{column.name}:type" in _verdicts(schema, pd.DataFrame({column.name: cell}))


@pytest.mark.parametrize("table", MODELS)
def test_table_schema_agrees_on_keys_and_columns(table: str) -> None:
    """Catches a Table Schema without its key, and one that lets a column be added, left out or moved."""
    assert _judged_text(table)[f"{table}:valid"] == set()
    assert _judged_text(table)[f"{table}:key"] == {":key"}
    names = [column.name for column in contracts()[table].columns]
    row = _row(table) | {"more": "1"}
    assert _table_schema_errors(table, [row], [*names, "more"]) == [(0, ":extra")]
    assert _table_schema_errors(table, [row | {names[-1]: None}], names[:-1])[0] == (0, f"{names[-1]}:missing")
    moved = {verdict for _, verdict in _table_schema_errors(table, [row], [names[1], names[0], *names[2:]])}
    assert moved >= {f"{names[0]}:order", f"{names[1]}:order"}


@pytest.mark.parametrize("spoil", IN_ROWS, ids=_id)
def test_table_schema_cannot_express_row_rules(spoil: Spoil) -> None:
    """Catches a rule inside a row that Table Schema does express after all; the list above must then say so."""
    assert _judged_text(spoil.table)[spoil.id] == set()


@pytest.mark.parametrize("table", MODELS)
def test_published_types_are_judged_alike(table: str) -> None:
    """Catches a constraint that is lost or changed on the way to the schema of str, Int64 and category columns.

    Every rule inside a row, and each kind of constraint once for each type of column. A category has no other
    level than its own.
    """
    spoils, _, spoiled = _rows(table)
    contract = contracts()[table]
    chosen: dict[tuple[str, str], tuple[Spoil, Row]] = {}
    for spoil, row in zip(spoils, spoiled, strict=True):
        if spoil.kind != "enum":
            chosen.setdefault((contract[spoil.column].type if spoil.column else "", spoil.kind), (spoil, row))
    rows = [_row(table, len(spoils)), *(row for _, row in chosen.values())]
    verdicts = _by_row(pandas_schema(table), _published_frame(table, rows))
    assert verdicts == [set(), *({spoil.verdict} for spoil, _ in chosen.values())]


@pytest.mark.parametrize("spoil", CELLS, ids=_id)
def test_column_without_its_constraint_passes(spoil: Spoil) -> None:
    """Catches a spoiled cell that would be refused for any reason but the constraint which it is meant to break."""
    column = copy.copy(MODELS[spoil.table].to_schema().columns[spoil.column])
    if spoil.kind == "required":
        column.nullable = True
    else:
        column.checks = [check for check in column.checks if check.name != CHECKS[spoil.kind]]
    assert _verdicts(pa.DataFrameSchema({spoil.column: column}), _cell_frame(spoil)) == set()


@pytest.mark.parametrize("spoil", IN_ROWS, ids=_id)
def test_row_without_its_rule_passes(spoil: Spoil) -> None:
    """Catches a lone row that is refused for any reason but the rule which it is meant to break."""
    checks = MODELS[spoil.table].to_schema().checks
    frame = _frame(spoil.table, [_row(spoil.table) | dict(spoil.cells)])
    assert _verdicts(pa.DataFrameSchema(checks=checks), frame) == {spoil.verdict}
    others = [check for check in checks if check.name != spoil.kind]
    assert _verdicts(pa.DataFrameSchema(checks=others), frame) == set()


@pytest.mark.parametrize("table", MODELS)
def test_model_without_its_frame_constraints_passes(table: str) -> None:
    """Catches a frame that is refused for any reason but the key, the columns, their order or their types."""
    frame = _frame(table, [_row(table)])
    names, spare = list(frame.columns), _spare(table)
    schema = copy.deepcopy(MODELS[table].to_schema())
    schema.unique = None
    assert _verdicts(schema, _frame(table, [_row(table)] * 2)) == set()
    schema = copy.deepcopy(MODELS[table].to_schema())
    schema.strict, schema.ordered = False, False
    schema.columns[spare].required = False
    moved = frame[[names[1], names[0], *names[2:]]].drop(columns=spare).assign(more=1)
    assert _verdicts(schema, moved) == set()
    near = {column.name: pd.ArrowDtype(NEAR_TYPES[column.type]) for column in contracts()[table].columns}
    untyped = pa.DataFrameSchema(
        {name: pa.Column(None, column.checks, nullable=column.nullable) for name, column in schema.columns.items()}
    )
    assert _verdicts(untyped, frame.astype(near)) == set()


@pytest.mark.parametrize("table", MODELS)
def test_every_check_is_mapped(table: str) -> None:
    """Catches a check that no test above breaks and no exporter writes down."""
    schema = MODELS[table].to_schema()
    assert {check.name for column in schema.columns.values() for check in column.checks} <= set(CHECKS.values())
    assert [check.name for check in schema.checks] == [rule for name, rule in ROW_RULES if name == table]
    assert (schema.index, schema.parsers, schema.coerce) == (None, [], False)
    assert not any(column.unique or column.coerce or column.parsers for column in schema.columns.values())


def test_every_mapped_check_is_used() -> None:
    """Catches a mapping kept after the last check that needed it."""
    used = {check.name for m in MODELS.values() for c in m.to_schema().columns.values() for check in c.checks}
    assert used == MAPPED_CHECKS == set(CHECKS.values())


@pytest.mark.parametrize(("table", "column"), TYPED, ids=_id)
def test_contract_says_what_the_model_checks(table: str, column: Column) -> None:
    """Catches a level, pattern or bound that the contract reads from elsewhere than the check itself."""
    found = {check.name: check.statistics for check in MODELS[table].to_schema().columns[column.name].checks}
    expected: dict[str, dict[str, Any]] = {}
    if column.levels:
        expected["isin"] = {"allowed_values": list(column.levels)}
    if column.pattern:
        expected["str_matches"] = {"pattern": anchored(PATTERNS[column.pattern])}
    if column.minimum is not None:
        expected["greater_than_or_equal_to"] = {"min_value": column.minimum}
    if column.maximum is not None:
        expected["less_than_or_equal_to"] = {"max_value": column.maximum}
    assert found == expected


class _Unmapped(Table):
    """A check on a column that no exporter knows."""

    note: Text = pa.Field(description="A note.", metadata={"mark": "coder"}, str_startswith="A")

    class Config:
        name = "unmapped"
        unique = ["article_id"]
        metadata = {"row": "row", "claimed": False}


class _Unregistered(Table):
    """A rule inside a row that the catalogue does not have."""

    class Config:
        name = "unregistered"
        unique = ["article_id"]
        metadata = {"row": "row", "claimed": False}

    @row_rule("no-such-rule", "article_id")
    def rule(cls, frame: pd.DataFrame) -> Any:
        return frame["article_id"].notna()


class _Unnamed(Table):
    """A check on the frame that is not declared as a rule at all."""

    class Config:
        name = "unnamed"
        unique = ["article_id"]
        metadata = {"row": "row", "claimed": False}

    @pa.dataframe_check
    def plain(cls: type, frame: pd.DataFrame) -> Any:  # type: ignore[misc]
        return frame["article_id"].notna()


class _Undescribed(Table):
    """A column that is declared without one of the marks."""

    note: Text = pa.Field()

    class Config:
        name = "undescribed"
        unique = ["article_id"]
        metadata = {"row": "row", "claimed": False}


@pytest.mark.parametrize(
    ("model", "names"),
    [(_Unmapped, "str_startswith"), (_Unregistered, "no-such-rule"), (_Unnamed, "plain"), (_Undescribed, "note")],
    ids=["unmapped", "unregistered", "unnamed", "undescribed"],
)
def test_contract_refuses_what_it_cannot_write_down(model: type[Table], names: str) -> None:
    """Catches a promise that the published schemas and the codebook would leave out in silence."""
    with pytest.raises(ContractError, match=names):
        compile_contract(model)


def test_rule_ids_are_unique() -> None:
    """Catches two rules under one id, of which the catalogue would keep the second."""
    ids = [rule.id for rule in files.RULES + cells.RULES + tables.RULES + evidence.RULES]
    assert sorted(ids) == sorted(set(ids))
    assert list(RULES) == ids


@pytest.mark.parametrize("rule", [rule.id for rule in tables.RULES if rule.id not in RULES_OF_CELLS_AND_KEYS])
def test_row_rule_is_used_where_it_says(rule: str) -> None:
    """Catches a rule in the catalogue that no model has, and one that names other tables than have it."""
    users = {name for name, contract in contracts().items() if any(item.rule == rule for item in contract.row_rules)}
    assert users == set(RULES[rule].tables) != set()


def test_row_rules_are_registered_as_such() -> None:
    """Catches a rule of a model that the catalogue lists among the rules of cells, keys, files or evidence."""
    used = {item.rule for contract in contracts().values() for item in contract.row_rules}
    assert used == {rule.id for rule in tables.RULES} - RULES_OF_CELLS_AND_KEYS


def test_row_rules_name_columns() -> None:
    """Catches a rule inside a row that is reported at a column which its table does not have."""
    named = {
        (name, column)
        for name, contract in contracts().items()
        for rule in contract.row_rules
        for column in (rule.column, rule.other)
        if column
    }
    assert named <= {(name, column.name) for name, column in TYPED}


def test_checking_leaves_the_models_alone() -> None:
    """Catches a check that changes the models, which are shared by everything in the process."""
    before = {name: model.to_schema().unique for name, model in MODELS.items()}
    rows = {name: pyarrow.Table.from_pandas(_frame(name, [_row(name)]), preserve_index=False) for name in MODELS}
    assert check_models(Corpus(rows, {}, pyarrow.table({}))) == []
    assert {name: model.to_schema().unique for name, model in MODELS.items()} == before
    assert before == {name: list(contract.key) for name, contract in contracts().items()}
