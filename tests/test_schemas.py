"""The published schemas: what they accept and refuse, and that every reader finds the same values in the files."""

import csv
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pandera.pandas as pa
import polars as pl
import pyarrow
import pyarrow.compute as pc
import pytest
from pyarrow.parquet import ParquetFile

import bakumoscow
from bakumoscow.model.column import Column
from bakumoscow.model.patterns import PATTERNS, Pattern, anchored
from bakumoscow.model.tables import TABLES
from tests.conftest import TEXT

ROOT = Path(__file__).parent.parent
COLUMNS = [(table, column) for table, model in TABLES.items() for column in model.columns]
DATES = [(table, column.name) for table, column in COLUMNS if column.type.name == "date"]
ARROW_TYPES = {
    "text": pyarrow.string(),
    "enumeration": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    "integer": pyarrow.int32(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}
PANDAS_TYPES = {
    "text": TEXT,
    "enumeration": "category",
    "integer": "Int32",
    "number": "float64",
    "boolean": "boolean",
    "date": "object",
}
LOADED_TYPES = PANDAS_TYPES | {"date": "datetime64[ms]"}


def _re2(pattern: str, value: str) -> bool:
    """As Arrow, pandas' Arrow-backed columns and DuckDB match."""
    return bool(pc.match_substring_regex(pyarrow.array([value]), anchored(pattern))[0].as_py())


def _python(pattern: str, value: str) -> bool:
    """As Python matches whole values; `$` alone would also match before a line break at the end."""
    whole = re.fullmatch(pattern, value) is not None
    assert value.endswith("\n") or whole == (re.match(anchored(pattern), value) is not None)
    return whole


def _python_naive(pattern: str, value: str) -> bool:
    """As frictionless matches: without a group of its own around the pattern."""
    return re.match(f"^{pattern}$", value) is not None and not value.endswith("\n")


def _ecmascript(pattern: str, value: str) -> bool:
    """As JavaScript matches, with and without the flag `u`."""
    regress: Any = pytest.importorskip("regress", reason="regress, which comes with check-jsonschema, is not installed")
    found = {bool(regress.Regex(f"^{pattern}$", flags).find(value)) for flags in ("", "u")}
    assert len(found) == 1
    return found.pop()


ENGINES = [_re2, _python, _python_naive, _ecmascript]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__.strip("_"))
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=list(PATTERNS))
def test_pattern(pattern: Pattern, engine: Callable[[str, str], bool]) -> None:
    """Catches a pattern that means something else in another engine, such as `\\w`, `$` or a bare alternative.

    What it refuses, and what it accepts with a line break after it, must be refused.
    """
    refused = [*pattern.refuses, *(value + end for value in pattern.accepts for end in ("\n", "\r\n"))]
    matched = {value: engine(pattern.expression, value) for value in (*pattern.accepts, *refused)}
    assert matched == dict.fromkeys(pattern.accepts, True) | dict.fromkeys(refused, False)


@cache
def _loaded(table: str) -> pd.DataFrame:
    return bakumoscow.load(table)


@cache
def _read(table: str) -> pd.DataFrame:
    """The file as read with pandas alone."""
    return pd.read_parquet(bakumoscow.path(table))


FAMILIES = {"load": _loaded, "read_parquet": _read}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("table", TABLES)
def test_schema_accepts_what_is_published(table: str, family: str) -> None:
    """Catches a schema that refuses the package's own tables, in either of the two ways to read them."""
    frame = FAMILIES[family](table)
    pd.testing.assert_frame_equal(bakumoscow.schema(table).validate(frame, lazy=True), frame)


def _put(frame: pd.DataFrame, column: str, value: Any, row: int = 0) -> pd.DataFrame:
    changed = frame.copy()
    changed.loc[frame.index[row], column] = value
    return changed


def _as(frame: pd.DataFrame, column: str, dtype: Any) -> pd.DataFrame:
    return frame.assign(**{column: frame[column].astype(dtype)})


def _other_levels(frame: pd.DataFrame, column: str, levels: Callable[[list[str]], list[str]]) -> pd.DataFrame:
    known = list(frame[column].cat.categories)
    return _as(frame, column, pd.CategoricalDtype(levels(known)))


# One spoiled frame for each kind of constraint: its table and what is done to it.
SPOILED: dict[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "required-text": ("events", lambda f: _put(f, "label", None)),
    "required-enumeration": ("events", lambda f: _put(f, "kind", None)),
    "required-integer": ("claims", lambda f: _put(f, "char_end", None)),
    "required-boolean": ("actors", lambda f: _put(f, "is_named", None)),
    "level-added": ("events", lambda f: _other_levels(f, "kind", lambda levels: [*levels, "arest"])),
    "level-unused-dropped": ("quotes", lambda f: _other_levels(f, "channel", lambda levels: levels[:-1])),
    "levels-as-text": ("events", lambda f: _as(f, "kind", "str")),
    "levels-ordered": ("events", lambda f: f.assign(kind=f["kind"].cat.as_ordered())),
    "pattern-slug": ("events", lambda f: _put(f, "event_id", "Not-a-slug")),
    "pattern-slug-line-break": ("events", lambda f: _put(f, "event_id", "raid\n")),
    "pattern-text": ("events", lambda f: _put(f, "label", "ends with a space ")),
    "pattern-text-line-break": ("events", lambda f: _put(f, "label", "Raid\n")),
    "pattern-edtf": ("events", lambda f: _put(f, "date_edtf", "2025-06-27 or so")),
    "pattern-edtf-line-break": ("events", lambda f: _put(f, "date_edtf", "2025-06-27\n")),
    "pattern-country-code": ("places", lambda f: _put(f, "country", "RU")),
    "pattern-language-code": ("articles", lambda f: _put(f, "language_code", "english")),
    "pattern-sha256": ("articles", lambda f: _put(f, "sha256", "0")),
    "minimum-integer": ("claims", lambda f: _put(f, "char_end", 0)),
    "minimum-number": ("places", lambda f: _put(f, "latitude", -90.5)),
    "maximum-number": ("places", lambda f: _put(f, "longitude", 180.5)),
    "type-integer-as-float": ("claims", lambda f: _as(f, "char_end", "float64")),
    "type-integer-as-text": ("claims", lambda f: _as(f, "char_end", "str")),
    "type-number-as-text": ("places", lambda f: _as(f, "latitude", "str")),
    "type-boolean-of-numpy": ("actors", lambda f: _as(f, "is_named", "bool")),
    "key": ("events", lambda f: pd.concat([f, f.iloc[:1]], ignore_index=True)),
    "column-extra": ("events", lambda f: f.assign(more="more")),
    "column-missing": ("events", lambda f: f.drop(columns="intent")),
    "column-order": ("events", lambda f: f[[*f.columns[1::-1], *f.columns[2:]]]),
    "row-rule": ("events", lambda f: _put(f, "place_id", None)),
}


# The check that must fail, by the beginning of the kind.
REASONS = {
    "required": "not_nullable",
    "level": "dtype",
    "pattern": "whole_value_matches",
    "minimum": "greater_than_or_equal_to",
    "maximum": "less_than_or_equal_to",
    "type": "dtype",
    "key": "multiple_fields_uniqueness",
    "column-extra": "column_in_schema",
    "column-missing": "column_in_dataframe",
    "column-order": "column_ordered",
    "row-rule": "place-whole|",
}


@pytest.mark.parametrize("kind", SPOILED)
def test_schema_refuses(kind: str) -> None:
    """Catches a kind of constraint that is lost between the model and pandas' own types."""
    table, spoil = SPOILED[kind]
    reason = next(reason for start, reason in REASONS.items() if kind.startswith(start))
    with pytest.raises((pa.errors.SchemaError, pa.errors.SchemaErrors)) as caught:
        bakumoscow.schema(table).validate(spoil(_loaded(table)))
    checks = [error.check for error in getattr(caught.value, "schema_errors", [caught.value])]
    assert all((check if isinstance(check, str) else str(check.name)).startswith(reason) for check in checks)


NOT_DATES: dict[str, Callable[[int], "pd.Series[Any]"]] = {
    "text": lambda rows: pd.Series(["2025-06-27"] * rows, dtype="str"),
    "text-as-object": lambda rows: pd.Series(["2025-06-27"] * rows, dtype="object"),
    "time-of-day": lambda rows: pd.Series([dt.datetime(2025, 6, 27, 10)] * rows, dtype="datetime64[ms]"),
    "time-of-day-in-last-row": lambda rows: pd.Series(
        [dt.datetime(2025, 6, 27)] * (rows - 1) + [dt.datetime(2025, 6, 27, 0, 0, 1)], dtype="datetime64[ms]"
    ),
    "time-zone": lambda rows: pd.Series([dt.datetime(2025, 6, 27)] * rows, dtype="datetime64[ms, UTC]"),
    "datetimes-as-objects": lambda rows: pd.Series([dt.datetime(2025, 6, 27, 10)] * rows, dtype="object"),
    "datetime-among-dates": lambda rows: pd.Series(
        [dt.date(2025, 6, 27)] * (rows - 1) + [dt.datetime(2025, 6, 27, 10)], dtype="object"
    ),
    "year": lambda rows: pd.Series([2025] * rows, dtype="Int64"),
}


@pytest.mark.parametrize("kind", NOT_DATES)
def test_schema_refuses_what_is_not_a_date(kind: str) -> None:
    """Catches a date that is text or has a time of day, both of which look right when printed."""
    frame = _loaded("events").assign(date_earliest=NOT_DATES[kind](len(_loaded("events"))))
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        bakumoscow.schema("events").validate(frame, lazy=True)
    assert {error.schema.name for error in caught.value.schema_errors} == {"date_earliest"}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("table", "column"), DATES)
def test_schema_accepts_missing_dates(table: str, column: str, family: str) -> None:
    """Catches a date column whose type is known only if some row has a value."""
    frame = FAMILIES[family](table)
    empty = pd.Series([None] * len(frame), index=frame.index, dtype=frame[column].dtype)
    bakumoscow.schema(table).validate(frame.assign(**{column: empty}), lazy=True)


@cache
def _parquet(table: str) -> pyarrow.Table:
    return ParquetFile(bakumoscow.path(table)).read()


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: getattr(value, "name", str(value)))
def test_parquet_field(table: str, column: Column) -> None:
    """Catches a type, a nullability or a description that the file does not carry."""
    field = _parquet(table).schema.field(column.name)
    assert field.type == ARROW_TYPES[column.type.name]
    assert field.nullable is not column.required
    assert field.metadata[b"description"].decode() == column.description


@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, c in COLUMNS if c.levels], ids=lambda value: getattr(value, "name", str(value))
)
def test_parquet_levels(table: str, column: Column) -> None:
    """Catches a level that is lost because no row has it, and levels in another order than their own."""
    levels = list(column.levels or ())
    assert _parquet(table)[column.name].combine_chunks().dictionary.to_pylist() == levels
    assert list(_read(table)[column.name].cat.categories) == levels
    assert not _read(table)[column.name].cat.ordered


@pytest.mark.parametrize("table", TABLES)
def test_parquet_footer(table: str) -> None:
    """Catches versions of libraries in the footer, which would change the file with every update of one."""
    footer = _parquet(table).schema.metadata
    assert set(footer) == {b"description", b"pandas"}
    assert footer[b"description"].decode() == TABLES[table].description
    entry = json.loads(footer[b"pandas"])
    assert set(entry) == {"columns", "column_indexes", "index_columns", "pandas_version"}
    assert entry["pandas_version"] == "3.0.0"
    assert [column["name"] for column in entry["columns"]] == [column.name for column in TABLES[table].columns]


@pytest.mark.parametrize("table", TABLES)
def test_pandas_types(table: str) -> None:
    """Catches a nullable integer that becomes a float, a truth value or a level that becomes an object."""
    columns = TABLES[table].columns
    assert {name: str(dtype) for name, dtype in _read(table).dtypes.items()} == {
        column.name: PANDAS_TYPES[column.type.name] for column in columns
    }
    assert {name: str(dtype) for name, dtype in _loaded(table).dtypes.items()} == {
        column.name: LOADED_TYPES[column.type.name] for column in columns
    }


def _value(value: Any) -> Any:
    """A value of any reader as Python's own."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, dt.datetime):
        assert value.time() == dt.time(0)
        return value.date()
    return value.item() if hasattr(value, "item") else value


@cache
def _values(table: str) -> dict[str, list[Any]]:
    """The values of `load`, by column."""
    return {str(name): [_value(value) for value in column] for name, column in _loaded(table).items()}


PARSE: dict[str, Callable[[str], Any]] = {
    "text": str,
    "enumeration": str,
    "integer": int,
    "number": float,
    "boolean": {"TRUE": True, "FALSE": False}.__getitem__,
    "date": dt.date.fromisoformat,
}


def _parsed(table: str, text: dict[str, list[str | None]]) -> dict[str, list[Any]]:
    """The cells of a CSV file, read as text, in their own types."""
    types = {column.name: column.type.name for column in TABLES[table].columns}
    return {name: [None if v is None else PARSE[types[name]](v) for v in values] for name, values in text.items()}


def _duckdb(query: str) -> dict[str, list[Any]]:
    with duckdb.connect(":memory:") as duck:
        found = duck.execute(query)
        names = [column[0] for column in found.description or ()]
        rows = found.fetchall()
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


READERS: dict[str, Callable[[str], dict[str, list[Any]]]] = {
    "pandas-parquet": lambda t: {str(name): [_value(v) for v in column] for name, column in _read(t).items()},
    "polars-parquet": lambda t: pl.read_parquet(bakumoscow.path(t)).to_dict(as_series=False),
    "duckdb-parquet": lambda t: _duckdb(f"from read_parquet('{bakumoscow.path(t)}')"),
    # As text: a reader that guesses takes the code 0372 for a number.
    "polars-csv": lambda t: _parsed(
        t,
        pl.read_csv(bakumoscow.path(t, "csv"), infer_schema=False).to_dict(as_series=False),
    ),
    "duckdb-csv": lambda t: _parsed(t, _duckdb(f"from read_csv('{bakumoscow.path(t, 'csv')}', all_varchar = true)")),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_every_reader_finds_the_same(table: str, reader: str) -> None:
    """Catches a file that another library reads with other rows, columns, missing values or numbers."""
    found = READERS[reader](table)
    assert list(found) == list(_values(table))
    assert found == _values(table)


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_plain(table: str) -> None:
    """Catches a byte order mark, Windows' line ends, a last line without its end, and a header that is quoted."""
    raw = Path(bakumoscow.path(table, "csv")).read_bytes()
    assert raw.startswith(b"article_id,")
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert raw.split(b"\n")[0].decode() == ",".join(column.name for column in TABLES[table].columns)


PUBLISHED = [*TABLES, "levels"]
# What every checked reader of Data Package v2 and Table Schema v2 takes; our own keys have a prefix.
SCHEMA_KEYS = {"$schema", "fields", "missingValues", "primaryKey"}
KEYS_OF_REFERENCES = {"foreignKeys", "bakumoscow:foreignKeys"}
FIELD_KEYS = {"name", "type", "description", "constraints"}
FIELD_KEYS_OF_TYPE = {
    "string": {"categories", "categoriesOrdered"},
    "boolean": {"trueValues", "falseValues"},
    "integer": set[str](),
    "number": set[str](),
    "date": set[str](),
}
OWN_KEYS = {"bakumoscow:mark", "bakumoscow:evidence", "bakumoscow:meanings", "bakumoscow:pattern"}
CONSTRAINTS_OF_TYPE = {
    "string": {"required", "unique", "enum", "pattern"},
    "integer": {"required", "minimum", "maximum"},
    "number": {"required", "minimum", "maximum"},
    "boolean": {"required"},
    "date": {"required"},
}
PACKAGE_KEYS = {
    "bakumoscow:quotes",
    "bakumoscow:released",
    "bakumoscow:contentHash",
    *("$schema", "name", "id", "title", "description", "version", "licenses", "contributors", "keywords", "sources"),
    "resources",
}
RESOURCE_KEYS = {
    "name",
    "type",
    "description",
    "path",
    "format",
    "mediatype",
    "hash",
    "bakumoscow:contentHash",
    "schema",
}
OTHER_FILES = {"bakumoscow:parquet", "bakumoscow:explorer", "bakumoscow:metadata"}
# Each descriptor, with what it and its resources have besides.
DESCRIPTORS: dict[str, tuple[str, set[str], set[str]]] = {
    "datapackage.json": (
        "csv",
        {"bakumoscow:parquet", "bakumoscow:explorer", "bakumoscow:metadata"},
        {"profile", "encoding", "bytes"},
    ),
    "datapackage-parquet.json": ("parquet", set(), set()),
}


def _json(name: str) -> Any:
    return json.loads((ROOT / name).read_text("utf-8"))


def _resources() -> list[dict[str, Any]]:
    return [resource for name in DESCRIPTORS for resource in _json(name)["resources"]]


@pytest.mark.parametrize("table", TABLES)
def test_table_schema_is_in_the_safe_subset(table: str) -> None:
    """Catches a key of Table Schema that some reader rejects or misunderstands, such as fieldsMatch or jsonSchema.

    Readers refuse a schema whose foreignKeys are empty, and some stop at a pattern for a cell that is empty.
    """
    schema = _json(f"schemas/{table}.json")
    refers = any(column.refers for column in TABLES[table].columns)
    assert set(schema) == SCHEMA_KEYS | (KEYS_OF_REFERENCES if refers else set())
    assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"
    assert schema["missingValues"] == [""]
    for field in schema["fields"]:
        assert set(field) <= FIELD_KEYS | FIELD_KEYS_OF_TYPE[field["type"]] | OWN_KEYS
        assert set(field) >= {"name", "type", "description", "bakumoscow:mark"}
        constraints = field.get("constraints", {})
        assert set(constraints) <= CONSTRAINTS_OF_TYPE[field["type"]]
        assert field.get("categories") == constraints.get("enum")
        assert field.get("bakumoscow:meanings") == TABLES[table][field["name"]].levels
        assert "pattern" not in constraints or constraints["required"]
        pattern = TABLES[table][field["name"]].pattern
        assert {constraints.get("pattern"), field.get("bakumoscow:pattern")} - {None} == (
            {pattern.expression} if pattern else set()
        )
    names = [field["name"] for field in schema["fields"]]
    assert names == [column.name for column in TABLES[table].columns]
    assert schema["primaryKey"] == list(TABLES[table].key)


@pytest.mark.parametrize("table", TABLES)
def test_foreign_keys_resolve(table: str) -> None:
    """Catches a reference to a column that is not the other table's, or that is not a list or names its own table.

    Readers of Data Package v1 stop at a reference without a resource; the table itself is "".
    """
    refers = {column.name: column.refers for column in TABLES[table].columns if column.refers}
    keys = _json(f"schemas/{table}.json").get("foreignKeys", [])
    assert [key["fields"][-1] for key in keys] == list(refers)
    for key in keys:
        column = TABLES[table][key["fields"][-1]]
        assert set(key) == {"fields", "reference"}
        assert set(key["reference"]) == {"fields", "resource"}
        assert key["reference"]["resource"] != table
        target = key["reference"]["resource"] or table
        assert target == refers[column.name]
        assert key["fields"][:-1] == (["article_id"] if column.required and column.name != "article_id" else [])
        assert key["reference"]["fields"] == list(TABLES[target].key)[-len(key["fields"]) :]


@pytest.mark.parametrize("table", TABLES)
def test_true_foreign_keys_hold(table: str) -> None:
    """Catches a key of our own without the article, in which a row of another article would pass."""
    schema = _json(f"schemas/{table}.json")
    keys = schema.get("bakumoscow:foreignKeys", [])
    assert [key["fields"][-1] for key in keys] == [key["fields"][-1] for key in schema.get("foreignKeys", [])]
    for key in keys:
        column, target = key["fields"][-1], key["reference"]["resource"]
        assert key["fields"] == (["article_id", column] if column != "article_id" else ["article_id"])
        assert key["reference"]["fields"] == list(TABLES[target].key)
        rows = _loaded(table)[key["fields"]].dropna().itertuples(index=False, name=None)
        assert set(rows) <= set(_loaded(target)[key["reference"]["fields"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_descriptor_is_in_the_safe_subset(name: str) -> None:
    """Catches a key of a descriptor that some reader rejects, a time stamp, and a path that leaves the package."""
    package, (format, more, of_resources) = _json(name), DESCRIPTORS[name]
    assert set(package) == PACKAGE_KEYS | more
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert all(set(item) == {"title", "roles"} for item in package["contributors"])
    assert all(set(item) == {"name", "path", "title"} for item in package["licenses"])
    assert all(set(item) == {"title", "sha256"} for item in package["sources"])
    assert [item["name"] for item in package["resources"]] == PUBLISHED
    for item in package["resources"]:
        assert set(item) == RESOURCE_KEYS | of_resources
        assert (item["type"], item["format"]) == ("table", format)
        assert item["path"] == f"build/{format}/{item['name']}.{format}"
        assert item["schema"] == f"schemas/{item['name']}.json"


def test_frictionless_for_r_and_other_readers_know_a_table() -> None:
    """Catches a resource without the profile of Data Package v1, of which frictionless for R reads nothing."""
    profiles = {item["name"]: item["profile"] for item in _json("datapackage.json")["resources"]}
    assert profiles == dict.fromkeys(PUBLISHED, "tabular-data-resource")


def test_descriptor_holds_the_hash_of_the_other() -> None:
    """Catches Parquet files whose hashes nothing vouches for."""
    other = _json("datapackage.json")["bakumoscow:parquet"]
    data = (ROOT / "datapackage-parquet.json").read_bytes()
    assert other == {"path": "datapackage-parquet.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    packages = [_json(name) for name in DESCRIPTORS]
    assert packages[1]["name"] == f"{packages[0]['name']}-parquet"
    own = {"name", "id", "resources", *OTHER_FILES}
    common = [{key: value for key, value in package.items() if key not in own} for package in packages]
    assert common[0] == common[1]


def test_levels_are_published_with_their_meanings() -> None:
    """Catches a list of levels that lacks one, has another order, or says something else in CSV than in Parquet."""
    expected = [
        {"record_table": table, "field": column.name, "level": level, "level_number": number, "meaning": meaning}
        for table, column in COLUMNS
        for number, (level, meaning) in enumerate((column.levels or {}).items(), start=1)
    ]
    parquet = ParquetFile(ROOT / "build/parquet/levels.parquet").read()
    assert parquet.to_pylist() == expected
    assert parquet.schema.field("level_number").type == pyarrow.int32()
    with (ROOT / "build/csv/levels.csv").open(encoding="utf-8", newline="") as file:
        assert [row | {"level_number": int(row["level_number"])} for row in csv.DictReader(file)] == expected
    schema = _json("schemas/levels.json")
    assert [field["name"] for field in schema["fields"]] == list(expected[0])
    assert schema["primaryKey"] == ["record_table", "field", "level"]


@pytest.mark.parametrize("resource", _resources(), ids=lambda resource: str(resource["path"]))
def test_hash_fits(resource: dict[str, Any]) -> None:
    """Catches a file that was written after its descriptor, and a count of bytes where readers refuse one."""
    data = (ROOT / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert resource.get("bytes") == (len(data) if resource["format"] == "csv" else None)


def test_every_published_file_is_described() -> None:
    """Catches a file in build/ or schemas/ that the descriptor does not list."""
    listed = {resource[key] for resource in _resources() for key in ("path", "schema")}
    listed.add(_json("datapackage.json")["bakumoscow:explorer"]["path"])
    there = {
        path.relative_to(ROOT).as_posix()
        for folder in ("build", "schemas")
        for path in ROOT.glob(f"{folder}/**/*")
        if path.is_file() and path.name != "README.md"
    }
    assert there == listed
